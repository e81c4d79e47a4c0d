"""One conversation over the pages is the conversation of the house, however one wanders."""

import random

import pytest
from anyone import replies_to, whole_people
from hypothesis import given, settings
from hypothesis import strategies as st
from vignettes import BRIEF, EVERYONE, answers_of, baseline
from visitors import Visitor, an_emergency

from questionnaire.answers.file import answers_of as file_of
from questionnaire.answers.file import read_answers
from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.result import to_json
from questionnaire.interview.flow import SKIPPED, relevant
from questionnaire.report.settings import today

STOPPED = [who for who in EVERYONE if "stopped" in who or who in BRIEF]
WHOLE = [who for who in EVERYONE if who not in STOPPED]


def concluded(content, said):
    """The result for programs, as the command line prints it of answers given today."""
    return to_json(case_of(content, said, today()))


@pytest.mark.parametrize("who", WHOLE)
def test_forms_alone_lead_everybody_to_the_result_of_the_command_line(who, pages, content):
    person = Visitor(pages)
    answers = answers_of(who, content)
    page = person.answers_all(content, answers)
    assert page.outcome == case_of(content, answers).conclusion.outcome
    said = read_answers(file_of(content, answers), content).said
    assert person.get("/result.json").body == concluded(content, said)
    assert person.get("/answers.json").body == file_of(content, said, today())


@pytest.mark.parametrize("who", STOPPED)
def test_who_stops_early_gets_the_result_of_what_was_said(who, pages, content):
    person = Visitor(pages)
    answers = answers_of(who, content)
    person.brings(file_of(content, answers, today()))
    if person.response.path == "/emergency":
        person.sends("stop")
    page = person.finishes()
    assert page.outcome == case_of(content, answers).conclusion.outcome
    assert person.get("/result.json").body == concluded(content, answers)


STEPS = ["say", "say", "say", "say", "back", "again", "old", "blank"]


def wander(person, content, draw, steps):
    """Answer, pass over, go back, change, look again and send old forms; what was said so far."""
    said, old = {}, []
    person.begins()
    for _ in range(steps):
        match person.response.path:
            case "/emergency":
                person.sends(draw(st.sampled_from(["go_on", "go_on", "change"])))
            case "/review":
                rows = [each[1] for each in person.form().buttons if each[0] == "change"]
                person.sends("change", draw(st.sampled_from(rows)))
            case "/":
                person.begins()
            case _:
                old.append(person.page)
                at_a_question(person, content, draw, said, old)
    return said


def at_a_question(person, content, draw, said, old):
    match draw(st.sampled_from(STEPS)):
        case "say":
            say(person, content, draw, said)
        case "back":
            person.sends("back")
        case "again":
            person.get(person.response.path)
        case "blank":
            asked = person.asked()
            person.sends("next", **{asked: []})
            if content.question(asked).kind == "text":
                said[asked] = SKIPPED
        case "old":
            person.page = draw(st.sampled_from(old))
            say(person, content, draw, said)


def say(person, content, draw, said):
    """Answer the question of the form; it counts if it is asked of somebody who said all that."""
    question = content.question(person.asked())
    answer = draw(replies_to(question))
    applies = question in relevant(content.questions, said)
    person.says(answer)
    if applies:
        said[question.id] = (
            answer.strip() if question.kind == "text" and answer is not SKIPPED else answer
        )


@given(data=st.data())
@settings(max_examples=4, deadline=None)
def test_however_one_wanders_the_result_is_that_of_a_fresh_run(data, pages, content):
    wanders(data, pages, content, 30)


@pytest.mark.exhaustive
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_however_one_wanders_for_long_the_result_is_that_of_a_fresh_run(data, pages, content):
    wanders(data, pages, content, 50)


def wanders(data, pages, content, steps):
    person = Visitor(pages)
    said = wander(person, content, data.draw, steps)
    for _ in range(200):
        match person.response.path:
            case "/emergency" | "/review":
                person.sends("go_on")
            case "/":
                person.begins()
            case "/result":
                break
            case _:
                say(person, content, data.draw, said)
    fresh = Visitor(pages)
    fresh.answers_all(content, {key: each for key, each in said.items() if each is not SKIPPED})
    assert person.get("/result.json").body == fresh.get("/result.json").body
    assert person.get("/answers.json").body == fresh.get("/answers.json").body


def test_a_form_sent_twice_is_one_answer(visitor, content):
    visitor.begins()
    first = visitor.page
    visitor.says(baseline()[visitor.asked()])
    after = visitor.response.path
    visitor.page = first
    visitor.says(baseline()[visitor.asked()])
    assert visitor.response.path == after == "/question/2"


