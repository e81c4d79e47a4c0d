"""The evidence as it stands: nothing that was withdrawn, and ranges and years beside it."""

import re
from datetime import date
from html import unescape

import pytest

from questionnaire.conclusion.case import case_of
from questionnaire.content.content import ROOT
from questionnaire.report.html import to_html
from questionnaire.report.report import compose

WITHDRAWN = ("CD004870", "Acupuncture for neck disorders")
HARD = ("by the review's own test", "risk of bias", "down to chance", "pretend")
STUDIED = {"headache", "back", "neck", "joints"}


@pytest.fixture
def told(content, baseline):
    """What the report says to somebody, as text."""

    def told(**changes):
        page = to_html(compose(case_of(content, baseline | changes), today=date(2026, 11, 25)))
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index("<body") :])).split())

    return told


def test_a_review_that_was_withdrawn_is_nowhere_in_what_can_be_printed():
    files = [*ROOT.glob("rules/*.toml"), *ROOT.glob("report_templates/**/*.html")]
    assert len(files) > 60
    for file in files:
        assert not [each for each in WITHDRAWN if each in file.read_text("utf-8")], file


def test_a_range_stands_beside_each_rate_of_harm(told):
    text = told(medicine_problems=("side_effects",))
    assert "About 9 have a side effect, mostly mild; studies differ, from 5 to 15." in text
    assert "about 10 people in 100,000 (between 2 and 23)" in text
    assert "about 10 people in 100,000. The true number may lie between 2 and 23." in text
    assert "1 in 200,000" not in text, "that is of treatments, and this is of people"


def test_a_year_stands_beside_every_guideline(content):
    for rule in content.rulebook.rules:
        for statement in (*rule.guidelines, *filter(None, [rule.against])):
            bodies = ("NICE", "guideline", "advice", "World Health Organization")
            if any(each in statement for each in bodies) and "no guideline" not in statement:
                named = re.search(r"\b20[0-2]\d\b", statement)
                assert named or "dispute" in statement, (rule.id, statement)


def test_a_guideline_that_changed_says_so(told):
    text = told(pain_types=("back", "headache"))
    assert "(2013, revised 2019)" in text
    assert "(2016, updated 2020)" in text
    assert "(2012, amended 2015)" in text


@pytest.mark.parametrize("how", ["alone", "beside the back"])
def test_whoever_has_a_lasting_pain_that_no_study_looked_at_is_told_so(content, told, how):
    for option in content.question("pain_types").options:
        pain = option.id
        if option.exclusive or pain in STUDIED:
            continue
        text = told(pain_types=(pain,) if how == "alone" else ("back", pain))
        assert "studies did not look at every kind of pain that you named" in text, pain


def test_whoever_has_a_pain_that_was_studied_is_not_told_so(told):
    assert "did not look at" not in told(pain_types=("back",))


def test_neck_pain_is_called_not_clear(told):
    assert "Not clear. Added to usual care" in told(pain_types=("neck",))


def test_no_page_says_what_people_cannot_read(told):
    text = told(
        pain_types=("headache", "back", "neck", "joints", "period", "all_over"),
        joint_diagnosis="osteoarthritis",
        medicine_problems=("allergy", "side_effects", "not_enough_relief"),
        sleep_trouble=("waking_early",),
    )
    assert not [each for each in HARD if each in text.lower()]
    assert text.count("made to feel like the real ones") == 1
