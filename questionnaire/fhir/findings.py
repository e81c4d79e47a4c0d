"""What was concluded, as resources for a record; docs/fhir.md says why of these types.

All of them are preliminary: no professional has looked at them.
"""

from collections.abc import Iterator

from questionnaire.conclusion.case import Case
from questionnaire.content.content import read_fhir_terms
from questionnaire.fhir.codes import FINDING, LEVEL, OUTCOME, told
from questionnaire.fhir.names import Resource, concept, extension_url, standard, word
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
        "code": _code(finding) | {"text": _said(finding)},
        "subject": subject_of(circumstances),
        **({"period": started} if (started := circumstances.at("start")) else {}),
    }


def _caution(case: Case, finding: Finding, circumstances: Circumstances, answers: str) -> Resource:
    """What speaks for care with an action that is thought of: needles.

    It has no `mitigation`, which tells what has been done: so far nothing has.
    """
    level = {"url": extension_url(LEVEL), "valueCodeableConcept": _level(finding.rule.level)}
    return {
        "resourceType": "DetectedIssue",
        "extension": [level],
        "status": "preliminary",
        "code": _code(finding),
        "patient": subject_of(circumstances),
        **circumstances.at("identifiedDateTime"),
        "evidence": [{"detail": [{"reference": answers}]}],
        "detail": f"{_said(finding)} {_unreviewed(case)}",
    }


def subject_of(circumstances: Circumstances) -> object:
    """Whom it is about: as the response says, or in words, where nobody has told."""
    return circumstances.kept.get("subject", {"display": word("subject")})


def _code(finding: Finding) -> Resource:
    return concept(FINDING, finding.rule.id, plain(finding.rule.because))


def _said(finding: Finding) -> str:
    because = word("because_text", because=plain(finding.rule.because))
    return f"{because} {plain(finding.rule.advice)}"


def _level(level: str) -> Resource:
    return concept(LEVEL, level, read_fhir_terms()["levels"][level])


def _unreviewed(case: Case) -> str:
    return word("unreviewed", version=case.content.version)
