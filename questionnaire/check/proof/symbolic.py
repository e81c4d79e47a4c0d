"""Interviews as formulas: what is asked, what counts and what follows, whatever was said.

Says of formulas what `interview` and the evaluators of `rules` say of answers, line by line; each
example that a proof comes up with is run through those as well (`examples`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaire.check.proof.formula import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    at_least,
    at_most_one,
    implies,
    mark,
    no,
)
from questionnaire.content.domain import values
from questionnaire.content.question import Question
from rules import (
    ALWAYS,
    OUTCOMES,
    AtLeast,
    Below,
    ChosenAtLeast,
    Comparison,
    Condition,
    Ground,
    OneOf,
    Rule,
)

Marks = Mapping[Ground, Formula]
"""By question and answer, when it is given."""


@dataclass(frozen=True)
class Heard:
    """One interview: which questions are asked, which answers count, and whether it has ended.

    `going`, by question: it has not ended before.
    """

    going: Mapping[str, Formula]
    asked: Mapping[str, Formula]
    counts: Marks
    ended: Formula


@dataclass(frozen=True)
class Concluded:
    """What follows from one interview: the rules that apply, and each outcome."""

    found: Mapping[str, Formula]
    outcome: Mapping[str, Formula]


def possible(question: Question) -> tuple[Ground, ...]:
    """Each single answer to it; none to a text, on which nothing may rest."""
    return tuple(Ground(question.id, value) for value in values(question))


def said_freely(questions: Sequence[Question], who: str = "") -> Marks:
    """A mark for each answer to each question, asked or not."""
    return {
        each: mark(f"{who}{each.question}={each.answer}")
        for question in questions
        for each in possible(question)
    }


def allowed(question: Question, said: Marks) -> Formula:
    """An answer to it as `questionnaire.interview.validation` takes it, or none."""
    given = [said[each] for each in possible(question)]
    if question.kind != "many":
        return at_most_one(given)
    alone = [said[Ground(question.id, each.id)] for each in question.options if each.exclusive]
    beside = [said[Ground(question.id, each.id)] for each in question.options if not each.exclusive]
    return all_of((at_most_one(alone), implies(any_of(alone), no(any_of(beside)))))


def heard(questions: Sequence[Question], said: Marks) -> Heard:
    """As `interview.relevant` and `interview.visible` go through the questions, in order."""
    going: dict[str, Formula] = {}
    asked: dict[str, Formula] = {}
    counts: dict[Ground, Formula] = {}
    ended = FALSE
    for question in questions:
        going[question.id] = no(ended)
        now = asked[question.id] = all_of((holds(question.when, counts), no(ended)))
        counts |= {each: all_of((now, said[each])) for each in possible(question)}
        ending = (counts[Ground(question.id, each.id)] for each in question.options if each.ends)
        ended = any_of((ended, *ending))
    return Heard(going, asked, counts, ended)


def holds(condition: Condition, counts: Marks) -> Formula:
    """As `Condition.holds`."""
    if condition == ALWAYS:
        return TRUE
    return any_of(all_of(_compared(each, counts) for each in row) for row in condition.alternatives)


def _compared(comparison: Comparison, counts: Marks) -> Formula:
    given = [each for each in counts if each.question == comparison.question]
    if isinstance(comparison, ChosenAtLeast):
        chosen = [counts[each] for each in given if isinstance(each.answer, str)]
        return at_least(comparison.count, chosen)
    return any_of(counts[each] for each in given if named(comparison, each.answer))


def named(comparison: Comparison, answer: str | int) -> bool:
    """Whether a comparison asks for this answer, by itself or with others."""
    match comparison, answer:
        case OneOf(_, options), str():
            return answer in options
        case Below(_, limit), int():
            return answer < limit
        case AtLeast(_, limit), int():
            return answer >= limit
        case ChosenAtLeast(), str():
            return True
    return False


def concluded(rules: Sequence[Rule], counts: Marks) -> Concluded:
    """As `conclude`: the most urgent outcome that a rule leads to, or the last."""
    found = {rule.id: holds(rule.when, counts) for rule in rules}
    outcome: dict[str, Formula] = {}
    sooner: list[Formula] = []
    for each in OUTCOMES:
        reached = any_of(found[rule.id] for rule in rules if rule.outcome == each)
        last = each == OUTCOMES[-1]
        outcome[each] = all_of((TRUE if last else reached, no(any_of(sooner))))
        sooner.append(reached)
    return Concluded(found, outcome)


def finished(questions: Sequence[Question], talk: Heard, said: Marks) -> Formula:
    """Whatever is asked and must be answered is answered."""
    return all_of(
        implies(talk.asked[question.id], any_of(said[each] for each in possible(question)))
        for question in questions
        if not question.optional and question.kind != "text"
    )


def complete(
    questions: Sequence[Question], talk: Heard, said: Marks, follows: Concluded
) -> Formula:
    """As `answers.is_complete`: an end or an emergency needs no more answers."""
    return any_of((talk.ended, follows.outcome["emergency"], finished(questions, talk, said)))
