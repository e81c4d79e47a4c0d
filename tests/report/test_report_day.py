"""A report on answers of another day says so in its head, and carries the day."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from questionnaire.conclusion.case import case_of
from questionnaire.handover.recover import from_file
from questionnaire.report.documents import given_back, to_page, to_pdf, to_text
from questionnaire.report.html import to_html
from questionnaire.report.report import compose
from questionnaire.report.settings import Settings

DAY = date(2026, 11, 25)
SAYS = "These answers were given on 25 November 2026."
ASKS = "That is more than four weeks ago: please go through the warning signs again."


def words(page):
    return " ".join(
        unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)).split()
    )


@pytest.fixture
def told(content, baseline):
    """What each form of the report on answers of that day says, made so many days later."""

    def told(days, given=DAY, **said):
        case = case_of(content, baseline | said, given)
        today = DAY + timedelta(days=days)
        report = compose(case, today=today)
        return (
            words(to_html(report)),
            words(to_html(report, summary_only=True)),
            words(to_page(case, Settings(today)).decode()),
            " ".join(to_text(case, Settings(today), 80).split()),
        )

    return told


PEOPLE = [
    {},
    {"warning_any": ("chest_pain",)},
    {"warning_any": ("hot_swollen_limb",)},
    {"age_group": "under_18"},
]


@pytest.mark.parametrize("said", PEOPLE)
def test_a_report_made_more_than_a_day_later_says_so_in_its_head(told, said):
    for text in told(2, **said):
        assert SAYS in text[:1200]
        assert ASKS not in text


@pytest.mark.parametrize("said", PEOPLE)
def test_after_four_weeks_it_asks_to_go_through_the_signs_again(told, said):
    for text in told(29, **said):
        assert f"{SAYS} {ASKS}" in text[:1200]


def test_kind_words_come_before_the_day_and_nothing_is_asked_then(told):
    for text in told(29, warning_any=("self_harm_thoughts",)):
        assert text.index("You are not alone with this.") < text.index(SAYS)
        assert "go through" not in text


@pytest.mark.parametrize(("days", "given"), [(0, DAY), (1, DAY), (100, None)])
def test_a_report_of_the_same_day_or_of_nobody_knows_when_says_nothing(told, days, given):
    assert not any("were given on" in text for text in told(days, given))


def test_the_pdf_carries_the_day_and_gives_it_back(content, baseline):
    case = case_of(content, baseline, DAY)
    recovered = from_file(to_pdf(case, Settings(DAY + timedelta(days=3))), content)
    assert recovered.case.given == DAY
    text = " ".join(given_back(recovered, 80).split())
    assert "It bears the date 28 November 2026. The answers were given on 25 November 2026." in text
