"""The neighbours of an answer: every other answer that its question takes, the nearest first.

Knows no rule and no other question.
"""

from collections.abc import Iterator
from itertools import combinations

from questionnaire.content.domain import single_answers, values
from questionnaire.content.question import Question
from questionnaire.interview.flow import SKIPPED, Response, Unsaid
from questionnaire.interview.validation import validate


def others(question: Question, answer: Response | Unsaid) -> Iterator[Response]:
    """Every answer but this one, the nearest first; none to a question for a text."""
    match question.kind:
        case "one":
            yield from (each for each in single_answers(question) if each != answer)
        case "many":
            yield from _other_choices(question, chosen(answer))
        case "scale":
            yield from _other_numbers(question, answer)
        case "text":
            return


def promising(
    question: Question, answer: Response | Unsaid, named: frozenset[str], most: int
) -> Iterator[Response]:
    """Of these, enough to find the smallest change in: `most` of the options `named` are wanted.

    Conditions have no "not": so no option is taken away but to make room for one that stands
    alone, or to go on where one has ended it all; and an option that nobody wants is given only
    where there is no other, so that one is enough.
    """
    if question.kind != "many":
        yield from others(question, answer)
        return
    before, ids = chosen(answer), [option.id for option in question.options]
    beside = [option.id for option in question.options if not option.exclusive]
    wanted = [each for each in beside if each in named and each not in before]
    choices = [{each} for each in ids]
    for kept in _kept(question, before):
        sizes = range(1, most + 1)
        added = [{*each} for size in sizes for each in combinations(wanted, size)]
        alone = [{each} for each in beside if each not in named]
        choices += [kept | each for each in (set(), *added, *alone)]
    answers = dict.fromkeys(tuple(each for each in ids if each in choice) for choice in choices)
    for choice in sorted(answers, key=lambda each: len(before.symmetric_difference(each))):
        if before != {*choice} and not validate(question, choice):
            yield choice


def _kept(question: Question, before: frozenset[str | int]) -> list[set[str]]:
    """What may stay of the options chosen: all that stand beside others; or without the endings."""
    beside = [each for each in question.options if each.id in before and not each.exclusive]
    return [{each.id for each in beside}, {each.id for each in beside if not each.ends}]


def chosen(answer: Response | Unsaid) -> frozenset[str | int]:
    """The values that an answer is made of: its options, or its number; empty without an answer."""
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
    numbers = [each for each in values(question) if isinstance(each, int) and each != answer]
    yield from sorted(numbers, key=lambda each: abs(each - given))
