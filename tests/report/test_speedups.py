"""Speed-ups change no byte of what is printed, and nothing personal outlives its report."""

import gc
import subprocess
import sys
from dataclasses import replace

import pytest
from parts import later
from vignettes import TODAY, answers_of
from weasyprint import CSS, HTML, draw
from weasyprint.css import StyleFor
from weasyprint.draw.text import draw_text
from weasyprint.html import UA_STYLESHEET
from weasyprint.layout import inline, preferred
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import split_first_line

from questionnaire.conclusion.case import case_of
from questionnaire.handover.attachments import carried_by
from questionnaire.report import density, documents, html
from questionnaire.report.pdf import conformance, fonts, render
from questionnaire.report.pdf.speedups import memory, styles
from questionnaire.report.report import compose
from questionnaire.report.settings import Settings

HERS = ("Xanthippe", "Quillfeather", "Zwischenrufe", "Mitternacht")
"""Words that nobody else says: of her name, and of her note."""


def plainly(page, carried, monkeypatch):
    """As anybody would call WeasyPrint, every time anew."""
    with monkeypatch.context() as plain:
        plain.setattr(inline, "split_first_line", split_first_line)
        plain.setattr(preferred, "split_first_line", split_first_line)
        plain.setattr(draw, "draw_text", draw_text)
        plain.setattr(StyleFor, "set_computed_styles", styles.compute)
        plain.setattr(UA_STYLESHEET.matcher, "other_selectors", styles.FOR_ALL)
        plain.setattr(conformance, "_settled", as_it_is)
        sheet, files = fonts.faces(fonts.other_letters(page))
        faces = FontConfiguration()
        letters = CSS(string=sheet, font_config=faces, url_fetcher=render._Packaged(files))
        options = {"font_config": faces, "pdf_variant": "pdf/a-3a"}
        document = HTML(string=render.without_space_at_ends(page)).render(
            stylesheets=[letters], **options
        )
        return render._written_out(document, carried)


def as_it_is(each):
    if getattr(each, "compress", False) and each.data.endswith(b"\r\nendstream"):
        each.compress = False
    return each


@pytest.mark.parametrize(
    "who",
    [
        "typical",
        *later("other scripts", "doctor first"),
    ],
)
def test_what_is_printed_is_byte_for_byte_what_the_slow_way_makes(content, who, monkeypatch):
    case = case_of(content, answers_of(who, content))
    carried = carried_by(case)
    page = html.to_html(compose(case, today=TODAY))
    slowly = plainly(page, carried, monkeypatch)
    assert render.to_pdf(page, carried) == slowly
    list(documents.rehearse(content, Settings(TODAY)))
    assert render.to_pdf(page, carried) == slowly, "with what reports on nobody have taught"


def test_under_another_version_of_weasyprint_nothing_is_patched():
    program = (
        "import weasyprint; weasyprint.__version__ = '70.1'; before = weasyprint.draw.draw_text;"
        "from questionnaire.report.pdf import render, speedups;"
        "print(speedups.enable(), weasyprint.draw.draw_text is before)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout.split() == [b"False", b"True"]


def texts_in_memory():
    """Every text and every run of bytes that anything in this process holds."""
    gc.collect()
    for holder in gc.get_objects():
        for held in gc.get_referents(holder):
            if isinstance(held, str | bytes | bytearray):
                yield held


def is_hers(text):
    if isinstance(text, str):
        return any(word in text for word in HERS)
    return any(word.encode() in text for word in HERS)


def print_for_her(content, settings, *, fails=False):
    hers = {"name": " ".join(HERS[:2]), "notes": " and ".join(HERS[2:])}
    case = case_of(content, answers_of("typical", content) | hers)
    if not fails:
        assert documents.to_pdf(case, settings).startswith(b"%PDF")
        return
    with pytest.raises(ZeroDivisionError):
        documents.to_pdf(case, settings)


@pytest.mark.parametrize("ends", ["made", *later("failed")])
def test_no_word_of_one_person_is_in_memory_when_the_next_is_served(content, monkeypatch, ends):
    """Whether her report was made, or failed in the middle."""
    settings = Settings(TODAY)
    list(documents.rehearse(content, settings))
    with monkeypatch.context() as failing:
        if ends == "failed":
            failing.setattr(render, "finish", lambda *_: 1 // 0)
        print_for_her(content, settings, fails=ends == "failed")
    assert documents.to_pdf(case_of(content, answers_of("plain", content)), settings)
    known = {id(each) for each in HERS}
    assert [each for each in texts_in_memory() if id(each) not in known and is_hers(each)] == []


@pytest.mark.exhaustive
def test_what_a_person_said_teaches_nothing(content):
    list(documents.rehearse(content, Settings(TODAY)))
    before = len(memory._kept)
    print_for_her(content, Settings(TODAY))
    assert len(memory._kept) == before > 500
    assert memory._now.get() is None


@pytest.mark.parametrize("who", ["cautions", "doctor first", "everything"])
def test_a_density_that_is_not_tried_would_have_been_too_long(content, who):
    report = compose(case_of(content, answers_of(who, content)), today=TODAY)
    pages = {each: html.to_html(replace(report, density=each)) for each in density.MOST_LETTERS}
    skipped = [page for each, page in pages.items() if density.is_too_much(page, each)]
    assert skipped
    assert all(len(render._laid_out(each).pages) > density.MOST_PAGES for each in skipped)
