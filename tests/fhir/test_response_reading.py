"""A QuestionnaireResponse as other programs make them: taken for what it says, or refused."""

import json
from copy import deepcopy

import pytest
from records import faults_in_response, item_of, items_of, read, response_on, said_in_response
from vignettes import answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.fhir.faults import operation_outcome
from questionnaire.fhir.models import checked
from questionnaire.fhir.names import form_url, system_of
from questionnaire.fhir.reading import read_response
from questionnaire.interview.flow import SKIPPED


@pytest.fixture
def sent(content, baseline):
    """The response of somebody who is well but for her back, and has a question."""
    return deepcopy(response_on(content, baseline | {"notes": "What does it cost?"}))


def conclusion_of(content, resource):
    return case_of(content, said_in_response(content, resource)).conclusion


def coding_of(content, question_id, code):
    return {"valueCoding": {"system": system_of(content.question(question_id)), "code": code}}


def answer(content, resource, question_id, *codes):
    item_of(resource, question_id)["answer"] = [
        coding_of(content, question_id, code) for code in codes
    ]


def only(content, resource, place):
    """The one fault, which begins with its linkId."""
    (fault,) = faults_in_response(content, resource)
    assert fault.startswith(f"{place}: "), fault
    return fault


# What other programs leave in or out, and means the same.


def test_answers_to_items_that_are_not_enabled_count_for_nothing(content, baseline, sent):
    before = conclusion_of(content, sent)
    sent["item"][1]["item"] += [
        {
            "linkId": "warning_headache",
            "answer": [coding_of(content, "warning_headache", "sudden_worst")],
        },
        {
            "linkId": "joint_diagnosis",
            "answer": [coding_of(content, "joint_diagnosis", "osteoarthritis")],
        },
    ]
    assert conclusion_of(content, sent) == before


def test_answers_behind_the_end_of_the_questionnaire_count_for_nothing(content, sent):
    answer(content, sent, "age_group", "under_18")
    assert conclusion_of(content, sent).outcome == "not_for_this_tool"


def test_items_without_their_groups_say_the_same(content, sent):
    before = said_in_response(content, sent)
    sent["item"] = [item for item in items_of(sent) if "item" not in item]
    assert said_in_response(content, sent) == before


def test_items_in_another_order_or_group_say_the_same(content, sent):
    before = said_in_response(content, sent)
    sent["item"][0]["item"], sent["item"][1]["item"] = (
        sent["item"][1]["item"][::-1],
        sent["item"][0]["item"],
    )
    sent["item"].reverse()
    assert said_in_response(content, sent) == before


def test_items_within_an_answer_are_seen_and_so_are_displays(content, sent):
    before = said_in_response(content, sent)
    age = next(each for each in sent["item"][0]["item"] if each["linkId"] == "age_group")
    sent["item"][0]["item"].remove(age)
    first = sent["item"][0]["item"][0]
    first["answer"][0]["item"] = [age, {"linkId": "age_group.help", "text": "From here on"}]
    assert said_in_response(content, sent) == before


def test_items_without_an_answer_are_not_answered(content, sent):
    before = said_in_response(content, sent)
    sent["item"][1]["item"].append({"linkId": "joint_diagnosis"})
    sent["item"][1]["item"].append({"linkId": "painkiller_days", "answer": []})
    assert said_in_response(content, sent) == before


def test_an_optional_question_left_out_was_skipped(content, sent):
    for each in sent["item"]:
        each["item"] = [item for item in each["item"] if item["linkId"] != "notes"]
    assert said_in_response(content, sent)["notes"] is SKIPPED


def test_texts_displays_and_what_a_program_adds_for_itself_do_not_matter(content, sent):
    before = said_in_response(content, sent)
    sent["meta"] = {"tag": [{"code": "lformsVersion: 40.1.3"}]}
    sent["id"] = "17"
    for item in items_of(sent):
        item.pop("text", None)
        item["id"] = "a"
        for each in item.get("answer", ()):
            if "valueCoding" in each:
                each["valueCoding"].pop("display")
    assert said_in_response(content, sent) == before


def test_an_amended_response_is_taken(content, sent):
    assert said_in_response(content, sent | {"status": "amended"})


