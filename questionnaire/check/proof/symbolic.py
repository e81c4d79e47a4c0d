"""Symbolic execution: what an interview asks, what counts and what follows, as formulas.

It says of formulas, line by line, what `interview.flow` and the evaluators of `rules` say of
answers.  Every example that a proof comes up with is run through those as well (`witness`).
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
    not_,
    variable,
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

Given = Mapping[Ground, Formula]
"""By question and answer, the formula of when it is given."""


@dataclass(frozen=True)
class Flow:
    """When each question is asked, when each answer counts, and when an answer has ended it all.

    `going`: when the interview has not ended before that question.
    """

    going: Mapping[str, Formula]
    asked: Mapping[str, Formula]
    counts: Given
    ended: Formula


@dataclass(frozen=True)
class Consequences:
    """What follows from an interview: when each rule applies, and when there is each outcome."""

    found: Mapping[str, Formula]
    outcome: Mapping[str, Formula]


def all_grounds(question: Question) -> tuple[Ground, ...]:
    """Everything in an answer to it that a condition may rest on; nothing in a text."""
    return tuple(Ground(question.id, value) for value in values(question))


def anything_said(questions: Sequence[Question], who: str = "") -> Given:
    """A variable for each answer to each question, asked or not."""
    return {
        each: variable(f"{who}{each.question}={each.answer}")
        for question in questions
        for each in all_grounds(question)
    }


def allowed(question: Question, said: Given) -> Formula:
    """The answer to it is one that `interview.validation` takes, or there is none."""
    given = [said[each] for each in all_grounds(question)]
    if question.kind != "many":
        return at_most_one(given)
    alone = [said[Ground(question.id, each.id)] for each in question.options if each.exclusive]
    beside = [said[Ground(question.id, each.id)] for each in question.options if not each.exclusive]
    return all_of((at_most_one(alone), implies(any_of(alone), not_(any_of(beside)))))


def flow(questions: Sequence[Question], said: Given) -> Flow:
    """As `relevant` and `visible` of `interview.flow` go through the questions, in order."""
    going: dict[str, Formula] = {}
    asked: dict[str, Formula] = {}
    counts: dict[Ground, Formula] = {}
    ended = FALSE
    for question in questions:
        going[question.id] = not_(ended)
        now = asked[question.id] = all_of((holds(question.when, counts), not_(ended)))
        counts |= {each: all_of((now, said[each])) for each in all_grounds(question)}
        ending = (counts[Ground(question.id, each.id)] for each in question.options if each.ends)
        ended = any_of((ended, *ending))
    return Flow(going, asked, counts, ended)


def holds(condition: Condition, counts: Given) -> Formula:
    """As `Condition.holds`."""
    if condition == ALWAYS:
        return TRUE
    return any_of(all_of(_compared(each, counts) for each in row) for row in condition.alternatives)


def _compared(comparison: Comparison, counts: Given) -> Formula:
    if isinstance(comparison, OneOf):  # nearly all are; looked up, as `counts` is long
        named = (Ground(comparison.question, each) for each in comparison.options)
        return any_of(counts[each] for each in named if each in counts)
    given = [each for each in counts if each.question == comparison.question]
    if isinstance(comparison, ChosenAtLeast):
        chosen = [counts[each] for each in given if isinstance(each.answer, str)]
        return at_least(comparison.count, chosen)
    return any_of(counts[each] for each in given if asks_for(comparison, each.answer))


def asks_for(comparison: Comparison, answer: str | int) -> bool:
    """Whether a comparison asks for this answer, alone or among others."""
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


def consequences(rules: Sequence[Rule], counts: Given) -> Consequences:
    """As `conclude`: the most urgent outcome that a rule leads to, or the last."""
    found = {rule.id: holds(rule.when, counts) for rule in rules}
    outcome: dict[str, Formula] = {}
    sooner: list[Formula] = []
    for each in OUTCOMES:
        reached = any_of(found[rule.id] for rule in rules if rule.outcome == each)
        last = each == OUTCOMES[-1]
        outcome[each] = all_of((TRUE if last else reached, not_(any_of(sooner))))
        sooner.append(reached)
    return Consequences(found, outcome)


def finished(questions: Sequence[Question], course: Flow, said: Given) -> Formula:
    """Every question that is asked and must be answered is answered."""
    return all_of(
        implies(course.asked[question.id], any_of(said[each] for each in all_grounds(question)))
        for question in questions
        if not question.optional and question.kind != "text"
    )


def complete(
    questions: Sequence[Question], course: Flow, said: Given, follows: Consequences
) -> Formula:
    """As `answers.file.is_complete`: after an ending or an emergency no more answers are needed."""
    return any_of((course.ended, follows.outcome["emergency"], finished(questions, course, said)))
