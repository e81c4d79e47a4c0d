"""The conversation, on its two functions: what is shown, and what a reply changes."""

from dataclasses import replace

import pytest
from anyone import replies_to
from hypothesis import given, settings
from hypothesis import strategies as st
from parts import later

from questionnaire.content.content import read_content
from questionnaire.interview.alarm import Alarm
from questionnaire.interview.conversation import (
    Answered,
    Ask,
    Back,
    Change,
    Done,
    GoOn,
    Review,
    Skipped,
    State,
    Stop,
    reply,
    screen,
)
from questionnaire.interview.flow import NOT_ASKED, SKIPPED, record, relevant

CONTENT = read_content()
QUESTIONS = CONTENT.questions


def said_to(question_id, said):
    return Skipped(question_id) if said is SKIPPED else Answered(question_id, said)


def after(*replies, state=None):
    state = state or State()
    for each in replies:
        state = reply(CONTENT, state, each)
    return state


def shown(state):
    return screen(CONTENT, state)


def asked(state):
    now = shown(state)
    return now.question.id if isinstance(now, Ask) else type(now).__name__


@pytest.fixture
def person(baseline):
    return baseline | {"notes": SKIPPED, "name": SKIPPED}


def answers_of(person, until=None):
    """The replies of a person to what she is asked, in order, up to a question."""
    state = State()
    while (question := asked(state)) not in {"Review", until}:
        state = after(
            GoOn() if question == "Alarm" else said_to(question, person[question]), state=state
        )
    return state


def test_every_question_that_applies_is_asked_once_and_in_order(person):
    state, seen = State(), []
    while isinstance(now := shown(state), Ask):
        seen.append(now.question.id)
        state = after(said_to(seen[-1], person[seen[-1]]), state=state)
    assert seen == [each.id for each in relevant(QUESTIONS, state.said)]
    assert isinstance(now, Review)
    assert shown(after(GoOn(), state=state)) == Done(state.said)


def test_a_question_is_shown_with_its_place_and_the_answer_so_far(person):
    first = shown(State())
    assert (first.first, first.answer, first.faults) == (True, NOT_ASKED, ())
    assert (first.progress.number, first.may_skip) == (1, False)
    again = shown(after(Back(), state=answers_of(person, "pain_checked")))
    assert (again.question.id, again.answer, again.first) == (
        "pain_duration",
        "over_3_months",
        False,
    )


def test_going_back_twice_keeps_the_later_answers_that_still_apply(person):
    state = after(Back(), Back(), state=answers_of(person, "pain_change"))
    assert asked(state) == "pain_checked"
    state = after(Back(), state=state)
    assert asked(state) == "pain_duration"
    state = after(Answered("pain_duration", "under_6_weeks"), state=state)
    assert asked(state) == "pain_change"
    assert state.said["pain_checked"] == person["pain_checked"]


def test_back_at_the_first_question_stays_there():
    assert asked(after(Back(), Back())) == "country"


def test_back_from_the_review_leads_to_the_last_question(person):
    assert asked(after(Back(), state=answers_of(person))) == "name"


def test_an_answer_with_faults_changes_nothing_and_is_shown_again_with_them(person):
    state = answers_of(person, "pain_types")
    now = shown(after(Answered("pain_types", ("back", "no_pain")), state=state))
    assert now.answer == ("back", "no_pain")
    assert [fault.key for fault in now.faults] == ["exclusive"]
    again = after(Answered("pain_types", ("back", "no_pain")), state=state)
    assert again.said == state.said
    assert shown(after(Answered("pain_types", ("back",)), state=again)).faults == ()


def test_a_question_that_must_be_answered_cannot_be_passed_over(person):
    state = answers_of(person, "needles")
    assert [fault.key for fault in shown(after(Skipped("needles"), state=state)).faults] == [
        "must_answer"
    ]


def test_what_is_skipped_and_what_is_not_asked_are_two_things(person):
    said = dict(answers_of(person).said)
    rows = dict(shown(State(said)).rows)
    assert rows[CONTENT.question("notes")] is SKIPPED
    assert said.get("warning_headache", NOT_ASKED) is NOT_ASKED
    assert record(QUESTIONS, said).said["notes"] is SKIPPED
    assert "warning_headache" not in record(QUESTIONS, said).said


def test_any_answer_can_be_changed_at_the_review_and_opens_what_it_opens(person):
    state = after(Change("pain_types"), state=answers_of(person))
    assert asked(state) == "pain_types"
    state = after(Answered("pain_types", ("neck",)), state=state)
    assert asked(state) == "warning_neck"
    state = after(Answered("warning_neck", ("none",)), state=state)
    assert asked(state) == "Review"
    assert "warning_back" not in record(QUESTIONS, state.said).answers


def test_back_from_a_change_returns_to_the_review(person):
    assert asked(after(Change("needles"), Back(), state=answers_of(person))) == "Review"


def test_an_answer_to_a_question_that_does_not_apply_changes_nothing(person):
    state = answers_of(person, "pain_duration")
    assert after(Answered("warning_neck", ("none",)), state=state) == state
    assert after(Answered("no_such_question", "x"), Change("warning_neck"), state=state) == state