def test_a_questionnaire_without_its_version_is_the_one_of_today(content, sent):
    assert said_in_response(content, sent | {"questionnaire": form_url()})


# What cannot be meant, or is not done.


@pytest.mark.parametrize("question", ["warning_any", "warning_back", "health_conditions"])
def test_none_of_these_beside_another_answer_is_refused(content, sent, question):
    sign = content.question(question).options[0].id
    answer(content, sent, question, sign, "none")
    assert "cannot stand beside another" in only(content, sent, question)


def test_completed_with_nothing_in_it_names_every_open_question(content, sent):
    del sent["item"]
    told = "\n".join(faults_in_response(content, sent))
    for question in content.questions:
        must = not question.optional and question.when.holds({})
        assert (f"{question.id}: is missing and must be answered" in told) == must


def test_completed_with_an_answer_missing_is_refused(content, sent):
    item_of(sent, "warning_any")["answer"] = []
    assert "is missing and must be answered" in only(content, sent, "warning_any")


def test_stopped_counts_only_where_nothing_more_is_needed(content, sent):
    stopped = response_on(content, answers_of("stopped", content))
    assert conclusion_of(content, stopped).outcome == "emergency"
    item_of(stopped, "warning_any")["answer"] = [coding_of(content, "warning_any", "none")]
    assert faults_in_response(content, stopped)


@pytest.mark.parametrize("status", ["in-progress", "entered-in-error", "finished", None, 3])
def test_what_nobody_is_done_with_is_refused(content, sent, status):
    assert "completed, amended, stopped" in "\n".join(
        faults_in_response(content, sent | {"status": status})
    )


def test_another_questionnaire_is_refused_and_so_is_none(content, sent):
    other = sent | {"questionnaire": "http://loinc.org/q/44249-1"}
    (fault,) = faults_in_response(content, other)
    assert f"{form_url()}|{content.version}" in fault
    del sent["questionnaire"]
    (fault,) = faults_in_response(content, sent)
    assert fault.startswith("questionnaire is missing")


WRONG = [
    ("age_group", {"valueString": "50 or over"}, "valueCoding"),
    ("age_group", {"valueCoding": {"code": "50_or_over"}}, "system null"),
    ("age_group", {"valueCoding": {"system": "http://loinc.org", "code": "x"}}, "loinc.org"),
    ("age_group", {"valueCoding": {"display": "50 or over"}}, "without a code"),
    ("age_group", {}, "without a value"),
    ("pain_average", {"valueDecimal": 6.5}, "whole number from 0 to 10|valueInteger"),
    ("pain_average", {"valueInteger": 11}, "whole number from 0 to 10"),
    ("pain_average", {"valueInteger": True}, "whole number from 0 to 10"),
    ("pain_average", {"valueInteger": 6.5}, "whole number from 0 to 10"),
    ("pain_average", {"valueString": "6"}, "one valueInteger from 0 to 10"),
    ("notes", {"valueString": "x" * 501}, "at most 500"),
    ("notes", {"valueString": "\u0007"}, "control character"),
    ("notes", {"valueInteger": 5}, "one valueString"),
    ("pain_types", {"valueInteger": 5}, "a valueCoding"),
]


@pytest.mark.parametrize(("question", "value", "told"), WRONG)
def test_a_value_of_another_kind_is_refused_with_what_is_allowed(
    content, sent, question, value, told
):
    item = item_of(sent, question)
    item.pop("extension", None)
    item["answer"] = [value]
    fault = only(content, sent, question)
    assert any(each in fault for each in told.split("|")), fault


def test_a_code_of_another_question_is_refused(content, sent):
    """Both have an option "none", which means another thing in each."""
    item_of(sent, "warning_any")["answer"] = [coding_of(content, "sleep_trouble", "none")]
    fault = only(content, sent, "warning_any")
    assert system_of(content.question("warning_any")) in fault


def test_a_code_with_the_words_of_another_option_is_refused(content, sent):
    (coded,) = item_of(sent, "warning_any")["answer"]
    coded["valueCoding"]["display"] = content.question("warning_any").options[0].label
    assert "with the display of" in only(content, sent, "warning_any")


def test_two_answers_where_one_is_allowed_are_refused(content, sent):
    answer(content, sent, "age_group", "18_to_49", "50_or_over")
    assert "has 2 answers" in only(content, sent, "age_group")


