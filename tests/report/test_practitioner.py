"""The practitioner's page: one page for anybody, and no warning sign dropped in silence."""

import re

import pytest
from forms import CONTENT, PEOPLE, TODAY, in_form, pages, report_on
from gate import by_validator
from printing import run_together

from questionnaire.conclusion.case import case_of
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.html import to_html
from questionnaire.report.report import compose

MADE = [
    ("typical", "a4"),
    ("heaviest", "a4"),
    ("heaviest", "letter"),
    ("today", "letter"),
    ("doctor first", "letter"),
    ("under 18", "a4"),
]


@pytest.mark.parametrize(("who", "paper"), MADE)
def test_it_is_one_accessible_page(who, paper):
    pdf = in_form(who, paper, summary_only=True)
    assert len(pages(pdf)) == 1
    assert by_validator(pdf) == set()


@pytest.mark.parametrize(("who", "paper"), MADE[:-1])
def test_it_says_what_comes_of_it_and_which_content_says_so(who, paper):
    (text,) = map(run_together, pages(in_form(who, paper, summary_only=True)))
    report = report_on(who)
    for words in (
        report.title,
        report.next,
        "at a glance",
        f"Content version {CONTENT.version}",
        CONTENT.sha256[:12],
        "No clinician has checked this content yet",
        "not yet reviewed by a clinician",
    ):
        assert run_together(words) in text


@pytest.mark.parametrize(("who", "paper"), MADE[:-1])
def test_of_each_list_that_matters_it_says_how_many_it_leaves_out(who, paper):
    """Every answer behind a warning sign or a caution is there, or is one of the "n more"."""
    (text,) = map(run_together, pages(in_form(who, paper, summary_only=True)))
    for reply in report_on(who).noted:
        line = text[text.index(run_together(f"{reply.question.short}:")) :]
        gists = [run_together(re.split(r" \(|, such as|\. ", word)[0]) for word in reply.words]
        shown = [gist for gist in gists if gist in line]
        assert gists[0] in shown
        more = len(gists) - len(shown)
        assert not more or f"and{more}more" in line


@pytest.mark.parametrize(("who", "paper"), [("heaviest", "letter"), ("today", "letter")])
def test_where_help_comes_first_whom_to_call_leads(who, paper):
    (text,) = pages(in_form(who, paper, summary_only=True))
    head = text[: text.index("at a glance")]
    assert all(country.emergency in head for country in report_on(who).countries)
    assert "Not mentioned" not in text


def test_with_room_every_answer_is_on_it():
    (text,) = map(run_together, pages(in_form("typical", summary_only=True)))
    for reply in report_on("typical").replies.values():
        for word in reply.words:
            assert run_together(re.split(r" \(|, such as|\. ", word)[0]) in text
    assert "shortform" not in text
    assert "Notmentioned" in text


def test_what_was_not_answered_is_marked_so():
    said = PEOPLE["typical"] | {"goals": SKIPPED}
    page = to_html(compose(case_of(CONTENT, said), today=TODAY), summary_only=True)
    assert "<li>Hopes: not said</li>" in page


@pytest.mark.parametrize("who", ["stopped", "under 18"])
def test_whoever_stopped_early_has_one_page_already(who):
    whole, alone = (
        run_together(to_html(report_on(who), summary_only=each).partition("<body")[2])
        for each in (False, True)
    )
    assert alone == whole
