"""The result for programs: what was concluded, as JSON."""

from collections.abc import Sequence

from questionnaire.conclusion.case import Case
from questionnaire.system.json import json_file
from rules import Conclusion, Finding, Ground

FORMAT = "acuscreen-result/1"


def to_json(case: Case) -> bytes:
    """The conclusion, with the answers each finding rests on and the content it came from."""
    content, conclusion = case.content, case.conclusion
    result = {
        "format": FORMAT,
        "outcome": conclusion.outcome,
        "benefits": [_benefit(finding, conclusion) for finding in conclusion.benefits],
        "withheld": [finding.rule.id for finding in conclusion.withheld],
        "warnings": [sign for finding in conclusion.of("warning") for sign in _signs(finding)],
        "together": [
            _reason(finding) | {"tier": finding.rule.level}
            for finding in conclusion.of("warning")
            if not _is_single(finding)
        ],
        "doctor_first": [_reason(finding) for finding in conclusion.of("doctor_first")],
        "cautions": [
            _reason(finding) | {"class": finding.rule.level} for finding in conclusion.of("caution")
        ],
        "ended_by": [_reason(finding) for finding in conclusion.of("ending")],
        "content": vars(content.stamp),
    }
    return json_file(result)


def _because(grounds: Sequence[Ground]) -> list[dict[str, str | int]]:
    return [{"question": ground.question, "answer": ground.answer} for ground in grounds]


def _reason(finding: Finding) -> dict[str, object]:
    return {"id": finding.rule.id, "because": _because(finding.grounds)}


def _is_single(finding: Finding) -> bool:
    """Whether each answer is a sign by itself, and does not first become one beside another."""
    return all(len(row) == 1 for row in finding.rule.when.alternatives)


def _signs(finding: Finding) -> list[dict[str, object]]:
    """Each answer that is a warning sign by itself."""
    grounds = finding.grounds if _is_single(finding) else ()
    tier = finding.rule.level
    return [{"question": each.question, "option": each.answer, "tier": tier} for each in grounds]


def _benefit(finding: Finding, conclusion: Conclusion) -> dict[str, object]:
    """A benefit, with every work that its evidence and the notes on it cite."""
    rule = finding.rule
    notes = [note.rule for note in conclusion.of("note") if note.rule.about == rule.id]
    cited = [work for each in (rule, *notes) for work in each.cites]
    return _reason(finding) | {
        "passage": rule.passage,
        "notes": [note.id for note in notes],
        "evidence": list(dict.fromkeys(cited)),
    }
