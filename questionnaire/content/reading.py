"""Read the questions from `questions/*.toml`, one file per section, in the order of their names.

The first fault stops it, with a RulesError that names the file, the question and the way out.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import cast, get_args

from questionnaire.content.question import Kind, Option, Question
from rules import ALWAYS, RulesError, Table, read_condition, read_toml

_HERE = Path(__file__).parent.parent / "questions"

_ID = re.compile(r"[a-z0-9][a-z0-9_]*")
_COMMON = ("ask", "short", "help", "kind", "when")
_KEYS_OF: Mapping[Kind, tuple[str, ...]] = {
    "one": ("options", "ends"),
    "many": ("options", "exclusive", "ends", "optional"),
    "scale": ("lowest", "highest", "low", "high"),
    "text": ("longest", "optional"),
}
_MAY_BE_LEFT_OUT = {"help", "kind", "when", "optional", "exclusive", "ends"}


def read_questions(folder: Path = _HERE) -> tuple[Question, ...]:
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
    values = dict(read_toml(path).values)
    title = values.pop("title", None)
    if not isinstance(title, str):
        raise RulesError(f'{place}: begin it with the heading of the section: title = "…".')
    return [_read_question(key, value, title, place) for key, value in values.items()]


def _table(question_id: str, values: object, file: str) -> Table:
    place = f"{file}: question '{question_id}'"
    if not isinstance(values, dict) or not _ID.fullmatch(question_id):
        raise RulesError(f"{place}: write a table [{question_id}] with a name of a-z, 0-9 and _.")
    return Table(place, values)


def _read_question(question_id: str, values: object, section: str, file: str) -> Question:
    table = _table(question_id, values, file)
    kind = _kind(table)
    _check_keys(table, kind)
    question = Question(
        id=question_id,
        section=section,
        kind=kind,
        ask=table.value("ask", str, ""),
        short=table.value("short", str, ""),
        help=table.value("help", str, ""),
        when=read_condition(table.values["when"], table.place)
        if "when" in table.values
        else ALWAYS,
        options=_read_options(table),
        optional=table.value("optional", bool, default=False),
        lowest=table.value("lowest", int, 0),
        highest=table.value("highest", int, 0),
        low=table.value("low", str, ""),
        high=table.value("high", str, ""),
        longest=table.value("longest", int, 0),
        digest=sha256(repr(table.values).encode()).hexdigest(),
        place=file,
    )
    _check_values(question, table.place)
    return question


def _kind(table: Table) -> Kind:
    word = table.values.get("kind")
    if word not in get_args(Kind):
        raise RulesError(f"{table.place}: kind is {word!r}; it must be one, many, scale or text.")
    return cast("Kind", word)


def _check_keys(table: Table, kind: Kind) -> None:
    """As `Table.check_keys`, in any order; messages name the kind, which decides on the keys."""
    keys = (*_COMMON, *_KEYS_OF[kind])
    for key in table.values:
        if key not in keys:
            raise RulesError(f"{table.place}: no key '{key}' here (there are: {', '.join(keys)}).")
    for key in sorted({*keys} - _MAY_BE_LEFT_OUT - table.values.keys()):
        raise RulesError(f"{table.place}: '{key}' is missing; a question of kind {kind} needs it.")


def _check_values(question: Question, place: str) -> None:
    """What types cannot tell: that there are options, and that a scale goes upwards."""
    if question.kind in {"one", "many"} and not question.options:
        raise RulesError(f"{place}: no options here; write them under [{question.id}.options].")
    if question.kind == "scale" and not question.lowest < question.highest:
        raise RulesError(f"{place}: lowest must be below highest.")


def _read_options(table: Table) -> tuple[Option, ...]:
    labels = table.table("options").words()
    exclusive, ends = (table.value(key, list, []) for key in ("exclusive", "ends"))
    for option_id in (*exclusive, *ends):
        if not isinstance(option_id, str) or option_id not in labels:
            raise RulesError(f"{table.place}: {option_id!r} is not one of its options.")
    return tuple(
        Option(option_id, label, exclusive=option_id in exclusive, ends=option_id in ends)
        for option_id, label in labels.items()
    )


def _refuse_duplicates(questions: list[Question]) -> None:
    ids = [question.id for question in questions]
    for question_id in ids:
        if ids.count(question_id) > 1:
            raise RulesError(f"questions: '{question_id}' is there twice; give one another name.")


def _refuse_unknown_conditions(questions: list[Question]) -> None:
    """A condition may rest on earlier questions only, so that one pass tells which ones apply."""
    earlier: set[str] = set()
    for question in questions:
        for comparison in question.when.comparisons():
            if comparison.question not in earlier:
                raise RulesError(
                    f"questions: '{question.id}' is asked when '{comparison.question}' …, "
                    "which is not asked before it; move it up or mend the name."
                )
        earlier.add(question.id)
