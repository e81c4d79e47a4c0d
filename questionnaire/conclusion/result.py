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
        "warnings": [_warning(finding) for finding in conclusion.of("warning")],
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


def _warning(finding: Finding) -> dict[str, object]:
    (ground,) = finding.grounds
    return {"question": ground.question, "option": ground.answer, "tier": finding.rule.level}


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
