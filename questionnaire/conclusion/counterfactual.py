"""Counterfactuals: the smallest change of answers that makes a rule apply.

Smallest means: the fewest questions answered otherwise or anew, then the fewest options given or
taken away; among equals, what raises the fewest other findings, then the nearest number.  The
changed answers are a whole interview: a question that a change opens is part of the change.  Every
change is run through the rules before it is told.
"""

from dataclasses import dataclass

from questionnaire.conclusion.search import cheapest
from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import SKIPPED, Said, facts, relevant, skipped, visible
from rules import Answer, Conclusion, EngineError, Rule


@dataclass(frozen=True)
class Step:
    """One question answered otherwise; `opened` when it was not asked before."""

    question: Question
    before: Answer | None
    after: Answer | None
    opened: bool


@dataclass(frozen=True)
class Change:
    """The steps in the order asked, all that is said after them, and what is concluded from it."""

    steps: tuple[Step, ...]
    said: Said
    conclusion: Conclusion


def smallest_change(content: Content, said: Said, rule: Rule) -> Change | None:
    """The smallest change that makes the rule apply; None where no answers make it."""
    before = counting(content, said)
    after = cheapest(content, before, rule)
    return _applied(content, before, after, rule) if after is not None else None


def counting(content: Content, said: Said) -> Said:
    """What was said, as far as it counts; optional questions without an answer are skipped."""
    optional = {each.id: SKIPPED for each in content.questions if each.optional}
    passed = dict.fromkeys(skipped(content.questions, said), SKIPPED)
    return {**optional, **passed, **visible(content.questions, said)}


def _applied(content: Content, before: Said, after: Said, rule: Rule) -> Change:
    """The change; EngineError unless the engine concludes from it that the rule applies."""
    conclusion = content.conclude(facts(content.questions, after))
    if all(finding.rule.id != rule.id for finding in conclusion.findings):
        raise EngineError(f"The change found for '{rule.id}' does not make it apply.")
    return Change(_steps(content, before, after), after, conclusion)


def _steps(content: Content, before: Said, after: Said) -> tuple[Step, ...]:
    asked = {question.id for question in relevant(content.questions, before)}
    return tuple(
        Step(each, before.get(each.id), after.get(each.id), opened=each.id not in asked)
        for each in relevant(content.questions, after)
        if before.get(each.id) != after.get(each.id)
    )
