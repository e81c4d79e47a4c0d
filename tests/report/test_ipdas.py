"""The report meets the criteria of a decision aid, each by a sentence that SAFETY.md names."""

import re
from datetime import date
from html import unescape

import pytest

from questionnaire.conclusion.case import case_of
from questionnaire.content.content import ROOT
from questionnaire.report.html import to_html
from questionnaire.report.report import compose

ROW = re.compile(r"^\| (.+) \| (qualifying|certification) \| “(.+)” \|$", re.MULTILINE)
CRITERIA = ROW.findall((ROOT / "SAFETY.md").read_text("utf-8"))


@pytest.fixture
def told(content, baseline):
    """What the report says to somebody with this pain, as text."""

    def told(pain):
        said = baseline | {"pain_types": (pain,)}
        page = to_html(compose(case_of(content, said), today=date(2026, 11, 25)))
        return " ".join(unescape(re.sub(r"<[^>]+>", "", page[page.index("<body") :])).split())

    return told


def test_all_six_and_six_are_in_the_table():
    kinds = [kind for _, kind, _ in CRITERIA]
    assert (kinds.count("qualifying"), kinds.count("certification")) == (6, 6)
    assert len({criterion for criterion, _, _ in CRITERIA}) == 12


def test_every_report_that_speaks_of_acupuncture_meets_each_whatever_the_pain(content, told):
    for pain in content.question("pain_types").options:
        if not pain.exclusive:
            text = told(pain.id)
            assert [row for row in CRITERIA if row[2] not in text] == []


def test_each_option_says_what_is_for_it_against_it_and_what_it_is_like(content, baseline):
    page = to_html(compose(case_of(content, baseline), today=date(2026, 11, 25)))
    table = page[page.index('<table class="ways">') :]
    rows = table[: table.index("</table>")].split('<tr class="line">')[1:]
    assert len(rows) == 6
    for row in rows:
        cells = [re.sub(r"<[^>]+>", "", each).strip() for each in row.split("</td>")[:4]]
        assert all(len(each) > 3 for each in cells), row


def test_in_equal_depth_no_option_is_told_much_longer_than_another(content, baseline):
    """Nor is what speaks against it much shorter than what speaks for it."""
    page = to_html(compose(case_of(content, baseline), today=date(2026, 11, 25)))
    table = page[page.index('<table class="ways">') :]
    words = [
        [len(re.sub(r"<[^>]+>|\[.*?\]", "", each).split()) for each in row.split("</td>")[1:4]]
        for row in table[: table.index("</table>")].split('<tr class="line">')[1:]
    ]
    whole = [sum(each) for each in words]
    assert max(whole) <= 2.5 * min(whole)
    assert sum(against for _, against, _ in words) >= 0.6 * sum(for_it for for_it, _, _ in words)


def test_no_medicine_is_named_to_anybody(content, told):
    names = ("ibuprofen", "paracetamol", "naproxen", "codeine", "aspirin", "anti-inflammatory")
    for pain in ("back", "headache", "joints"):
        text = told(pain)
        options = text[text.index("Your options, side by side") : text.index("Side effects: out")]
        assert not [name for name in names if name in options.lower()]
        assert "Ask a pharmacist, or a midwife in pregnancy, which painkiller suits you." in options
