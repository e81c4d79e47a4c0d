"""Search: is a benefit shown where help comes first?  Each is tried under each outcome.

The formulas know which rules apply; what `Conclusion` does with them is code, so that is run.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from questionnaire.check.proof.flaw import Flaw
from questionnaire.check.proof.space import Space
from questionnaire.check.proof.witness import grounds_of, run_through
from questionnaire.check.properties.reach import flaw_of_rule
from questionnaire.interview.flow import Said, facts
from rules import WITHHOLDING, Answer, Ground, Rule


def badly_shown(space: Space) -> Iterator[Flaw]:
    """Benefits shown where help comes first, or that name answers which did not bring them up."""
    for rule in space.content.rulebook.rules:
        for outcome, reached in space.interview.follows.outcome.items():
            if rule.kind == "benefit":
                model = space.model(space.interview.follows.found[rule.id], reached)
                patient = run_through(space.interview, model) if model else {}
                for matter in islice(_faults(space, rule, outcome, patient), 1):
                    flaw = flaw_of_rule(space, rule, "shown", matter)
                    yield replace(flaw, patient=patient, way_out="mend `Conclusion` in rules/")


def _faults(space: Space, rule: Rule, outcome: str, patient: Said) -> Iterator[str]:
    answers = facts(space.content.questions, patient)
    conclusion = space.content.conclude(answers)
    hidden = outcome in WITHHOLDING
    found = [each for each in conclusion.of("benefit") if each.rule == rule]
    if hidden and conclusion.benefits:
        yield f"it is shown under '{outcome}'"
    if not hidden and found != [each for each in conclusion.benefits if each.rule == rule]:
        yield f"it is not shown under '{outcome}'"
    for finding in found:
        named = set(finding.grounds)
        if not named or not named <= set(grounds_of(answers)):
            yield "it names answers that were not given"
        if rule.when.holds(_without(answers, named)):
            yield "it stays when the answers that it names are taken back"


def _without(answers: Mapping[str, Answer], named: Collection[Ground]) -> dict[str, Answer]:
    """The answers without those named."""
    left: dict[str, Answer] = {}
    for question, answer in answers.items():
        if isinstance(answer, tuple):
            left[question] = tuple(o for o in answer if Ground(question, o) not in named)
        elif Ground(question, answer) not in named:
            left[question] = answer
    return left
