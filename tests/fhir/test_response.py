"""Answers go out as a QuestionnaireResponse and come back the same, whoever gave them."""

import json

import pytest
from anyone import whole_people
from hypothesis import given, settings
from hypothesis import strategies as st
from records import AUTHORED, item_of, items_of, read, response_on, said_in_response
from standard import broken_response, misplaced, unanswered
from vignettes import EVERYONE, answers_of

from questionnaire.answers.file import answers_of as answers_file
from questionnaire.answers.file import read_answers, write_answers
from questionnaire.conclusion.case import case_of
from questionnaire.fhir.models import troubles
from questionnaire.fhir.questionnaire import questionnaire
from questionnaire.fhir.reading import Answers
from questionnaire.fhir.response import Circumstances, response
from questionnaire.interview.flow import SKIPPED

ABOUT = Circumstances(
    "2026-11-25T10:30:00+01:00",
    {"identifier": {"value": "17"}, "subject": {"reference": "Patient/42", "display": "Ann"}},
)


def check_round_trip(content, form, said):
    case = case_of(content, read_answers(answers_file(content, said), content).said)
    sent = response(case, ABOUT)
    assert [*troubles(sent)] == []
    assert broken_response(sent) == set()
    assert misplaced(sent, form) == []
    if sent["status"] == "completed":
        assert unanswered(sent, form) == []
    taken = read(content, sent)
    assert isinstance(taken, Answers)
    again = case_of(content, taken.sheet.said)
    assert write_answers(content, again.record) == write_answers(content, case.record)
    assert again.conclusion == case.conclusion
    assert response(again, taken.circumstances) == sent


@pytest.fixture(scope="module")
def form(content):
    return questionnaire(content)


@pytest.mark.parametrize("who", EVERYONE)
def test_answers_come_back_as_they_went_out(content, form, who):
    check_round_trip(content, form, answers_of(who, content))


@settings(max_examples=12, deadline=None)
@given(drawn=st.data())
def test_anybodys_answers_come_back_as_they_went_out(content, form, drawn):
    check_round_trip(content, form, drawn.draw(whole_people(content)))


@pytest.mark.exhaustive
@settings(max_examples=300, deadline=None)
@given(drawn=st.data())
def test_very_many_peoples_answers_come_back_as_they_went_out(content, form, drawn):
    check_round_trip(content, form, drawn.draw(whole_people(content)))


def test_it_names_the_questionnaire_its_version_and_when_it_was_answered(content, baseline):
    sent = response_on(content, baseline)
    assert sent["questionnaire"].endswith(f"/Questionnaire/acuscreen|{content.version}")
    assert sent["authored"] == AUTHORED


def test_where_nobody_knows_when_nothing_is_made_up(content, baseline):
    assert "authored" not in response(case_of(content, baseline), Circumstances())


def test_what_somebody_would_rather_not_say_is_told_as_that(content, baseline):
    sent = response_on(content, baseline | {"goals": SKIPPED})
    item = item_of(sent, "goals")
    assert item["extension"][0]["valueCode"] == "asked-declined"
    assert "answer" not in item
    assert said_in_response(content, sent)["goals"] is SKIPPED


def test_an_answer_that_no_longer_counts_does_not_go_out(content, baseline):
    sent = response_on(content, baseline | {"joint_diagnosis": "osteoarthritis"})
    assert "joint_diagnosis" not in {item["linkId"] for item in items_of(sent)}


def test_an_interview_left_at_an_emergency_is_stopped_and_one_that_ended_is_completed(content):
    assert response_on(content, answers_of("stopped", content))["status"] == "stopped"
    assert response_on(content, answers_of("under 18", content))["status"] == "completed"
    assert response_on(content, answers_of("typical", content))["status"] == "completed"


def test_the_words_that_were_read_go_with_the_codes(content, baseline):
    (answer,) = item_of(response_on(content, baseline), "age_group")["answer"]
    label = content.question("age_group").option(baseline["age_group"]).label
    assert answer["valueCoding"]["display"] == label


def test_what_points_into_another_response_is_not_taken_along(content, baseline):
    sent = response_on(content, baseline) | {
        "contained": [{"resourceType": "Patient", "id": "p"}],
        "subject": {"reference": "#p"},
        "author": {"reference": "Practitioner/7"},
    }
    assert read(content, sent).circumstances.kept == {"author": {"reference": "Practitioner/7"}}


def test_marks_and_lines_in_own_words_stay(content, baseline):
    words = "Is it\u00a0safe?\nReally \u2028 \N{GRINNING FACE} \u202eabc"
    sent = json.loads(json.dumps(response_on(content, baseline | {"notes": words})))
    assert said_in_response(content, sent)["notes"] == words
