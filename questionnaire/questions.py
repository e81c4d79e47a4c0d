"""What a question is, and the questions themselves, read from `questions/*.toml`.

Knows no answers: what applies to whom is decided in `interview`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast, get_args

from rules import ALWAYS, Condition, RulesError, read_condition

HERE = Path(__file__).parent / "questions"

Kind = Literal["one", "many", "scale", "text"]

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


@dataclass(frozen=True)
class Option:
    """One answer that may be chosen.

    `exclusive` cannot stand beside another; `ends` means that nothing more is asked.
    """

    id: str
    label: str
    exclusive: bool = False
    ends: bool = False


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    `short` names it in tables and in "because you said".  A scale runs in whole numbers from
    `lowest` to `highest`; a text has at most `longest` characters.  `digest` changes when
    anything about the question changes.
    """

    id: str
    section: str
    kind: Kind
    ask: str
    short: str
    help: str
    when: Condition
    options: tuple[Option, ...]
    optional: bool
    lowest: int
    highest: int
    low: str
    high: str
    longest: int
    digest: str

    def option(self, option_id: str) -> Option:
        """The option with this id; StopIteration is a bug of the caller."""
        return next(option for option in self.options if option.id == option_id)


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
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{place}: not valid TOML: {error}.") from error
    title = tables.pop("title", None)
    if not isinstance(title, str):
        raise RulesError(f'{place}: begin it with the heading of the section: title = "…".')
    return [
        _read_question(question_id, table, title, place) for question_id, table in tables.items()
    ]


def _read_question(question_id: str, table: object, section: str, place: str) -> Question:
    place = f"{place}: question '{question_id}'"
    if not isinstance(table, dict) or not _ID.fullmatch(question_id):
        raise RulesError(f"{place}: write a table [{question_id}] with a name of a-z, 0-9 and _.")
    kind = _kind(table.get("kind"), place)
    _check_keys(table, kind, place)
    when = read_condition(table["when"], place) if "when" in table else ALWAYS
    return Question(
        id=question_id,
        section=section,
        kind=kind,
        ask=table["ask"],
        short=table["short"],
        help=table.get("help", ""),
        when=when,
        options=_read_options(table, place),
        optional=table.get("optional", False),
        lowest=table.get("lowest", 0),
        highest=table.get("highest", 0),
        low=table.get("low", ""),
        high=table.get("high", ""),
        longest=table.get("longest", 0),
        digest=sha256(repr(table).encode()).hexdigest(),
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
        if not isinstance(value, allowed[key]):
            raise RulesError(f"{place}: '{key}' is {value!r}, which is of the wrong type.")
    needed = {"ask", "short", *_KEYS_OF[kind]} - {"optional", "exclusive", "ends"}
    for key in sorted(needed - table.keys()):
        raise RulesError(f"{place}: '{key}' is missing; a question of kind {kind} needs it.")


def _read_options(table: Mapping[str, dict[str, str]], place: str) -> tuple[Option, ...]:
    options = table.get("options", {})
    marked = {*table.get("exclusive", ()), *table.get("ends", ())}
    for option_id in sorted(marked - options.keys()):
        raise RulesError(f"{place}: '{option_id}' is not one of its options.")
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
