"""Read a condition.  The whole language is here; it has no "not", no "missing" and no nesting.

    { a = "x" }                     this answer
    { a = ["x", "y"] }              one of these
    { a = "x", b = "y" }            all of these
    [{ a = "x" }, { b = "y" }]      either of these
    { n = { below = 4 } }           a number; also at_least
    { n = { chosen_at_least = 2 } } so many options chosen

When a rule does not fit, add one named comparison, or a derived answer computed by a tested
function; never an expression: that is a second language, and nobody stops at the first operator.
"""

import re
from collections.abc import Callable, Mapping

from rules._condition import AtLeast, Below, ChosenAtLeast, Comparison, Condition, OneOf
from rules._model import RulesError
from rules._table import ID, is_list_of_texts, shown

OPTION = re.compile(r"[a-z0-9][a-z0-9_]*")
COMPARISONS: Mapping[str, Callable[[str, int], Comparison]] = {
    "below": Below,
    "at_least": AtLeast,
    "chosen_at_least": ChosenAtLeast,
}


def read_condition(when: object, place: str) -> Condition:
    """The condition written there; RulesError, which begins with the place, if it is none."""
    rows = when if isinstance(when, list) else [when]
    if not rows:
        raise RulesError(f'{place}: when is an empty list; write {{ question = "answer" }}.')
    return Condition(tuple(_read_row(row, place) for row in rows))


def _read_row(row: object, place: str) -> tuple[Comparison, ...]:
    if not isinstance(row, dict) or not row:
        raise RulesError(
            f'{place}: when is {shown(row)}; write {{ question = "answer" }}, '
            "or a list of these when either is enough."
        )
    return tuple(_read_comparison(question, wanted, place) for question, wanted in row.items())


def _read_comparison(question: str, wanted: object, place: str) -> Comparison:
    if not ID.fullmatch(question):
        raise RulesError(f"{place}: '{question}' is no name of a question; write a-z, 0-9 and _.")
    match wanted:
        case str() if OPTION.fullmatch(wanted):
            return OneOf(question, (wanted,))
        case list() if is_list_of_texts(wanted) and all(map(OPTION.fullmatch, wanted)):
            return OneOf(question, tuple(wanted))
        case dict() if len(wanted) == 1:
            ((name, number),) = wanted.items()
            if name in COMPARISONS and type(number) is int and number > 0:
                return COMPARISONS[name](question, number)
    raise RulesError(
        f"{place}: cannot compare '{question}' with {shown(wanted)}; write a word, a list of "
        "words, { below = 4 }, { at_least = 4 } or { chosen_at_least = 2 }; numbers from 1 up."
    )
