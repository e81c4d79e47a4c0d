"""The gaps that SAFETY.md admits to.  When one of these fails, it was mended: say so there."""

import pytest

from questionnaire.content.content import ROOT
from questionnaire.interview.flow import facts, relevant

SAFETY = " ".join((ROOT / "SAFETY.md").read_text("utf-8").split())


@pytest.fixture
def outcome(content, baseline):
    """What follows for the baseline person, after these changes."""
    return lambda **changes: content.conclude(facts(content.questions, baseline | changes)).outcome


@pytest.fixture
def asked(content, baseline):
    """The questions that the baseline person is asked, after these changes."""
    return lambda **changes: {
        question.id for question in relevant(content.questions, baseline | changes)
    }


@pytest.mark.parametrize("pregnancy", ["no", "does_not_apply"])
def test_gap_whoever_says_no_is_asked_of_no_sign_of_pregnancy(asked, pregnancy):
    assert "warning_pregnancy" not in asked(pregnancy=pregnancy)
    assert "Whoever answers “no” or “does not apply”" in SAFETY


def test_gap_a_birth_of_more_than_eight_weeks_ago_is_asked_of_nobody(content):
    births = [each.label for each in content.question("pregnancy").options if "birth" in each.label]
    assert births == ["I gave birth in the last 8 weeks"]
    assert "more than 8 weeks after a birth" in SAFETY


def test_gap_an_eye_is_asked_about_with_pain_in_the_face_or_a_headache_only(content, asked):
    lists = {"warning_face", "warning_headache"}
    for option in content.question("pain_types").options:
        if option.id not in {"face_or_eye", "headache", "no_pain"}:
            assert not lists & asked(pain_types=(option.id,))
    assert "A red, painful eye" in SAFETY


def test_gap_not_being_sure_of_a_sign_is_for_today_where_the_sign_is_an_emergency(outcome):
    assert outcome(warning_any=("chest_pain",)) == "emergency"
    assert outcome(warning_any=("unsure",)) == "today"
    assert outcome(warning_any=("chest_pain", "unsure")) == "emergency"
    assert "instead of a sign that they have" in SAFETY


def test_gap_not_being_sure_of_a_condition_is_milder_than_having_it(outcome):
    assert outcome(health_conditions=("bleeding_disorder",)) == "doctor_first"
    assert outcome(health_conditions=("unsure",)) == "discuss_with_cautions"
    assert "instead of a condition or a medicine that they have" in SAFETY


def test_gap_answers_that_weigh_more_together_have_no_mark_on_the_paper_form(content):
    together = [
        rule
        for rule in content.rulebook.rules
        if rule.level in {"emergency", "today"}
        and any(len(row) > 1 for row in rule.when.alternatives)
    ]
    assert len(together) == 14
    assert "14 signs that weigh more together" in SAFETY


def test_what_safety_says_of_the_sources_is_so(content):
    rules = content.rulebook.rules
    memory = sum(set(rule.source) == {"MEM"} for rule in rules)
    partly = sum("MEM" in rule.source for rule in rules)
    assert f"{memory} of the {len(rules)} rules rest on memory alone" in SAFETY
    assert f"{partly} rest on it at least in part" in SAFETY
