"""Large print: all that the ordinary report says, in large letters and one below the other."""

import re
from collections import Counter
from math import hypot

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
from forms import PEOPLE, pages, report_on
from printing import run_together
from vignettes import FORMS

from questionnaire.report.html import to_html
from questionnaire.report.pdf.render import to_pdf

HEADS = re.compile(r'<thead>.*?</thead>|<b class="head">[^<]*</b>')
"""Of a table: above its columns, or in each cell where it stands on end."""

FOOTER = re.compile(r"(\S+( \S+)? · )?22 November 2026 page \d+ of \d+")
MADE = [("typical", "large"), ("emergency", "large letter")]


def words_of(pdf):
    """Every word and how often it stands there, without what each page repeats."""
    text = " ".join(FOOTER.sub("", page) for page in pages(pdf))
    text = text.replace("Asked Answered", "").replace(" ·", "").replace("\ufffe", "-")
    return Counter(text.split())


def sizes(page):
    """The size of every letter on a page, in points of the paper, whatever it is drawn within."""
    text, matrix = page.get_textpage(), pdfium_c.FS_MATRIX()
    for at in range(text.count_chars()):
        if not text.get_text_range(at, 1).isspace():
            pdfium_c.FPDFText_GetMatrix(text.raw, at, matrix)
            scale = hypot(matrix.c, matrix.d)
            yield pdfium_c.FPDFText_GetFontSize(text.raw, at) * scale


@pytest.mark.parametrize("who", PEOPLE)
def test_it_says_all_that_the_ordinary_report_says_where_that_has_room(who):
    """Only its style tells it apart, where tables have their headings, and where a code stands."""
    ordinary, large = (
        to_html(report_on(who), large=each).partition("<body")[2].partition(">")[2]
        for each in (False, True)
    )
    assert _spoken(large) == _spoken(ordinary)


def _spoken(page):
    """The text without the headings of tables, and without tags: what is a table differs."""
    return run_together(re.sub(r"<[^>]*>", "", HEADS.sub("", page)))


def test_no_word_is_lost_on_paper():
    """The ordinary report is set with air here as well, so that nothing is left out of it."""
    report = report_on("typical")
    ordinary, large = (to_pdf(HEADS.sub("", to_html(report, large=each))) for each in (False, True))
    assert words_of(large) == words_of(ordinary)


@pytest.mark.parametrize(("who", "form"), MADE)
def test_nothing_is_smaller_than_18_points(printed, who, form):
    for page in pypdfium2.PdfDocument(printed(who, **FORMS[form]).pdf):
        assert min(sizes(page)) >= 17.99


def test_whom_to_call_stands_on_page_1(printed):
    first = pages(printed("emergency", **FORMS["large letter"]).pdf)[0]
    assert all(country.emergency in first for country in report_on("emergency").countries)


@pytest.mark.parametrize(
    "heading",
    ["What it is like", "Exercise", "A visit, and after it", "How to check a"],
)
def test_what_stood_beside_something_begins_at_the_left(printed, heading):
    found = []
    for page in pypdfium2.PdfDocument(printed("typical", **FORMS["large"]).pdf):
        text = page.get_textpage()
        search = text.search(heading)
        while at := search.get_next():
            found.append(text.get_charbox(at[0])[0])
    assert found
    assert max(found) < 20 / 25.4 * 72