def test_an_old_page_answers_its_own_question_and_no_other(person):
    """Two tabs: the one that was left behind is sent when another question is due."""
    state = answers_of(person, "pain_change")
    late = after(Answered("age_group", "50_or_over"), state=state)
    assert late.said == {**state.said, "age_group": "50_or_over"}
    assert asked(late) == "pain_change"


def test_a_reply_sent_twice_is_said_once(person):
    state = answers_of(person, "pain_change")
    once = after(Answered("pain_change", "same_as_usual"), state=state)
    assert after(Answered("pain_change", "same_as_usual"), state=once) == once


def test_an_emergency_sign_is_acted_on_before_anything_more_is_asked(person):
    state = answers_of(person | {"warning_any": ("chest_pain",)}, "Alarm")
    alarm = shown(state)
    assert isinstance(alarm, Alarm)
    assert alarm.question == "warning_any"
    assert [each.id for each in alarm.countries] == [person["country"]]
    assert asked(after(GoOn(), state=state)) == "warning_nerves"
    assert asked(after(Change("warning_any"), state=state)) == "warning_any"
    assert shown(after(Stop(), state=state)) == Done(state.said)


def test_the_alarm_names_the_chosen_country_alone(person):
    state = State(countries=("nz",))
    state = after(*(Answered(each, person[each]) for each in list(person)[:4]), state=state)
    loud = answers_of(person | {"warning_any": ("chest_pain",)}, "Alarm").said
    alarm = shown(State(loud, signs=("warning_any",), countries=state.countries))
    assert [each.id for each in alarm.countries] == ["nz"]


def test_an_alarm_ends_when_its_answer_is_taken_back(person):
    state = answers_of(person | {"warning_any": ("chest_pain",)}, "Alarm")
    assert asked(after(Answered("warning_any", ("none",)), state=state)) == "warning_nerves"


def test_a_warning_sign_of_a_lower_tier_does_not_interrupt(person):
    state = answers_of(person | {"warning_any": ("night_pain", "fever_or_very_unwell")}, "Alarm")
    assert asked(state) == "Review"


def test_nothing_can_be_said_once_it_is_over(person):
    over = after(GoOn(), state=answers_of(person))
    assert after(Answered("needles", ("nervous",)), Back(), Change("needles"), state=over) == over


def test_a_draft_is_taken_up_at_the_first_open_question():
    said = {"country": "ie", "answered_by": "self", "age_group": "18_to_49"}
    assert asked(State(said)) == "pain_types"


def moves():
    """Anything that a person, an old page or a program may bring, fitting or not."""
    anywhere = st.sampled_from(QUESTIONS)
    ids = anywhere.map(lambda each: each.id)
    return st.one_of(
        anywhere.flatmap(lambda each: replies_to(each).map(lambda said: said_to(each.id, said))),
        anywhere.flatmap(
            lambda each: replies_to(each).map(lambda said: said_to(QUESTIONS[3].id, said))
        ),
        st.just(Back()),
        st.just(GoOn()),
        ids.map(Change),
        ids.map(Skipped),
    )


@st.composite
def wanderings(draw):
    """Where somebody may stand who answers what she is asked, and much else besides."""
    state = State()
    for restless in draw(st.lists(st.booleans(), min_size=10, max_size=45)):
        now = shown(state)
        if isinstance(now, Done):
            break
        if restless or not isinstance(now, Ask):
            state = after(draw(moves()), state=state)
        else:
            state = after(said_to(now.question.id, draw(replies_to(now.question))), state=state)
    return state


@st.composite
def whole_wanderings(draw):
    """The same, who then answers whatever is still open, and looks it all over."""
    state = replace(draw(wanderings()), over=False)
    return answered_out(state, lambda question: draw(replies_to(question)))


def answered_out(state, say):
    """What is asked and not said yet, said; up to the review."""
    while not isinstance(now := shown(state), Review | Done):
        going_on = GoOn() if isinstance(now, Alarm) else said_to(now.question.id, say(now.question))
        state = after(going_on, state=state)
    return state


@pytest.mark.parametrize("wanderings", [25, *later(500)])
def test_however_one_wanders_the_result_is_that_of_a_fresh_run_over_what_counts(wanderings):
    @settings(max_examples=wanderings, deadline=None)
    @given(whole_wanderings())
    def holds(state):
        ours = record(QUESTIONS, state.said)
        fresh = answered_out(State(), lambda question: ours.said[question.id])
        theirs = record(QUESTIONS, fresh.said)
        assert ours == theirs
        assert CONTENT.conclude(ours.facts) == CONTENT.conclude(theirs.facts)
        assert shown(state) == shown(fresh)

    holds()


@settings(max_examples=25, deadline=None)
@given(wanderings())
def test_what_no_longer_counts_shows_nowhere(state):
    counts = record(QUESTIONS, state.said).said
    assert shown(replace(state, said=counts)) == shown(state) or state.over


@settings(max_examples=25, deadline=None)
@given(wanderings(), moves())
def test_whatever_comes_only_answers_that_a_question_takes_are_kept(state, move):
    said = after(move, state=state).said
    for question in QUESTIONS:
        if question.id in said:
            again = after(said_to(question.id, said[question.id]), state=State(said))
            assert again.faults == ()
