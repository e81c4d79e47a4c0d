"""A client that we did not write shows our Questionnaire, and its responses conclude as ours do."""

import lhcforms
import npm
import pytest
from casework import CASES, counting
from people import in_order
from records import faults_in_response, items_of, response_on, said_in_response
from vignettes import BRIEF, EVERYONE, LONGEST, PEOPLE, answers_of

from questionnaire.answers.file import answers_of as answers_file
from questionnaire.answers.file import read_answers
from questionnaire.conclusion.case import case_of
from questionnaire.fhir.questionnaire import questionnaire
from questionnaire.interview.flow import SKIPPED, relevant

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(bool(lhcforms.why_not()), reason=lhcforms.why_not()),
]

IN_THE_FORM = (*PEOPLE, *BRIEF, "other scripts", *LONGEST)
"""Twelve people, who between them are asked every question."""


@pytest.fixture(scope="module")
def renderer(browser):
    try:
        with lhcforms.renderer(browser) as started:
            yield started
    except npm.MissingPackageError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def form(content):
    return questionnaire(content)


def questions_in(content, links):
    return [question.id for question in content.questions if question.id in links]


def in_file_order(content, said):
    """The same with the options of each list in their order, as every file is read."""
    return read_answers(answers_file(content, said), content).said


def filled_in(renderer, content, said):
    """Answer as somebody does who says this, question by question, and give the response."""
    for question, answer in in_order(content.questions, said):
        if answer is not SKIPPED:
            renderer.fill(question, answer)
    return renderer.response()


def test_twelve_people_are_asked_every_question(content):
    assert len(IN_THE_FORM) == 12
    asked = {
        question.id
        for who in IN_THE_FORM
        for question in relevant(content.questions, answers_of(who, content))
    }
    assert asked == {question.id for question in content.questions}


@pytest.mark.parametrize("who", IN_THE_FORM)
def test_a_person_who_fills_it_in_is_asked_the_same_and_told_the_same(renderer, content, form, who):
    said = answers_of(who, content)
    renderer.show(form)
    sent = filled_in(renderer, content, said)
    asked = relevant(content.questions, said)
    assert questions_in(content, renderer.shown()) == [question.id for question in asked]
    taken = said_in_response(content, sent)
    assert taken == in_file_order(content, said)
    assert case_of(content, taken).conclusion == case_of(content, said).conclusion


def test_an_alarm_is_shown_as_soon_as_a_sign_is_ticked(renderer, content, form):
    renderer.show(form)
    assert "warning_any.alarm" not in renderer.shown()
    renderer.fill(content.question("warning_any"), ("chest_pain",))
    assert "warning_any.alarm" in renderer.shown()


def test_a_changed_mind_leaves_no_answer_behind(renderer, content, form):
    renderer.show(form)
    renderer.fill(content.question("pain_types"), ("joints",))
    renderer.fill(content.question("joint_diagnosis"), "osteoarthritis")
    renderer.fill(content.question("pain_types"), ("joints", "back"))  # unticks, and ticks another
    assert "joint_diagnosis" not in renderer.shown()
    assert "joint_diagnosis" not in {item["linkId"] for item in items_of(renderer.response())}


def test_what_it_calls_completed_with_nothing_in_it_is_refused(renderer, content, form):
    renderer.show(form)
    sent = renderer.response()
    assert sent["status"] == "completed"
    assert any("age_group: is missing" in each for each in faults_in_response(content, sent))


def test_the_option_that_stands_alone_can_be_ticked_beside_another_there_and_is_refused(
    renderer, content, form
):
    """It does not know optionExclusive; docs/fhir.md says so."""
    renderer.show(form)
    said = answers_of("plain", content)
    sent = filled_in(renderer, content, said | {"warning_any": ("chest_pain", "none")})
    faults = faults_in_response(content, sent)
    assert any("warning_any: 'none' cannot stand beside" in each for each in faults)


def test_others_come_through_its_functions_unchanged(renderer, content, form):
    """The other people, and a third of the cases: for all of them it takes a minute."""
    people = {who: answers_of(who, content) for who in EVERYONE if who not in IN_THE_FORM}
    cases = [*CASES.items()][::3]
    people |= {case: counting(content.questions, given) for case, (given, _) in cases}
    assert len(people) > 40
    sent = [response_on(content, said) for said in people.values()]
    for (who, said), back in zip(people.items(), renderer.through(form, sent), strict=True):
        assert said_in_response(content, back) == in_file_order(content, said), who
