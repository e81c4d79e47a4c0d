"""When a question is enabled: its condition, and every early end before it, as FHIR can say it.

FHIR has a flat list of tests for an item, all or any of which must pass; what is neither is told
by groups around the item, as an item in a group that is disabled is disabled too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from questionnaire.content.question import Question
from rules import AtLeast, Below, ChosenAtLeast, Comparison, Condition, OneOf


@dataclass(frozen=True)
class Test:
    """One look at the answer to a question: `value` is an option or a number."""

    question: str
    operator: str
    value: str | int


@dataclass(frozen=True)
class Level:
    """The tests of one item, all of which must pass, or (`any_of`) any one of them."""

    tests: tuple[Test, ...]
    any_of: bool = False


Clause = tuple[Test, ...]
"""Tests any one of which is enough."""


def ends_of(questions: Iterable[Question]) -> tuple[Test, ...]:
    """What must be true of these questions for the next one to be asked: none has ended it all."""
    return tuple(
        Test(question.id, "!=", option.id)
        for question in questions
        for option in question.options
        if option.ends
    )


def levels(
    when: Condition, ends: Sequence[Test], questions: Sequence[Question]
) -> tuple[Level, ...]:
    """The levels that an item needs, the outermost first; none where it is always enabled."""
    clauses = [*((end,) for end in ends), *_clauses(when, questions)]
    single = tuple(dict.fromkeys(each[0] for each in clauses if len(each) == 1))
    several = [Level(each, any_of=True) for each in clauses if len(each) > 1]
    return (*([Level(single)] if single else []), *several)


def any_option(question: str, options: Iterable[str]) -> Level:
    """The level of an item that is enabled once any of these options is chosen."""
    return Level(tuple(Test(question, "=", option) for option in options), any_of=True)


def _clauses(when: Condition, questions: Sequence[Question]) -> list[Clause]:
    """The condition in conjunctive normal form, without what follows from a shorter clause."""
    rows = (
        [clause for each in row for clause in _compared(each, questions)]
        for row in when.alternatives
    )
    joined = (tuple(dict.fromkeys(t for clause in each for t in clause)) for each in product(*rows))
    found = sorted(dict.fromkeys(joined), key=len)
    return [
        each
        for at, each in enumerate(found)
        if not any(set(shorter) <= set(each) for shorter in found[:at])
    ]


def _compared(comparison: Comparison, questions: Sequence[Question]) -> Iterator[Clause]:
    match comparison:
        case OneOf(question=asked, options=options):
            yield tuple(Test(asked, "=", option) for option in options)
        case Below(question=asked, limit=limit):
            yield (Test(asked, "<", limit),)
        case AtLeast(question=asked, limit=limit):
            yield (Test(asked, ">=", limit),)
        case ChosenAtLeast(question=asked, count=count):
            yield from _at_least(asked, count, questions)


def _at_least(asked: str, count: int, questions: Sequence[Question]) -> Iterator[Clause]:
    """So many are chosen if and only if one is among any that leave fewer than so many out."""
    (question,) = (each for each in questions if each.id == asked)
    tests = [Test(asked, "=", option.id) for option in question.options]
    yield from combinations(tests, len(tests) - count + 1)
