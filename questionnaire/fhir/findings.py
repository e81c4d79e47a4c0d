"""What was concluded, as resources for a record; docs/fhir.md says why of these types.

All of them are preliminary: no professional has looked at them.
"""

from collections.abc import Iterator

from questionnaire.conclusion.case import Case
from questionnaire.content.content import read_fhir_terms
from questionnaire.fhir.codes import FINDING, LEVEL, OUTCOME, told
from questionnaire.fhir.names import Resource, concept, standard, word
from questionnaire.fhir.response import Circumstances
from questionnaire.fhir.wording import plain
from rules import Finding


def resources_of(case: Case, circumstances: Circumstances, answers: str) -> Iterator[Resource]:
    """The outcome, and what speaks for care; `answers` is the address of the response."""
    yield _outcome(case, circumstances, answers)
    for finding in case.conclusion.findings:
        if finding.rule.kind == "caution":
            yield _caution(case, finding, circumstances, answers)
        elif told(finding.rule):
            yield _warning(finding, circumstances)


def _outcome(case: Case, circumstances: Circumstances, answers: str) -> Resource:
    text = case.content.rulebook.outcomes[case.conclusion.outcome]
    said = word("outcome_text", title=text.title, next=text.next, talk=text.talk)
    return {
        "resourceType": "Observation",
        "status": "preliminary",
        "category": [standard("observation-category", "survey")],
        "code": concept(OUTCOME, OUTCOME, word("outcome_title")),
        "subject": subject_of(circumstances),
        **circumstances.at("effectiveDateTime"),
        "valueCodeableConcept": concept(OUTCOME, text.id, text.title) | {"text": plain(said)},
        "note": [{"text": _unreviewed(case)}],
        "derivedFrom": [{"reference": answers}],
    }


def _warning(finding: Finding, circumstances: Circumstances) -> Resource:
    """A sign that a doctor should look at, shown to whoever opens the record."""
    level = finding.rule.level or finding.rule.kind
    return {
        "resourceType": "Flag",
        "status": "active",
        "category": [standard("flag-category", "clinical"), _level(level)],
        "code": _code(finding) | {"text": f"{_because(finding)} {plain(finding.rule.advice)}"},
        "subject": subject_of(circumstances),
        **({"period": started} if (started := circumstances.at("start")) else {}),
    }


def _caution(case: Case, finding: Finding, circumstances: Circumstances, answers: str) -> Resource:
    """What speaks for care with an action that is thought of: needles."""
    return {
        "resourceType": "DetectedIssue",
        "status": "preliminary",
        "code": _code(finding),
        "patient": subject_of(circumstances),
        **circumstances.at("identifiedDateTime"),
        "evidence": [{"detail": [{"reference": answers}]}],
        "detail": f"{_because(finding)} {_unreviewed(case)}",
        "mitigation": [
            {"action": _level(finding.rule.level) | {"text": plain(finding.rule.advice)}}
        ],
    }


def subject_of(circumstances: Circumstances) -> object:
    """Whom it is about: as the response says, or in words, where nobody has told."""
    return circumstances.kept.get("subject", {"display": word("subject")})


def _code(finding: Finding) -> Resource:
    return concept(FINDING, finding.rule.id, plain(finding.rule.because))


def _because(finding: Finding) -> str:
    return word("because_text", because=plain(finding.rule.because))


def _level(level: str) -> Resource:
    return concept(LEVEL, level, read_fhir_terms()["levels"][level])


def _unreviewed(case: Case) -> str:
    return word("unreviewed", version=case.content.version)
