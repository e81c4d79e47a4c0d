"""`acuscreen compare`: who gets another result from another content, with a patient for each."""

import json
from dataclasses import replace

import pytest

from questionnaire.check.compare import differences
from questionnaire.cli.main import main
from questionnaire.content.content import ROOT
from questionnaire.content.question import Option
from questionnaire.content.versions import RELEASED
from questionnaire.interview.flow import facts
from rules import Condition, OneOf


def with_rule(content, rule_id, **changed):
    rules = tuple(
        replace(rule, **changed) if rule.id == rule_id else rule for rule in content.rulebook.rules
    )
    return replace(content, rulebook=replace(content.rulebook, rules=rules))


def with_question(content, question_id, **changed):
    questions = tuple(
        replace(each, **changed) if each.id == question_id else each for each in content.questions
    )
    return replace(content, questions=questions)


def lines(old, new):
    return [difference.line for difference in differences(old, new)]


def test_a_content_does_not_differ_from_itself(content):
    assert lines(content, content) == []


def test_a_change_of_wording_alone_shows_nothing(content):
    said = with_rule(content, "diabetes", because="you are diabetic", advice="Tell them.")
    assert lines(content, with_question(said, "needles", ask="What of needles?")) == []


def test_another_level_shows_in_the_outcome_and_in_the_rule(content):
    assert lines(content, with_rule(content, "diabetes", level="doctor")) == [
        (
            "the outcome was 'discuss_with_cautions' and is 'doctor_first'. "
            "Shown by: body_conditions = diabetes."
        ),
        (
            "caution 'diabetes' (tell) is gone for some people. "
            "Shown by: body_conditions = diabetes."
        ),
        (
            "caution 'diabetes' (doctor) is new to some people. "
            "Shown by: body_conditions = diabetes."
        ),
    ]


def test_each_example_patient_gets_the_outcomes_that_are_claimed(content):
    other = with_rule(content, "chest_pain", level="today")
    for difference in differences(content, other):
        was, now = (
            each.conclude(facts(each.questions, said)).outcome
            for each, said in ((content, difference.before), (other, difference.after))
        )
        assert (was, now) == ("emergency", "today")


def test_a_wider_rule_is_shown_by_somebody_it_now_applies_to(content):
    when = Condition(((OneOf("pain_duration", ("over_3_months", "unsure")),),))
    assert lines(content, with_rule(content, "used_for_chronic_pain", when=when)) == [
        "benefit 'used_for_chronic_pain' is new to some people. Shown by: pain_duration = unsure."
    ]


def test_a_question_that_is_taken_out_is_shown_with_what_rested_on_it(content):
    questions = tuple(each for each in content.questions if each.id != "painkiller_days")
    told = lines(content, replace(content, questions=questions))
    gone = "question 'painkiller_days' is gone for some people. Shown by: pain_types = headache"
    assert any(line.startswith(gone) for line in told)
    assert any("doctor_first 'painkillers_15_or_more' is gone" in line for line in told)


def test_an_answer_that_may_now_stand_beside_others_is_shown(content):
    options = tuple(
        replace(option, exclusive=False) for option in content.question("sleep_trouble").options
    )
    assert "question 'sleep_trouble' takes other answers." in lines(
        content, with_question(content, "sleep_trouble", options=options)
    )


def test_whoever_gives_a_new_answer_is_compared_as_well(content):
    needles = content.question("needles")
    other = with_question(
        content, "needles", options=(*needles.options, Option("phobia", "I cannot bear them"))
    )
    when = Condition(((OneOf("needles", ("strong_fear", "phobia")),),))
    told = lines(content, with_rule(other, "needles_strong_fear", when=when))
    assert told[0] == "question 'needles' takes other answers."
    assert any(
        line.startswith("caution 'needles_strong_fear' (tell) is new") and "phobia" in line
        for line in told
    )


def test_a_released_version_is_compared_by_its_name(capsys):
    assert main(["compare", "2026.1", str(RELEASED / "2026.1")]) == 0
    assert capsys.readouterr().out == "Everyone gets the same from both.\n"


def test_an_unknown_version_is_refused_with_the_known_ones(capsys):
    assert main(["compare", "1999.1", str(ROOT)]) == 2
    told = capsys.readouterr().err
    assert "1999.1: is no folder" in told
    assert "released: 2026.1" in told


def test_the_command_ends_with_0_when_all_is_the_same(capsys):
    assert main(["compare", str(ROOT), str(ROOT)]) == 0
    assert capsys.readouterr().out == "Everyone gets the same from both.\n"
    assert main(["compare", "--json", str(ROOT), str(ROOT)]) == 0
    assert json.loads(capsys.readouterr().out)["differences"] == []


@pytest.mark.parametrize("missing", ["old", "new"])
def test_a_folder_without_content_ends_the_command_with_2(tmp_path, missing):
    folders = {"old": str(ROOT), "new": str(ROOT)} | {missing: str(tmp_path)}
    assert main(["compare", *folders.values()]) == 2