def test_an_item_that_is_there_twice_is_refused(content, sent):
    sent["item"].append(deepcopy(item_of(sent, "warning_any")))
    assert "is there 2 times" in only(content, sent, "warning_any")


def test_a_question_that_is_none_here_is_refused_with_those_that_are(content, sent):
    sent["item"].append({"linkId": "colour", "answer": [{"valueString": "blue"}]})
    assert "age_group" in only(content, sent, "colour")


def test_an_answer_where_nothing_is_asked_is_refused(content, sent):
    sent["item"].append({"linkId": "opening", "answer": [{"valueBoolean": True}]})
    assert "asks nothing" in only(content, sent, "opening")


def test_an_answer_that_is_said_not_to_be_given_is_refused(content, sent):
    item = item_of(sent, "age_group")
    item["extension"] = [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "asked-declined",
        }
    ]
    assert "says that none was given" in only(content, sent, "age_group")


def test_a_refusal_to_answer_where_an_answer_is_needed_is_no_answer(content, sent):
    item = item_of(sent, "warning_any")
    del item["answer"]
    assert "is missing and must be answered" in only(content, sent, "warning_any")


@pytest.mark.parametrize("place", [(), ("item", 0), ("item", 0, "item", 0, "answer", 0)])
def test_what_may_change_the_meaning_of_the_rest_is_not_overlooked(content, sent, place):
    element = sent
    for step in place:
        element = element[step]
    element["modifierExtension"] = [{"url": "http://x.example/negated", "valueBoolean": True}]
    assert any(
        "may change what all of it means" in each for each in faults_in_response(content, sent)
    )


def test_every_fault_is_told_at_once_each_with_its_linkid(content, sent):
    item_of(sent, "age_group")["answer"] = [{"valueString": "old"}]
    item_of(sent, "warning_any")["answer"] = []
    sign = content.question("warning_back").options[0].id
    answer(content, sent, "warning_back", sign, "none")
    sent["item"].append({"linkId": "colour"})
    places = [each.partition(":")[0] for each in faults_in_response(content, sent | {"foo": 1})]
    assert sorted(places) == ["age_group", "colour", "foo", "warning_any", "warning_back"]


def test_faults_are_an_operation_outcome_that_leads_to_each(content, sent):
    item_of(sent, "age_group")["answer"] = [{"valueString": "old"}]
    at = sent["item"][0]["item"].index(item_of(sent, "age_group"))
    outcome = checked(operation_outcome(read(content, sent)))
    (issue,) = outcome["issue"]
    assert issue["severity"] == "error"
    assert issue["expression"] == [f"QuestionnaireResponse.item[0].item[{at}].answer[0]"]
    assert issue["diagnostics"].startswith("age_group: ")


@pytest.mark.parametrize("key", ["subject", "identifier", "source"])
def test_a_text_in_place_of_an_object_is_refused(content, sent, key):
    """The models would read it as JSON."""
    assert "no object" in only(content, sent | {key: '{"reference": "Patient/42"}'}, key)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'{"resourceType": "Bundle"}', "must be 'QuestionnaireResponse'"),
        (b'{"resourceType": ["QuestionnaireResponse"]}', "must be 'QuestionnaireResponse'"),
        (b'{"resourceType": "QuestionnaireResponse", "resourceType": 1}', "resourceType is 1"),
        (b"[]", "resourceType is null"),
        (b"\xff", "not UTF-8"),
        (b"{", "not JSON"),
    ],
)
def test_what_is_no_response_is_refused(content, raw, told):
    faults = read_response(raw, content)
    assert isinstance(faults, tuple)
    assert told in "\n".join(map(str, faults))


def test_a_name_that_is_there_twice_is_refused(content, sent):
    raw = json.dumps(sent).replace('"status"', '"status": "completed", "status"').encode()
    assert "'status' is there twice" in "\n".join(map(str, read_response(raw, content)))


def test_endless_nesting_is_refused(content, sent):
    inner = {}
    for _ in range(70):
        inner = {"linkId": "a", "item": [inner]}
    assert "nested" in "\n".join(faults_in_response(content, sent | {"item": [inner]}))
