"""Everything that we write is what the JSON schema of FHIR R4 allows, and what is broken is not."""

import json
from copy import deepcopy

import npm
import pytest
from jsonschema import Draft6Validator
from records import AUTHORED, read, response_on
from vignettes import EVERYONE, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.fhir.bundle import bundle
from questionnaire.fhir.codes import code_systems
from questionnaire.fhir.faults import operation_outcome
from questionnaire.fhir.questionnaire import questionnaire
from questionnaire.fhir.response import Circumstances

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def faults():
    """What the schema has against a resource."""
    try:
        path = npm.package(npm.R4_SCHEMA) / "fhir.schema.json"
    except npm.MissingPackageError as missing:
        pytest.skip(str(missing))
    schema = json.loads(path.read_text("utf-8"))

    def faults(resource):
        # The schema as a whole would tell of all its 148 types that the resource is none of them.
        of_type = {"$ref": f"#/definitions/{resource['resourceType']}"}
        validator = Draft6Validator(of_type | {"definitions": schema["definitions"]})
        return [error.message for error in validator.iter_errors(resource)]

    return faults


def within(resource):
    """A bundle without its entries, and each of them: one fault would be told of all types."""
    entries = resource.get("entry", [])
    yield {key: value for key, value in resource.items() if key != "entry"}
    yield from (entry["resource"] for entry in entries if "resource" in entry)


def test_the_questionnaire_and_its_codes_are_allowed(content, faults):
    for whole in (questionnaire(content), code_systems(content)):
        assert [fault for each in within(whole) for fault in faults(each)] == []


@pytest.mark.parametrize("who", EVERYONE)
def test_everybodys_bundle_is_allowed(content, faults, who):
    about = Circumstances(AUTHORED, {"subject": {"reference": "Patient/42"}})
    whole = bundle(case_of(content, answers_of(who, content)), b"%PDF-1.7", about, AUTHORED)
    assert [fault for each in within(whole) for fault in faults(each)] == []


def test_a_refusal_is_allowed(content, faults):
    outcome = operation_outcome(read(content, {"resourceType": "QuestionnaireResponse"}))
    assert faults(outcome) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("status",), "finished"),
        (("item", 1, "type"), "question"),
        (("item", 1, "linkId"), 5),
        (("item", 1, "item", 1, "enableBehavior"), "some"),
        (("colour",), "blue"),
    ],
)
def test_what_is_broken_is_not(content, faults, place, value):
    form = deepcopy(questionnaire(content))
    *way, last = place
    within = form
    for step in way:
        within = within[step]
    within[last] = value
    assert faults(form)


def test_a_response_without_a_status_is_not(content, baseline, faults):
    sent = response_on(content, baseline)
    assert faults(sent) == []
    assert faults({**sent, "item": [{"answer": "none"}]})
    assert faults({**sent, "status": "done"})
