"""Every other answer that a question takes, and how far it is from the one that was given.

Knows no rule and no other question.
"""

from collections.abc import Iterator
from itertools import combinations

from questionnaire.content.question import Question
from questionnaire.interview.flow import SKIPPED, Response, Unsaid
from questionnaire.interview.validation import validate
from rules import Answer

SOME_WORDS = "…"
"""Stands for whatever somebody may write."""


def others(question: Question, answer: Response | Unsaid) -> Iterator[Response]:
    """Every answer but this one, the nearest first; what is typed in words is left alone."""
    match question.kind:
        case "one":
            yield from (option.id for option in question.options if option.id != answer)
        case "many":
            yield from _other_choices(question, chosen(answer))
        case "scale":
            yield from _other_numbers(question, answer)
        case "text":
            return


def singles(question: Question) -> Iterator[Answer]:
    """The plainest answers: one option, a number, or some words."""
    match question.kind:
        case "one":
            yield from (option.id for option in question.options)
        case "many":
            yield from ((option.id,) for option in question.options)
        case "scale":
            yield from range(question.lowest, question.highest + 1)
        case "text":
            yield SOME_WORDS


def chosen(answer: Response | Unsaid) -> frozenset[str | int]:
    """What an answer consists of: its options, or its number; nothing when there is none."""
    match answer:
        case Unsaid():
            return frozenset()
        case tuple(options):
            return frozenset(options)
        case single:
            return frozenset({single})


def _other_choices(question: Question, before: frozenset[str | int]) -> Iterator[Response]:
    ids = [option.id for option in question.options]
    for size in range(1, len(ids) + 1):
        for turned in combinations(ids, size):
            choice = tuple(each for each in ids if (each in before) != (each in turned))
            if not validate(question, choice):
                yield choice
            elif not choice and question.optional:
                yield SKIPPED


def _other_numbers(question: Question, answer: Response | Unsaid) -> Iterator[int]:
    given = answer if isinstance(answer, int) else question.lowest
    numbers = range(question.lowest, question.highest + 1)
    yield from sorted(
        (number for number in numbers if number != answer), key=lambda each: abs(each - given)
    )
