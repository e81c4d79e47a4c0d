"""Counterfactuals: the smallest change of answers that makes a rule apply.

Smallest means: the fewest questions answered otherwise or anew, then the fewest options given or
taken away; among equals, what raises the fewest other findings, then the nearest number.  The
changed answers are a whole interview: a question that a change opens is part of the change.  Every
change is run through the rules before it is told.
"""

from dataclasses import dataclass

from questionnaire.conclusion.case import Case
from questionnaire.conclusion.search import cheapest
from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import NOT_ASKED, SKIPPED, Response, Said, Unsaid, facts, relevant
from rules import Conclusion, EngineError, Rule


@dataclass(frozen=True)
class Step:
    """One question answered otherwise; `opened` when it was not asked before."""

    question: Question
    before: Response | Unsaid
    after: Response | Unsaid
    opened: bool


@dataclass(frozen=True)
class Change:
    """The steps in the order asked, all that is said after them, and what is concluded from it."""

    steps: tuple[Step, ...]
    said: Said
    conclusion: Conclusion


def smallest_change(case: Case, rule: Rule) -> Change | None:
    """The smallest change that makes the rule apply; None where no answers make it."""
    content, before = case.content, counting(case)
    after = cheapest(content, before, rule)
    return _applied(content, before, after, rule) if after is not None else None


def counting(case: Case) -> Said:
    """What was said, as far as it counts; optional questions without an answer are skipped."""
    optional: Said = {each.id: SKIPPED for each in case.content.questions if each.optional}
    return {**optional, **case.record.said}


def _applied(content: Content, before: Said, after: Said, rule: Rule) -> Change:
    """The change; EngineError unless the engine concludes from it that the rule applies."""
    conclusion = content.conclude(facts(content.questions, after))
    if all(finding.rule.id != rule.id for finding in conclusion.findings):
        raise EngineError(f"The change found for '{rule.id}' does not make it apply.")
    return Change(_steps(content, before, after), after, conclusion)


def _steps(content: Content, before: Said, after: Said) -> tuple[Step, ...]:
    asked = {question.id for question in relevant(content.questions, before)}
    steps = (
        Step(
            each,
            before.get(each.id, NOT_ASKED),
            after.get(each.id, NOT_ASKED),
            opened=each.id not in asked,
        )
        for each in relevant(content.questions, after)
    )
    return tuple(step for step in steps if step.before != step.after)
