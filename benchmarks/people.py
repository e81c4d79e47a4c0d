"""The people whose reports are measured."""

import json
import tomllib
from pathlib import Path
from random import Random

from questionnaire.answers.file import answers_of
from questionnaire.content.content import ROOT, Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import Said
from rules import Answer

_NOTE = "Can I bring my daughter? How long does one visit take, and what should I wear for it? "

_MOST = {
    "joint_diagnosis": "inflammatory",
    "metal_allergy": "yes",
    "pain_change": "new_or_changed",
    "pain_checked": "yes_no_cause",
    "painkiller_days": "10_to_14",
    "pregnancy": "yes",
}
"""What finds most where one answer alone can be given."""


def typical() -> Said:
    """Back pain, bad nights, and a question of her own: three pages, and a last part of two."""
    table = tomllib.loads((ROOT / "tests/cases/baseline.toml").read_text(encoding="utf-8"))
    said = {
        key: tuple(each) if isinstance(each, list) else each
        for key, each in table["answers"].items()
    }
    return said | {
        "name": "Margaret O'Neill",
        "medicine_problems": ("wants_fewer",),
        "sleep_trouble": ("staying_asleep",),
        "sleep_quality": 3,
        "notes": _NOTE.strip(),
    }


def everything(content: Content) -> Said:
    """Everything ticked: as many findings as one person can have, and the longest report."""
    ticked = {
        question.id: tuple(option.id for option in question.options if not option.exclusive)
        for question in content.questions
        if question.kind == "many"
    }
    return typical() | ticked | _MOST | {"notes": note(500)}


def note(length: int, turn: int = 0) -> str:
    """Words of a person's own, so many characters; they begin at another word each turn."""
    words = _NOTE.split()
    start = turn % len(words)
    told = " ".join([*words[start:], *words[:start], ""])
    return (told * (length // len(told) + 1))[:length].strip()


def different(content: Content, number: int) -> Said:
    """Somebody else: the typical person with some answers of her own, the same for a number."""
    chance = Random(number)  # noqa: S311 - no secret
    asked = [each for each in content.questions if each.kind != "text" and not _stops(each)]
    others = {each.id: _answer(each, chance) for each in chance.sample(asked, 5)}
    return typical() | others | {"name": f"Person {number}"}


def _stops(question: Question) -> bool:
    return question.id.startswith(("age_group", "answered_by", "country", "warning", "pain_types"))


def _answer(question: Question, chance: Random) -> Answer:
    if question.kind == "scale":
        return chance.randint(question.lowest, question.highest)
    option = chance.choice(question.options).id
    return (option,) if question.kind == "many" else option


def write_file(content: Content, said: Said, path: Path) -> Path:
    """An answers file."""
    path.write_bytes(answers_of(content, said))
    return path


def write_rows(content: Content, count: int, path: Path) -> Path:
    """The answers of so many different people, one a line."""
    files = (json.loads(answers_of(content, different(content, each))) for each in range(count))
    path.write_text("".join(json.dumps(each) + "\n" for each in files), encoding="utf-8")
    return path
