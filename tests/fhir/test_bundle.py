"""The Bundle tells a record what the report tells a person, and nothing that is more."""

from base64 import b64decode
from hashlib import sha1

import pytest
from records import AUTHORED
from vignettes import EVERYONE, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.fhir.bundle import bundle
from questionnaire.fhir.codes import code_systems
from questionnaire.fhir.models import troubles
from questionnaire.fhir.response import Circumstances, response

PDF = b"%PDF-1.7 and so on"
NOW = "2026-11-25T11:00:00Z"
SUBJECT = {"reference": "Patient/42"}


@pytest.fixture
def bundle_on(content):
    def bundle_on(said, circumstances=Circumstances(AUTHORED, {"subject": SUBJECT})):  # noqa: B008  frozen
        return bundle(case_of(content, said), PDF, circumstances, NOW)

    return bundle_on


def of_type(whole, kind):
    return [e["resource"] for e in whole["entry"] if e["resource"]["resourceType"] == kind]


def codes_in(element):
    """Every coding in a resource, as its system and code."""
    if isinstance(element, dict):
        if "system" in element and "code" in element:
            yield element["system"], element["code"]
        for each in element.values():
            yield from codes_in(each)
    elif isinstance(element, list):
        for each in element:
            yield from codes_in(each)


@pytest.mark.parametrize("who", EVERYONE)
def test_it_is_what_the_models_take_whoever_it_is_about(content, bundle_on, who):
    assert [*troubles(bundle_on(answers_of(who, content)))] == []


@pytest.mark.parametrize("who", EVERYONE)
def test_it_holds_the_outcome_and_every_warning_and_caution(content, bundle_on, who):
    said = answers_of(who, content)
    conclusion, whole = case_of(content, said).conclusion, bundle_on(said)
    (outcome,) = of_type(whole, "Observation")
    assert outcome["valueCodeableConcept"]["coding"][0]["code"] == conclusion.outcome
    flags = [each["code"]["coding"][0]["code"] for each in of_type(whole, "Flag")]
    found = conclusion.of("warning") + conclusion.of("doctor_first")
    assert sorted(flags) == sorted(each.rule.id for each in found)
    issues = [each["code"]["coding"][0]["code"] for each in of_type(whole, "DetectedIssue")]
    assert issues == [each.rule.id for each in conclusion.of("caution")]


def test_the_answers_are_the_response_and_all_that_follows_points_to_them(
    content, bundle_on, baseline
):
    said = baseline | {"health_conditions": ("heart_valve",)}
    whole = bundle_on(said)
    first, *others = whole["entry"]
    assert first["resource"] == response(
        case_of(content, said), Circumstances(AUTHORED, {"subject": SUBJECT})
    )
    address = first["fullUrl"]
    assert address.startswith("urn:uuid:")
    (outcome,), issues = of_type(whole, "Observation"), of_type(whole, "DetectedIssue")
    (document,) = of_type(whole, "DocumentReference")
    assert outcome["derivedFrom"] == [{"reference": address}]
    assert issues
    for issue in issues:
        assert issue["evidence"] == [{"detail": [{"reference": address}]}]
    assert document["context"]["related"] == [{"reference": address}]
    assert len({entry["fullUrl"] for entry in whole["entry"]}) == len(others) + 1


def test_it_is_posted_in_one_go_and_each_part_is_created(bundle_on, baseline):
    whole = bundle_on(baseline)
    assert whole["type"] == "transaction"
    for entry in whole["entry"]:
        kind = entry["resource"]["resourceType"]
        assert entry["request"] == {"method": "POST", "url": kind}


def test_the_report_is_in_it_byte_by_byte_with_its_digest(bundle_on, baseline):
    (document,) = of_type(bundle_on(baseline), "DocumentReference")
    (content,) = document["content"]
    attachment = content["attachment"]
    assert b64decode(attachment["data"]) == PDF
    assert b64decode(attachment["hash"]) == sha1(PDF, usedforsecurity=False).digest()
    assert attachment["size"] == len(PDF)
    assert attachment["contentType"] == "application/pdf"


def test_everything_is_about_the_patient_who_is_named(bundle_on, baseline):
    whole = bundle_on(baseline | {"health_conditions": ("heart_valve", "bleeding_disorder")})
    for entry in whole["entry"]:
        resource = entry["resource"]
        assert resource.get("subject", resource.get("patient")) == SUBJECT


def test_nobody_is_made_up_where_no_patient_is_named(content, bundle_on):
    said = answers_of("emergency", content)
    whole = bundle_on(said, Circumstances(AUTHORED))
    assert [*troubles(whole)] == []
    assert of_type(whole, "Patient") == []
    assert {tuple(each["subject"]) for each in of_type(whole, "Flag")} == {("display",)}


def test_nothing_is_told_as_a_professionals_finding(content, bundle_on):
    """And nobody is told to be suitable: the outcome says whom to talk to."""
    whole = bundle_on(answers_of("doctor first", content))
    for each in (*of_type(whole, "Observation"), *of_type(whole, "DetectedIssue")):
        assert each["status"] == "preliminary"
        assert "Nobody has looked at it yet" in str(each)


def test_no_caution_is_told_as_seen_to(content, bundle_on):
    """A mitigation would say that something has been done."""
    issues = of_type(bundle_on(answers_of("doctor first", content)), "DetectedIssue")
    for issue in issues:
        rule = next(
            rule for rule in content.rulebook.rules if rule.id == issue["code"]["coding"][0]["code"]
        )
        assert "mitigation" not in issue
        assert issue["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == rule.level
        assert " ".join(rule.advice.split())[:20] in issue["detail"]


def test_no_time_is_made_up_where_nobody_knows_it(content, bundle_on):
    whole = bundle_on(answers_of("doctor first", content), Circumstances())
    assert [*troubles(whole)] == []
    (outcome,) = of_type(whole, "Observation")
    assert "effectiveDateTime" not in outcome


def test_no_benefit_is_told_as_a_finding(content, bundle_on):
    whole = bundle_on(answers_of("typical", content))
    told = {code for _, code in codes_in(whole)}
    benefits = {rule.id for rule in content.rulebook.rules if rule.kind == "benefit"}
    assert not told & benefits


def test_every_code_of_ours_is_defined(content, bundle_on):
    systems = [entry["resource"] for entry in code_systems(content)["entry"]]
    defined = {(each["url"], code["code"]) for each in systems for code in each["concept"]}
    ours = {each.rpartition("/")[0] for each, _ in defined}
    for who in EVERYONE:
        for system, code in codes_in(bundle_on(answers_of(who, content))):
            if system.rpartition("/")[0] in ours:
                assert (system, code) in defined


def test_no_reference_mark_stands_where_there_is_no_list_of_works(content, bundle_on):
    for who in EVERYONE:
        told = str([*of_type(bundle_on(answers_of(who, content)), "Flag")])
        assert "[E" not in told
        assert "[H" not in told


def test_the_same_is_the_same_and_another_person_has_other_addresses(content, bundle_on):
    one, other = (answers_of(who, content) for who in ("typical", "cautions"))
    assert bundle_on(one) == bundle_on(one)
    urls = [{e["fullUrl"] for e in bundle_on(said)["entry"]} for said in (one, other)]
    assert not urls[0] & urls[1]
