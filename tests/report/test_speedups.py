"""What is done once instead of twice changes no byte of what is printed."""

import gc
from dataclasses import replace

import pytest
from vignettes import TODAY, answers_of
from weasyprint import CSS, HTML, draw
from weasyprint.css import StyleFor
from weasyprint.draw.text import draw_text
from weasyprint.html import UA_STYLESHEET
from weasyprint.layout import inline, preferred
from weasyprint.svg import TAGS
from weasyprint.svg.path import path
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import split_first_line

from questionnaire.handover.attachments import carried_by
from questionnaire.report import density as fitting
from questionnaire.report import html as page
from questionnaire.report.pdf import conformance as finishing
from questionnaire.report.pdf import fonts as faces
from questionnaire.report.pdf import render as pdf
from questionnaire.report.pdf.speedups import c_types, styles
from questionnaire.report.pdf.speedups.garbage import no_collecting
from questionnaire.report.pdf.speedups.recent import Recent
from questionnaire.report.report import compose


def plainly(html, carried, monkeypatch):
    """As anybody would call WeasyPrint, every time anew."""
    with monkeypatch.context() as plain:
        plain.setattr(inline, "split_first_line", split_first_line)
        plain.setattr(preferred, "split_first_line", split_first_line)
        plain.setitem(TAGS, "path", path)
        plain.setattr(draw, "draw_text", draw_text)
        plain.setattr(ffi._parser, "_parse", c_types.parse)
        plain.setattr(StyleFor, "set_computed_styles", styles.compute)
        plain.setattr(UA_STYLESHEET.matcher, "other_selectors", styles.FOR_ALL)
        plain.setattr(finishing, "_settled", as_it_is)
        sheet, files = faces.faces(faces.other_letters(html))
        fonts = FontConfiguration()
        letters = CSS(string=sheet, font_config=fonts, url_fetcher=pdf._Packaged(files))
        options = {"font_config": fonts, "pdf_variant": "pdf/a-3a"}
        return pdf._written_out(HTML(string=html).render(stylesheets=[letters], **options), carried)


def as_it_is(each):
    if getattr(each, "compress", False) and each.data.endswith(b"\r\nendstream"):
        each.compress = False
    return each


@pytest.mark.uncounted
@pytest.mark.parametrize("who", ["typical", "doctor first", "other scripts"])
def test_what_is_printed_is_byte_for_byte_what_the_slow_way_makes(content, who, monkeypatch):
    said = answers_of(who, content)
    carried = carried_by(content, said)
    html = page.to_html(compose(content, said, today=TODAY))
    slowly = plainly(html, carried, monkeypatch)
    assert pdf.to_pdf(html, carried) == slowly
    assert pdf.to_pdf(html, carried) == slowly, "while it learns its lines"
    assert pdf.to_pdf(html, carried) == slowly, "with all of it in memory"


def test_what_is_kept_has_bounds_and_the_newest_stays():
    kept = Recent(2)
    assert [kept.found(each, each.upper) for each in ("a", "b", "a", "c")] == ["A", "B", "A", "C"]
    assert list(kept) == ["a", "c"]


def test_garbage_is_collected_again_whatever_happens():
    def fail():
        with no_collecting():
            raise KeyError(gc.isenabled())

    with pytest.raises(KeyError, match="False"):
        fail()
    assert gc.isenabled()


@pytest.mark.parametrize("who", ["cautions", "doctor first", "everything"])
def test_a_setting_that_is_not_tried_would_have_been_too_long(content, who):
    report = compose(content, answers_of(who, content), today=TODAY)
    pages = {each: page.to_html(replace(report, density=each)) for each in fitting.MOST_LETTERS}
    skipped = [html for each, html in pages.items() if fitting.is_too_much(html, each)]
    assert skipped
    assert all(len(pdf._laid_out(each).pages) > fitting.MOST_PAGES for each in skipped)
