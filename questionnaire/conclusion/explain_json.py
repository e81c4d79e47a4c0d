"""The explanation for programs, as JSON; README.md says what its parts mean."""

from questionnaire.conclusion.counterfactual import Step
from questionnaire.conclusion.explain import Deciding, Explanation, Found, Missed
from questionnaire.interview.flow import Response, Unsaid
from questionnaire.system.json import json_file
from rules import Rule

FORMAT = "acuscreen-explanation/1"


def to_json(explanation: Explanation) -> bytes:
    """The outcome, the findings and what did not come up, with the content they came from."""
    table = {
        "format": FORMAT,
        "outcome": _outcome(explanation.deciding),
        "stopped": explanation.stopped,
        "found": [_found(each) for each in explanation.found],
        "not_found": [_missed(each) for each in explanation.missed],
        "content": {"version": explanation.version, "sha256": explanation.sha256},
    }
    return json_file(table)


def _outcome(deciding: Deciding) -> dict[str, object]:
    return {
        "id": deciding.outcome,
        "decided_by": [each.rule.id for each in deciding.found],
        "without": _outcome(deciding.without) if deciding.without else None,
    }


def _found(found: Found) -> dict[str, object]:
    return _rule(found.rule) | {
        "because": [{"question": each.question, "answer": each.answer} for each in found.grounds],
        "said": [{"short": each.question.short, "words": list(each.words)} for each in found.said],
        "withheld": found.withheld,
    }


def _missed(missed: Missed) -> dict[str, object]:
    change = missed.change
    return _rule(missed.rule) | {
        "change": [_step(each) for each in change.steps] if change else None,
        "outcome_then": change.conclusion.outcome if change else None,
        "withheld_then": missed.withheld,
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "level": rule.level,
        "passage": rule.passage,
        "sources": list(dict.fromkeys((*rule.source, *rule.cites))),
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "question": step.question.id,
        "from": _plain(step.before),
        "to": _plain(step.after),
        "opened": step.opened,
    }


def _plain(said: Response | Unsaid) -> str | int | list[str] | None:
    if isinstance(said, Unsaid):
        return None
    return list(said) if isinstance(said, tuple) else said
