"""The README and the program say the same."""

import argparse
import re
from pathlib import Path

import pytest

from questionnaire.cli import parser as options

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def options_of(monkeypatch):
    """Every long option of every command, as the parser knows them."""
    found = set()
    add = argparse._ActionsContainer.add_argument  # a group of options has it too

    def noted(parser, *names, **more):
        found.update(name for name in names if name.startswith("--"))
        return add(parser, *names, **more)

    monkeypatch.setattr(argparse._ActionsContainer, "add_argument", noted)
    options.parse([])
    return found | {"--help"}


def test_every_option_is_in_the_readme_and_none_that_is_not_there(monkeypatch):
    assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", README)) == options_of(monkeypatch)


def test_it_begins_with_the_two_commands():
    commands = re.findall(r"^    (\./run.*?)(?:   .*)?$", README, re.MULTILINE)
    assert commands[:2] == ["./run", "./run test"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_that_is_linked_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_path_of_the_tree_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:questionnaire|rules|tests|report_templates)/[\w./]*)`", text)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
