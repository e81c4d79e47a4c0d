"""Why, and why not, in words: what a person reads, and what the practitioner's page says."""

from datetime import date

import pytest

from questionnaire.check.edition import read_edition
from questionnaire.check.readability import HIGHEST_GRADE, grade
from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.explain import explain
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.html import TEMPLATES, _environment, explained
from questionnaire.report.report import compose

TODAY = date(2026, 11, 22)


@pytest.fixture
def text(content, baseline):
    def text(rule_id="", **changes):
        return explained(explain(case_of(content, baseline | changes), rule_id), 78)

    return text


def flat(text):
    return " ".join(text.split())


def test_a_finding_is_told_with_the_answer_in_the_words_chosen_and_its_source(content, text):
    short = content.question("current_medicines").short
    told = flat(text(current_medicines=("anticoagulant",)))
    assert (
        "- You take a medicine that thins the blood. (rule anticoagulant) "
        f"You said: {short}: A blood thinner, such as" in told
    )
    assert "Behind it: The NHS page says to talk to a GP first." in told
    assert "1. NHS Choices." in told


def test_a_benefit_is_told_with_the_passage_of_the_article(text):
    told = flat(text(sleep_quality=2))
    assert "You said: Sleep, past week: 2 of 10" in told
    assert "Behind it: the passage “Improved Sleep”." in told


def test_a_benefit_that_did_not_come_up_is_told_with_what_would_bring_it_up(content, text):
    pain, signs = (content.question(each).short for each in ("pain_types", "warning_neck"))
    told = flat(text())
    assert (
        f"- Neck pain (rule used_for_neck_pain) You said: {pain}: Back pain "
        f"It would come up with these 2 changes: - {pain}: also “Neck pain” "
        f"- {signs}: “None of these” (asked only then)" in told
    )
    assert "- Sleep, past week: “3”, not “6”" in told
    assert "it is no reason to answer otherwise" in told


def test_one_thing_that_decides_is_told_with_what_follows_without_it(text):
    told = flat(text(needles=("nervous",), pain_checked="no"))
    assert (
        "The outcome: See a doctor first One thing decides it: - You have not had this pain "
        "looked into, or are not sure. (rule pain_not_checked) Without this it would be: Talk it "
        "over, and share these points first - You feel nervous about needles. (rule "
        "needles_nervous) Without all of these too it would be: Talk it over with" in told
    )


def test_several_that_decide_are_told_as_several(text):
    told = flat(text(needles=("nervous",), metal_allergy="yes"))
    assert "2 things decide it, and each alone would be enough:" in told
    assert "Without all of these it would be: Talk it over with a practitioner" in told


def test_where_nothing_decides_we_say_so(text):
    assert "No warning sign was ticked" in text()
    assert "decide" not in text()


def test_where_help_comes_first_we_say_so(text):
    told = flat(text(warning_any=("chest_pain",)))
    assert "Left out for now, as help comes first - Your pain has lasted" in told
    assert "It would come up with this change, and still be left out, as help comes first" in told
    assert "What speaks for acupuncture" not in told


def test_a_caution_is_never_left_out(text):
    told = flat(text("diabetes", warning_any=("chest_pain",)))
    assert "It would come up with this change: - Other conditions: “Diabetes”" in told


def test_a_child_is_not_told_twelve_times_what_to_say_instead(text):
    told = text(age_group="under_18")
    assert "not known, as the questions stopped early" in flat(told)
    assert "It would come up" not in told
    assert "- Better sleep (rule improved_sleep)" in told
    assert "18 to 49" in text("improved_sleep", age_group="under_18")


def test_one_rule_is_told_alone(text):
    told = text("improved_sleep")
    assert "Better sleep" in told
    assert "the passage “Improved Sleep”" in told
    assert "drug_free" not in told
    assert "The outcome" not in told


def test_no_line_is_longer_than_its_words_demand(text):
    lines = text(current_medicines=("anticoagulant",), sleep_quality=1).splitlines()
    assert all(len(line) <= 78 or " " not in line.strip() for line in lines)


def test_the_words_around_it_are_read_at_grade_six(text):
    told = text(warning_any=("chest_pain",), needles=("nervous",))
    own = [line for line in told.splitlines() if not line.startswith((" ", "-"))]
    words = " ".join(f"{line.rstrip(':.')}." for line in own[: own.index("References")])
    assert grade(words, read_edition().exceptions.names) <= HIGHEST_GRADE


@pytest.fixture
def part(content, baseline):
    """The part of the practitioner's page."""

    def part(**changes):
        report = compose(case_of(content, baseline | changes), today=TODAY)
        template = _environment(TEMPLATES).get_template("parts/not_mentioned.html")
        return flat(template.render(report=report))

    return part


def test_the_practitioner_reads_why_a_named_benefit_is_not_mentioned(part):
    told = part(medicine_problems=("wants_fewer",))
    assert "relief without medicines" not in told
    assert "<b>better sleep</b> (“No trouble with sleep”; Sleep, past week: 6 of 10)" in told
    assert "Hopes: not said" in part(goals=SKIPPED)


def test_the_practitioner_reads_nothing_where_all_four_are_mentioned(part):
    all_four = {
        "medicine_problems": ("wants_fewer", "side_effects"),
        "sleep_quality": 1,
        "long_term_conditions": "yes",
    }
    assert part(**all_four) == ""


def test_the_reason_is_short_enough_for_three_lines_or_four(part):
    assert len(part()) < 420
