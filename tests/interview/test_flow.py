"""The order of an interview: what applies, what counts, what is next."""

import pytest
from anyone import replies_to
from hypothesis import given, settings
from hypothesis import strategies as st
from parts import later

from questionnaire.content.content import read_content
from questionnaire.interview.flow import (
    SKIPPED,
    ended,
    facts,
    next_question,
    previous_question,
    progress,
    relevant,
    skipped,
    visible,
)

CONTENT = read_content()
QUESTIONS = CONTENT.questions


def ids(questions):
    return [question.id for question in questions]


@st.composite
def histories(draw):
    """Answers given in the order asked, with some of them changed again afterwards."""
    said = {}
    changes = draw(st.integers(0, 8))
    while question := next_question(QUESTIONS, said):
        said[question.id] = draw(replies_to(question))
        if changes and draw(st.booleans()):
            changes -= 1
            earlier = draw(st.sampled_from(relevant(QUESTIONS, said)))
            said[earlier.id] = draw(replies_to(earlier))
    return said


def a_fresh_run_over(said):
    """Only what is visible, given once and in order."""
    fresh = {}
    while question := next_question(QUESTIONS, fresh):
        fresh[question.id] = said[question.id]
    return fresh


@pytest.mark.parametrize("people", [40, *later(600)])
def test_a_changed_mind_leaves_no_answer_behind(people):
    @settings(max_examples=people, deadline=None)
    @given(histories())
    def holds(said):
        fresh = a_fresh_run_over(said)
        assert visible(QUESTIONS, fresh) == visible(QUESTIONS, said)
        assert skipped(QUESTIONS, fresh) == skipped(QUESTIONS, said)
        assert relevant(QUESTIONS, fresh) == relevant(QUESTIONS, said)
        assert CONTENT.conclude(facts(QUESTIONS, fresh)) == CONTENT.conclude(facts(QUESTIONS, said))

    holds()


@settings(max_examples=50, deadline=None)
@given(histories())
def test_going_back_from_the_end_passes_every_question_once(said):
    passed, question = [], None
    while question := previous_question(QUESTIONS, said, question):
        passed.append(question)
    assert tuple(reversed(passed)) == relevant(QUESTIONS, said)


@settings(max_examples=50, deadline=None)
@given(histories())
def test_the_progress_counts_up_and_never_past_its_end(said):
    numbers = [progress(QUESTIONS, said, each) for each in relevant(QUESTIONS, said)]
    assert [each.number for each in numbers] == list(range(1, len(numbers) + 1))
    assert all(each.number <= each.about for each in numbers)


def test_under_18_ends_the_questionnaire_there():
    said = {
        "country": "uk",
        "answered_by": "helper",
        "age_group": "under_18",
        "pain_types": ("back",),
    }
    assert ids(relevant(QUESTIONS, said)) == ["country", "answered_by", "age_group"]
    assert ended(QUESTIONS, said)
    assert next_question(QUESTIONS, said) is None


def test_no_pain_ends_the_questionnaire_there():
    said = {"answered_by": "self", "age_group": "50_or_over", "pain_types": ("no_pain",)}
    assert ids(relevant(QUESTIONS, said))[-1] == "pain_types"
    assert ended(QUESTIONS, said)


@pytest.mark.parametrize(
    ("pain", "asked"),
    [
        ("back", {"warning_nerves", "warning_back"}),
        ("leg_or_arm", {"warning_nerves", "warning_back"}),
        ("headache", {"warning_headache", "painkiller_days"}),
        ("neck", {"warning_neck"}),
        ("joints", {"warning_nerves", "warning_joints", "joint_diagnosis"}),
        ("period", {"warning_period"}),
        ("tummy", {"warning_nerves", "warning_tummy"}),
        ("chest", set()),
        ("face_or_eye", {"warning_face"}),
        ("all_over", {"warning_nerves"}),
        ("elsewhere", {"warning_nerves", "warning_tummy"}),
    ],
)
def test_each_kind_of_pain_brings_its_own_questions(pain, asked):
    everyone = set(ids(relevant(QUESTIONS, {})))
    assert set(ids(relevant(QUESTIONS, {"pain_types": (pain,)}))) - everyone == asked


def test_an_answer_left_in_a_branch_that_no_longer_applies_opens_nothing():
    """The treatments were taken back with the answer on them, and so is what they opened."""
    said = {"treatments_tried": ("medicines",), "treatments_result": "side_effects"}
    assert "treatments_result" in ids(relevant(QUESTIONS, said))
    said["treatments_tried"] = ("none",)
    assert "treatments_result" not in ids(relevant(QUESTIONS, said))
    assert "treatments_result" not in facts(QUESTIONS, said)


def test_a_skipped_question_is_not_asked_again_and_answers_nothing():
    said = {"goals": SKIPPED}
    assert "goals" not in visible(QUESTIONS, said)
    assert skipped(QUESTIONS, said) == ("goals",)


def test_free_text_is_no_fact_for_the_rules():
    said = {"notes": "chest_pain", "name": "anticoagulant"}
    assert visible(QUESTIONS, said) == said
    assert facts(QUESTIONS, said) == {}