def test_a_stale_form_is_never_an_answer_to_another_question(visitor, content):
    answers = baseline() | {"pain_types": ("joints",)}
    visitor.begins()
    numbers = {}
    while visitor.asked() != "joint_diagnosis":
        numbers[visitor.asked()] = len(numbers) + 1
        visitor.says(answers[visitor.asked()])
    stale = visitor.page
    visitor.says("osteoarthritis")
    visitor.get(f"/question/{numbers['pain_types']}")
    visitor.says(("back",))  # from now on nobody is asked for a diagnosis
    here = visitor.response.path, visitor.asked()
    visitor.page = stale
    visitor.says("inflammatory")
    assert (visitor.response.path, visitor.asked()) == here
    reviewed(visitor, answers)
    assert "joint_diagnosis" not in {value for _, value in visitor.form().buttons}


def reviewed(visitor, answers):
    while visitor.response.path != "/review":
        visitor.says(answers.get(visitor.asked(), SKIPPED))
    return visitor.page


def test_an_old_review_confirms_nothing_that_it_has_not_shown(visitor, content):
    visitor.begins()
    old = reviewed(visitor, baseline())
    visitor.sends("change", "pain_average")
    visitor.says(9)
    visitor.page = old
    assert visitor.sends("go_on").title.startswith("Your answers")
    assert visitor.sends("go_on").outcome


def test_an_emergency_comes_before_the_next_question_and_stays_until_it_is_acted_on(
    visitor, content
):
    sign, answers = an_emergency(content)
    visitor.begins()
    while visitor.asked() != sign:
        visitor.says(answers[visitor.asked()])
    old = visitor.page
    visitor.says(answers[sign])
    alarm = visitor.page
    assert visitor.response.path == "/emergency"
    assert any(link.startswith("tel:") for link in alarm.links)
    number = int(old.response.path.rpartition("/")[2])
    visitor.get(f"/question/{number + 1}")
    assert visitor.response.path == "/emergency"
    visitor.get(f"/question/{number}")  # Back in the browser: the answer, and the way to help
    assert "/emergency" in visitor.page.links
    visitor.page = alarm
    visitor.sends("go_on")
    assert visitor.response.path == f"/question/{number + 1}"
    visitor.page = alarm
    visitor.sends("go_on")  # twice does no more than once
    assert visitor.response.path == f"/question/{number + 1}"


def test_who_stopped_may_go_on_after_all(visitor, content):
    sign, answers = an_emergency(content)
    visitor.begins()
    while visitor.asked() != sign:
        visitor.says(answers[visitor.asked()])
    visitor.says(answers[sign])
    assert visitor.sends("stop").outcome == "emergency"
    assert "/review" in visitor.page.links
    visitor.get("/review")  # not all is said yet, and the alarm is not acted on
    assert visitor.response.path == "/emergency"
    visitor.sends("go_on")
    assert visitor.asked() not in {sign, ""}


def test_what_is_wrong_is_told_and_what_was_chosen_is_kept(visitor, content):
    visitor.begins()
    while content.question(visitor.asked()).kind != "many":
        visitor.says(baseline()[visitor.asked()])
    question = content.question(visitor.asked())
    (alone,) = (each.id for each in question.options if each.exclusive)
    other = question.options[0].id
    page = visitor.sends("next", **{question.id: [other, alone]})
    assert page.title.startswith("Error: ")
    assert f"#{question.id}" in page.links
    assert set(visitor.form().fields[question.id].given) == {other, alone}
    assert visitor.get(visitor.response.path).title.startswith("Error: ")


def test_a_page_that_is_looked_at_changes_nothing(visitor, content):
    visitor.begins()
    for _ in range(6):
        visitor.says(baseline()[visitor.asked()])
    place, rng = visitor.application.place, random.Random(1)  # noqa: S311  the same each time
    key = next(iter(visitor.cookies.values())).split(".")[0]
    before = place.visits.read(key)
    paths = [f"/question/{number}" for number in range(40)]
    paths += ["/", "/review", "/result", "/report", "/emergency", "/leave", "/bring"]
    for path in rng.sample(paths, len(paths)):
        visitor.get(path)
    assert place.visits.read(key) == before


def test_after_the_end_going_back_and_changing_leads_to_another_result(visitor, content):
    visitor.answers_all(content, baseline())
    sign, answers = an_emergency(content)
    page = visitor.get("/review")
    visitor.sends("change", sign)
    visitor.says(answers[sign])
    assert visitor.response.path == "/emergency"
    visitor.sends("stop")
    assert visitor.page.outcome == "emergency"
    assert page.h1 == ["Your answers"]


@pytest.mark.exhaustive
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_anybody_over_the_pages_gets_the_result_of_the_command_line(data, pages, content):
    answers = data.draw(whole_people(content))
    answers = {key: each for key, each in answers.items() if each is not SKIPPED}
    person = Visitor(pages)
    person.answers_all(content, answers)
    assert person.get("/result.json").body == concluded(content, answers)
