"""Read the questions from `questions/*.toml`, one file per section, in the order of their names.

The first fault stops it, with a RulesError that names the file, the question and the way out.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, cast, get_args

from questionnaire.content.question import Kind, Option, Question
from rules import ALWAYS, RulesError, read_condition, read_toml

HERE = Path(__file__).parent.parent / "questions"

_ID = re.compile(r"[a-z0-9][a-z0-9_]*")
_COMMON: Mapping[str, type | tuple[type, ...]] = {
    "ask": str,
    "short": str,
    "help": str,
    "kind": str,
    "when": (dict, list),
}
_KEYS_OF: Mapping[Kind, Mapping[str, type]] = {
    "one": {"options": dict, "ends": list},
    "many": {"options": dict, "exclusive": list, "ends": list, "optional": bool},
    "scale": {"lowest": int, "highest": int, "low": str, "high": str},
    "text": {"longest": int, "optional": bool},
}


def read_questions(folder: Path = HERE) -> tuple[Question, ...]:
    """Every question in the order asked; RulesError when a file cannot be understood."""
    questions: list[Question] = []
    for path in sorted(folder.glob("*.toml")):
        questions += _read_section(path)
    if not questions:
        raise RulesError(f"{folder}: no questions here; it must hold one TOML file per section.")
    _refuse_duplicates(questions)
    _refuse_unknown_conditions(questions)
    return tuple(questions)


def _read_section(path: Path) -> list[Question]:
    place = f"questions/{path.name}"
    tables = dict(read_toml(path))
    title = tables.pop("title", None)
    if not isinstance(title, str):
        raise RulesError(f'{place}: begin it with the heading of the section: title = "…".')
    return [
        _read_question(question_id, table, title, place) for question_id, table in tables.items()
    ]


def _read_question(question_id: str, table: object, section: str, file: str) -> Question:
    place = f"{file}: question '{question_id}'"
    if not isinstance(table, dict) or not _ID.fullmatch(question_id):
        raise RulesError(f"{place}: write a table [{question_id}] with a name of a-z, 0-9 and _.")
    kind = _kind(table.get("kind"), place)
    _check_keys(table, kind, place)
    _check_values(table, place)
    when = read_condition(table["when"], place) if "when" in table else ALWAYS
    return Question(
        id=question_id,
        section=section,
        kind=kind,
        ask=table["ask"],
        short=table["short"],
        help=table.get("help", ""),
        when=when,
        options=_read_options(table),
        optional=table.get("optional", False),
        lowest=table.get("lowest", 0),
        highest=table.get("highest", 0),
        low=table.get("low", ""),
        high=table.get("high", ""),
        longest=table.get("longest", 0),
        digest=sha256(repr(table).encode()).hexdigest(),
        place=file,
    )


def _kind(word: object, place: str) -> Kind:
    if word not in get_args(Kind):
        raise RulesError(f"{place}: kind is {word!r}; it must be one, many, scale or text.")
    return cast("Kind", word)


def _check_keys(table: Mapping[str, object], kind: Kind, place: str) -> None:
    allowed = {**_COMMON, **_KEYS_OF[kind]}
    for key, value in table.items():
        if key not in allowed:
            raise RulesError(f"{place}: no key '{key}' here (there are: {', '.join(allowed)}).")
        if not isinstance(value, allowed[key]) or (allowed[key] is int and value is True):
            raise RulesError(f"{place}: '{key}' is {value!r}, which is of the wrong type.")
    needed = {"ask", "short", *_KEYS_OF[kind]} - {"optional", "exclusive", "ends"}
    for key in sorted(needed - table.keys()):
        raise RulesError(f"{place}: '{key}' is missing; a question of kind {kind} needs it.")


def _check_values(table: Mapping[str, Any], place: str) -> None:
    """What types alone do not tell: options there are, with words, and a scale goes upwards."""
    options = table.get("options", {"": ""})
    if not options or not all(isinstance(label, str) for label in options.values()):
        raise RulesError(f"{place}: options must be a table of words, one for each option.")
    for option_id in (*table.get("exclusive", ()), *table.get("ends", ())):
        if not isinstance(option_id, str) or option_id not in options:
            raise RulesError(f"{place}: {option_id!r} is not one of its options.")
    if table["kind"] == "scale" and not table["lowest"] < table["highest"]:
        raise RulesError(f"{place}: lowest must be below highest.")


def _read_options(table: Mapping[str, Any]) -> tuple[Option, ...]:
    options = table.get("options", {})
    return tuple(
        Option(
            option_id,
            label,
            exclusive=option_id in table.get("exclusive", ()),
            ends=option_id in table.get("ends", ()),
        )
        for option_id, label in options.items()
    )


def _refuse_duplicates(questions: list[Question]) -> None:
    ids = [question.id for question in questions]
    for question_id in ids:
        if ids.count(question_id) > 1:
            raise RulesError(f"questions: '{question_id}' is there twice; give one another name.")


def _refuse_unknown_conditions(questions: list[Question]) -> None:
    """A condition may only rest on earlier questions: so what applies can be told in one pass."""
    earlier: set[str] = set()
    for question in questions:
        for comparison in question.when.comparisons():
            if comparison.question not in earlier:
                raise RulesError(
                    f"questions: '{question.id}' is asked when '{comparison.question}' …, "
                    "which is not asked before it; move it up or mend the name."
                )
        earlier.add(question.id)
