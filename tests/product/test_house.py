"""The picture of the house in CONTRIBUTING.md, and the line in README.md, are as the house is."""

import re
import tomllib

from questionnaire.content.content import ROOT

HOUSE = ROOT / "questionnaire"
NAME = re.compile(r"[\w/]+/|\w+\.py")


def section(file, heading):
    text = (ROOT / file).read_text(encoding="utf-8")
    return text.split(f"## {heading}\n")[1].split("\n## ")[0]


def picture():
    """The names that stand at the start of each line drawn, before what is said of them."""
    drawn = re.findall(
        r"^    (?:[┌│▼] )?(.+)", section("CONTRIBUTING.md", "Where things are"), re.MULTILINE
    )
    return [NAME.findall(line.split("  ")[0]) for line in drawn]


def layers():
    """As import-linter enforces them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers"
    )
    return [
        [each.removeprefix("questionnaire.") for each in layer.split(" | ")]
        for layer in contract["layers"]
    ]


def rooms():
    """Every folder with code or content in it."""
    files = (*HOUSE.rglob("*.py"), *HOUSE.rglob("*.toml"))
    return {f"{each.parent.relative_to(HOUSE).as_posix()}/" for each in files} - {"./"}


def test_every_room_is_in_the_picture_and_no_room_that_is_not_there():
    drawn = {name for line in picture() for name in line if name.endswith("/")}
    assert drawn - {"rules/"} == rooms()


def test_the_layers_drawn_are_those_that_are_enforced():
    drawn = [[re.sub(r"/$|\.py$", "", name) for name in line] for line in picture()]
    assert drawn[: len(layers())] == layers()


def test_the_way_to_each_room_is_told_and_leads_somewhere():
    told = set(
        re.findall(r"`([\w/.]+)` \|$", section("CONTRIBUTING.md", "Where things are"), re.MULTILINE)
    )
    assert [each for each in told if not (ROOT / each).exists()] == []
    outer = {f"questionnaire/{room}" for room in rooms() if room.count("/") == 1}
    assert outer - told == set()


def test_the_readme_names_the_rooms_from_left_to_right():
    (line,) = re.findall(r"^    (cli .*)", section("README.md", "How it is made"), re.MULTILINE)
    drawn = [layer.strip().split(", ") for layer in line.split("→")]
    assert drawn == [each for each in layers() if each not in (["__main__"], ["errors"])]
