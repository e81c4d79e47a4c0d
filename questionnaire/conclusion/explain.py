"""Why, and why not: what an explanation says, as plain values.

Knows neither Jinja nor JSON; how the smallest change is found is for `changing` to know.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.conclusion.case import Case
from questionnaire.conclusion.counterfactual import Change, Step, smallest_change
from questionnaire.conclusion.neighbours import chosen
from questionnaire.conclusion.search import unanswered
from questionnaire.content.content import Content
from questionnaire.interview.wording import Worded, quoted, worded
from rules import WITHHOLDING, Conclusion, Finding, Ground, Rule, Source, concluded

NAMED = ("drug_free", "improved_sleep", "personalised", "minimal_side_effects")
"""The benefits that the article names one by one, in its order."""


@dataclass(frozen=True)
class Found:
    """A rule that applied, and the answers that made it; `withheld` where help comes first."""

    rule: Rule
    grounds: tuple[Ground, ...]
    said: tuple[Worded, ...]
    withheld: bool


@dataclass(frozen=True)
class Turn:
    """A step in words: what is given, what is taken away; `more` when other options stay."""

    step: Step
    given: tuple[str, ...]
    taken: tuple[str, ...]
    more: bool


@dataclass(frozen=True)
class Missed:
    """A rule that did not apply, what was said instead, and the smallest change that makes it.

    There is no change where no answers make it apply.
    """

    rule: Rule
    instead: tuple[Worded, ...]
    change: Change | None
    turns: tuple[Turn, ...]

    @property
    def withheld(self) -> bool:
        """Whether it would be left out even then, because help comes first."""
        return self.change is not None and _is_withheld(self.rule, self.change.conclusion)


@dataclass(frozen=True)
class Deciding:
    """An outcome, the findings that each by itself lead to it, and what it is without them all.

    Nothing is known of that where the questions stopped early; nothing follows the last outcome.
    """

    outcome: str
    title: str
    found: tuple[Found, ...]
    without: "Deciding | None"


@dataclass(frozen=True)
class Explanation:
    """Why this was found, and that was not; `stopped` when some questions were not reached.

    `rule_id` is the one rule that it is about; empty when it is about them all.
    """

    rule_id: str
    deciding: Deciding
    stopped: bool
    found: tuple[Found, ...]
    missed: tuple[Missed, ...]
    sources: Mapping[str, Source]
    passages: Mapping[str, str]
    version: str
    sha256: str


@dataclass(frozen=True)
class NotMentioned:
    """A named benefit that did not come up, and what was said instead."""

    rule: Rule
    instead: tuple[Worded, ...]


def explain(case: Case, rule_id: str = "") -> Explanation:
    """Every finding, and every benefit that did not come up; or one rule alone, found or not."""
    content, conclusion = case.content, case.conclusion
    stopped = case.record.ended or bool(unanswered(case.record))
    book = content.rulebook
    return Explanation(
        rule_id=rule_id,
        deciding=_deciding(content, conclusion.findings, stopped=stopped),
        stopped=stopped,
        found=tuple(
            _found(content, conclusion, each)
            for each in conclusion.findings
            if rule_id in {"", each.rule.id}
        ),
        missed=tuple(
            _missed(case, rule)
            for rule in _silent(content, conclusion)
            if rule.id == rule_id or (not rule_id and rule.kind == "benefit")
        ),
        sources=book.sources,
        passages={each.id: each.title for each in book.passages.values()},
        version=content.version,
        sha256=content.sha256,
    )


def not_mentioned(case: Case) -> tuple[NotMentioned, ...]:
    """The named benefits that did not come up, each with what was said instead."""
    silent = {rule.id: rule for rule in _silent(case.content, case.conclusion)}
    return tuple(
        NotMentioned(silent[each], _instead(case, silent[each])) for each in NAMED if each in silent
    )


def _silent(content: Content, conclusion: Conclusion) -> tuple[Rule, ...]:
    fired = {finding.rule.id for finding in conclusion.findings}
    return tuple(rule for rule in content.rulebook.rules if rule.id not in fired)


def _is_withheld(rule: Rule, conclusion: Conclusion) -> bool:
    return rule.kind in {"benefit", "note"} and conclusion.outcome in WITHHOLDING


def _found(content: Content, conclusion: Conclusion, finding: Finding) -> Found:
    return Found(
        finding.rule,
        finding.grounds,
        quoted(content.questions, finding.grounds),
        withheld=_is_withheld(finding.rule, conclusion),
    )


def _deciding(content: Content, findings: tuple[Finding, ...], *, stopped: bool) -> Deciding:
    conclusion = concluded(findings)
    decisive = conclusion.decisive
    rest = tuple(finding for finding in findings if finding not in decisive)
    return Deciding(
        outcome=conclusion.outcome,
        title=content.rulebook.outcomes[conclusion.outcome].title,
        found=tuple(_found(content, conclusion, each) for each in decisive),
        without=_deciding(content, rest, stopped=False) if decisive and not stopped else None,
    )


def _missed(case: Case, rule: Rule) -> Missed:
    change = smallest_change(case, rule)
    turns = tuple(_turn(step) for step in change.steps) if change else ()
    return Missed(rule, _instead(case, rule), change, turns)


def _turn(step: Step) -> Turn:
    before, after = chosen(step.before), chosen(step.after)
    return Turn(
        step,
        given=_words(step, after - before),
        taken=_words(step, before - after),
        more=bool(before & after),
    )


def _words(step: Step, answers: frozenset[str | int]) -> tuple[str, ...]:
    ids: list[str | int] = [option.id for option in step.question.options]
    grounds = [Ground(step.question.id, each) for each in (ids or answers) if each in answers]
    return tuple(word for each in quoted([step.question], grounds) for word in each.words)


def _instead(case: Case, rule: Rule) -> tuple[Worded, ...]:
    """What was said to the questions that the rule rests on, or to those that kept them unasked."""
    given = worded(case.record)
    wanted = {comparison.question for comparison in rule.when.comparisons()}
    for question in reversed(case.content.questions):  # a question rests on earlier ones alone
        if question.id in wanted and question.id not in given:
            wanted |= {comparison.question for comparison in question.when.comparisons()}
    return tuple(each for question_id, each in given.items() if question_id in wanted)
