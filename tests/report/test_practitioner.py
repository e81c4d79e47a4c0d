"""The practitioner's page: one page for nearly anybody, and nothing cut from it."""

import re
from dataclasses import replace
from html import unescape

import pytest
from forms import CONTENT, HEAVIEST, PEOPLE, TODAY, in_form, pages, report_on
from gate import by_validator
from parts import later
from printing import run_together
from tags import tree

from questionnaire.conclusion.case import case_of
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.html import to_html
from questionnaire.report.report import compose

MOST_PAGES = 5

MADE = [
    ("typical", "a4"),
    ("heaviest", "letter"),
    *later(("heaviest", "a4"), ("today", "letter"), ("doctor first", "letter")),
    ("under 18", "a4"),
]


def text_of(who, paper):
    return run_together(tree(in_form(who, paper, summary_only=True)).spoken())


@pytest.mark.parametrize(("who", "paper"), MADE)
def test_it_is_accessible_and_one_page_unless_very_much_was_ticked(who, paper):
    """Nothing that is to be done is cut: so the fullest run on."""
    pdf = in_form(who, paper, summary_only=True)
    most = MOST_PAGES if PEOPLE[who].keys() >= HEAVIEST.keys() else 1
    assert len(pages(pdf)) <= most
    assert by_validator(pdf) == set()


@pytest.mark.parametrize(("who", "paper"), MADE[:-1])
def test_it_says_what_comes_of_it_and_which_content_says_so(who, paper):
    text = text_of(who, paper)
    report = report_on(who)
    lead = (report.comfort.title, report.comfort.kind) if report.comfort else (report.title,)
    for words in (
        *lead,
        "at a glance",
        f"Content version {CONTENT.version}",
        CONTENT.sha256[:12],
        "No clinician has checked this content yet",
        "not yet reviewed by a clinician",
    ):
        assert run_together(words) in text


@pytest.mark.parametrize(("who", "paper"), MADE[:-1])
def test_what_the_person_wrote_and_every_action_for_a_caution_stand_on_it_whole(who, paper):
    text = text_of(who, paper)
    report = report_on(who)
    for question in ("notes", "pain_cause", "name"):
        assert run_together(report.words(question)) in text
    for step, points in report.points.items():
        for point in points:
            assert run_together(point.rule.because[1:]) in text
            if step not in {"emergency", "today"}:
                assert run_together(point.rule.advice) in text


@pytest.mark.parametrize("density", ["open", "close", "tight", "short"])
def test_no_form_of_it_cuts_what_a_person_wrote(density):
    """However closely it is set, and on the whole report as well."""
    report = replace(report_on("heaviest"), density=density)
    for alone in (False, True):
        page = run_together(unescape(to_html(report, summary_only=alone).partition("<body")[2]))
        for question in ("notes", "pain_cause"):
            assert run_together(report.words(question)) in page


@pytest.mark.parametrize(("who", "paper"), [("heaviest", "letter"), ("today", "letter")])
def test_where_help_comes_first_whom_to_call_leads(who, paper):
    text = " ".join(pages(in_form(who, paper, summary_only=True)))
    head = text[: text.index("at a glance")]
    assert all(country.emergency in head for country in report_on(who).countries)
    assert "Not mentioned" not in text


def test_with_room_every_answer_is_on_it():
    (text,) = map(run_together, pages(in_form("typical", summary_only=True)))
    for reply in report_on("typical").replies.values():
        for word in reply.words:
            assert run_together(re.split(r" \(|, such as|\. ", word)[0]) in text
    assert "shortform" not in text


def test_what_was_not_answered_is_marked_so():
    said = PEOPLE["typical"] | {"goals": SKIPPED}
    page = to_html(compose(case_of(CONTENT, said), today=TODAY), summary_only=True)
    assert "<p><b>not said</b></p>" in page


@pytest.mark.parametrize("who", ["stopped", "under 18"])
def test_whoever_stopped_early_has_one_page_already(who):
    whole, alone = (
        run_together(to_html(report_on(who), summary_only=each).partition("<body")[2])
        for each in (False, True)
    )
    assert alone == whole
