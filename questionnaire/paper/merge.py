"""Which of the answers typed from paper count, which wait, and which nobody asked for.

Pure functions over what was said.  On a line an early answer decides whether a late one applies.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaire.content.numbering import numbered
from questionnaire.content.question import Question
from questionnaire.interview.flow import Said, ended, next_question, relevant
from rules import Answer

Typed = Mapping[str, Answer | None]
"""Answers by question; None for one that was left blank."""


@dataclass(frozen=True)
class Filled:
    """A form as far as it is typed in.

    `left` was left blank though it must be answered; `waiting` hangs on a question that is open.
    """

    said: Said
    left: frozenset[str] = frozenset()
    waiting: Typed = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """A form with more typed in, and what became of that, each in the order asked."""

    filled: Filled
    taken: tuple[Question, ...]
    waiting: tuple[Question, ...]
    refused: tuple[Question, ...]


def due(questions: Sequence[Question], filled: Filled) -> Question | None:
    """The next question without an answer, what was left blank last; None when all is said."""
    put_off = {**dict.fromkeys(filled.left), **filled.said}
    return next_question(questions, put_off) or next_question(questions, filled.said)


def passed_over(
    questions: Sequence[Question], filled: Filled, numbers: Iterable[int]
) -> tuple[int, ...]:
    """Those of the numbers that do not apply, so far as is known; none once an answer ended it."""
    if ended(questions, filled.said):
        return ()
    asked = {each.id for each in relevant(questions, filled.said)} | {*filled.waiting}
    by_number = numbered(questions)
    return tuple(number for number in numbers if by_number[number].id not in asked)


def place(questions: Sequence[Question], filled: Filled, typed: Typed) -> Placed:
    """Put answers where they belong; what waited is tried again."""
    answers = {**filled.waiting, **typed}
    said, left, taken = dict(filled.said), set(filled.left), []
    for question in questions:
        if question.id not in answers or question not in relevant(questions, said):
            continue
        taken.append(question)
        said.pop(question.id, None)
        if answers[question.id] is None and not question.optional:
            left.add(question.id)
        else:
            said[question.id] = answers[question.id]
    others = [each for each in questions if each.id in answers and each not in taken]
    waiting = tuple(each for each in others if _is_open(each, said))
    return Placed(
        Filled(said, frozenset(left), {each.id: answers[each.id] for each in waiting}),
        tuple(taken),
        waiting,
        tuple(each for each in others if each not in waiting),
    )


def _is_open(question: Question, said: Said) -> bool:
    """Whether it may still come to apply, as an answer that it rests on is missing."""
    return any(each.question not in said for each in question.when.comparisons())
