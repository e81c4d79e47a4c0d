"""What comes out of a printer, a poor one, or a fax machine."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from fax import (
    BLACK,
    FAX,
    FINE,
    SPECK,
    SPOT,
    has_ink,
    holes,
    part,
    rendered,
    stretches_of_black,
    unbroken,
)
from gate import FOOT, compared, printable
from parts import later
from PIL import Image, ImageChops
from printing import pages
from tags import tree
from vignettes import BRIEF, FORMS, ODD, PEOPLE, answers_of, in_each

from questionnaire.handover.payload import pack
from questionnaire.handover.qr import code_for
from questionnaire.handover.scan import codes_in
from questionnaire.interview.flow import record
from questionnaire.report.pdf.render import to_pdf

EDGE = 12 / 25.4 * 72
WHITE = 255
THIN = 3
"""Points: what is not thicker is a line."""

WHOLE = {"scale", "code"}
"""Blocks that no page break tears; rows of tables stay whole but where it is set most tightly."""

every_report = pytest.mark.parametrize(("who", "form"), in_each(FORMS))


@every_report
def test_nothing_is_drawn_within_12_mm_of_the_edge(printed, who, form):
    for page in pdfium.PdfDocument(printed(who, **FORMS[form]).pdf):
        picture = ImageChops.invert(page.render(scale=1).to_pil().convert("L"))
        ink = picture.point(lambda level: 255 * (level > 8)).getbbox()
        width, height = picture.size
        assert min(ink[0], ink[1], width - ink[2], height - ink[3]) >= EDGE - 1


@every_report
def test_every_page_is_numbered_and_says_whose_it_is_and_when(printed, who, form):
    report = printed(who, **FORMS[form])
    foot = unescape(FOOT.search(report.page)[1])
    assert foot.endswith("22\N{NO-BREAK SPACE}November 2026")
    told = pages(report.pdf)
    for number, text in enumerate(told, 1):
        assert f"page {number} of {len(told)}" in text
        assert compared(printable(report.page, foot)) in compared(text)


def test_the_foot_names_whoever_gave_a_name_and_cuts_a_long_one(printed):
    assert "Margaret O'Neill · 22 November 2026" in pages(printed("typical").pdf)[-1]
    assert f"{'W' * 19}… · 22 November 2026" in pages(printed("everything").pdf)[-1]


@every_report
def test_no_block_is_torn_that_was_meant_to_stay_whole(printed, who, form):
    report = printed(who, **FORMS[form])
    document = tree(report.pdf)
    told = [compared(" ".join(_told(document, at))) for at in range(len(pages(report.pdf)))]
    for block in _blocks(report.page):
        assert any(compared(printable(report.page, block)) in page for page in told), block


@every_report
def test_no_heading_is_the_last_on_its_page(printed, who, form):
    document = tree(printed(who, **FORMS[form]).pdf)
    told = [each for each in document.all() if each.text or each.role == "Figure"]
    last = {each.page: each for each in told}
    headed = {id(word) for each in document.of("H1", "H2", "H3", "H4") for word in each.all()}
    assert not [each.text for each in last.values() if id(each) in headed]


def test_no_line_ends_after_the_first_word_of_a_text_that_fits_it():
    """Whatever the width: in some of them, only the space at the end of the text has no place."""
    told = "<p>We say this because it is so. <b>Next</b> it ends here.\n</p>"
    boxes = [f'<div style="width: {each}px">{told}</div>' for each in range(140, 320, 2)]
    file = to_pdf(f'<html lang="en"><body>{"".join(boxes)}')
    texts = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(file)]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    assert lines.count("We say this because it is so.") > 5
    assert not {"We", "it"} & set(lines)


def _told(tag, page):
    """The text on this page, without the numbers of points."""
    if tag.page == page:
        yield tag.text
    for each in tag.below:
        if each.role != "Lbl":
            yield from _told(each, page)


def _blocks(page):
    body = page[page.index("<body") :]
    setting = re.match(r'<body class="([^"]*)"', body)[1].split()
    reader = _Blocks(WHOLE, rows=not {"large", "tight"} & set(setting))
    reader.feed(body)
    return reader.blocks


class _Blocks(HTMLParser):
    """The text of each element of these classes, and of each row."""

    def __init__(self, classes, *, rows):
        super().__init__()
        self.blocks = []
        self._rows = rows
        self._classes = classes
        self._open = []
        self._silent = False

    def handle_starttag(self, tag, attrs):
        self._silent = self._silent or tag == "svg"
        for each in self._open:
            each["deep"] += tag == each["tag"]
        classes = {*(dict(attrs).get("class") or "").split()}
        if (tag == "tr" and self._rows) or self._classes & classes:
            self._open.append({"tag": tag, "deep": 1, "text": []})

    def handle_endtag(self, tag):
        self._silent = self._silent and tag != "svg"
        for each in self._open:
            each["deep"] -= tag == each["tag"]
        self.blocks += ["".join(each["text"]) for each in self._open if not each["deep"]]
        self._open = [each for each in self._open if each["deep"]]

    def handle_data(self, data):
        if not self._silent:
            for each in self._open:
                each["text"].append(data)


# The code

WITH_CODE = [form for form in FORMS if "practitioner" not in form]


@pytest.mark.parametrize(("who", "form"), in_each(WITH_CODE, [*PEOPLE, *BRIEF, *ODD]))
def test_the_code_is_35_mm_in_a_white_border_and_gives_the_answers_back(
    printed, content, who, form
):
    """From a fax, and from 100 dots an inch; nothing is drawn in the border that scanners need."""
    pdf = printed(who, **FORMS[form]).pdf
    (figure,) = (each for each in tree(pdf).of("Figure") if each.alt.startswith("A QR code"))
    assert figure.page == 0 or who in {"cautions", "doctor first"}
    sheet = pdfium.PdfDocument(pdf)[figure.page]
    packed = pack(content, record(content.questions, answers_of(who, content)))
    for picture in (rendered(sheet).convert("1", dither=Image.Dither.NONE), rendered(sheet, 100)):
        kept = BytesIO()
        picture.save(kept, "PNG")
        assert codes_in(kept.getvalue()) == (packed,)
    modules = code_for(packed).size
    module = (figure.place[2] - figure.place[0]) / (modules + 8)
    assert modules * module / 72 * 25.4 == pytest.approx(35, abs=0.2)
    border = part(rendered(sheet), sheet, figure.place)
    inner = int(4 * module / 72 * FAX) - 1
    border.paste(WHITE, (inner, inner, border.width - inner, border.height - inner))
    assert not has_ink(border)


# By fax


@pytest.fixture(scope="module")
def faxed(printed):
    """The sheets of a report, each with its picture in 200 dots an inch."""

    @cache
    def faxed(who):
        sheets = list(pdfium.PdfDocument(printed(who).pdf))
        return [(sheet, rendered(sheet)) for sheet in sheets]

    return faxed


@pytest.mark.parametrize(
    "who",
    [
        "emergency",
        *later("typical", "other scripts"),
    ],
)
def test_every_letter_leaves_ink_on_a_fax(faxed, who):
    for sheet, picture in faxed(who):
        text = sheet.get_textpage()
        for at in range(text.count_chars()):
            place = text.get_charbox(at)
            if place[0] < place[2] and place[1] < place[3] and text.get_text_range(at, 1).strip():
                assert has_ink(part(picture, sheet, place)), text.get_text_range(at, 1)


@pytest.mark.parametrize("who", ["typical", "everything"])
def test_every_line_runs_from_end_to_end_on_a_fax(faxed, who):
    for sheet, picture in faxed(who):
        for shown in sheet.get_objects([pdfium_c.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = shown.get_bounds()
            if min(right - left, top - bottom) < THIN < max(right - left, top - bottom):
                assert unbroken(part(picture, sheet, (left, bottom, right, top)))


@pytest.mark.parametrize(
    "who",
    [
        "typical",
        *later("cautions", "doctor first"),
    ],
)
def test_what_is_filled_stays_filled_on_a_fax_and_what_is_open_open(printed, faxed, who):
    """Where an area is hatched, its edge cuts off slivers, which a fax may fill: not the rest."""
    sheets = [(*each, rendered(each[0], FINE)) for each in faxed(who)]
    for figure in tree(printed(who).pdf).of("Figure"):
        sheet, picture, fine = sheets[figure.page]
        seen, fine = part(picture, sheet, figure.place), part(fine, sheet, figure.place, FINE)
        if "outline of a body" in figure.alt:
            assert holes(seen, least=SPOT) == holes(fine, FINE, SPOT)
            assert holes(seen) >= holes(fine, FINE, 2 * SPECK)
            assert holes(seen, least=2 * SPECK) <= holes(fine, FINE)
        else:
            assert holes(seen) == holes(fine, FINE), figure.alt


def test_a_scale_on_a_fax_is_filled_to_its_number_and_marked_from_there_to_its_end(printed, faxed):
    sheets = faxed("typical")
    scales = re.compile(r"from 0 to (\d+): (\d+)\.")
    told = [(each, scales.search(each.alt)) for each in tree(printed("typical").pdf).of("Figure")]
    found = [(figure, *map(int, scale.groups())) for figure, scale in told if scale]
    assert len(found) == 5
    for figure, highest, number in found:
        sheet, picture = sheets[figure.page]
        filled, *marks = stretches_of_black(part(picture, sheet, figure.place))
        left, _, right, _ = figure.place
        unit = (right - left) * 25.4 / 72 / highest
        assert abs(filled - number * unit) < 1, figure.alt
        assert len(marks) == highest - number, figure.alt
        assert max(marks) < 1, figure.alt


def test_of_100_people_as_many_are_filled_in_on_a_fax_as_the_picture_says(printed, faxed):
    (people,) = (e for e in tree(printed("typical").pdf).of("Figure") if "100 people" in e.alt)
    said = [int(each) for each in re.findall(r"(\d+) are (?:filled in|outlines)", people.alt)]
    sheet, picture = faxed("typical")[people.page]
    seen = part(picture, sheet, people.place)
    middles = [
        (int((at + 0.5) / 50 * seen.width), int((row + 0.75) / 2 * seen.height))
        for row in (0, 1)
        for at in range(50)
    ]
    filled = [seen.getpixel(each) < BLACK for each in middles]
    assert filled == sorted(filled, reverse=True)
    assert [filled.count(True), filled.count(False)] == said
    assert holes(seen) == 2 * said[1], "a head and a body each"


def test_nothing_is_told_by_colour_alone_as_there_is_none(printed):
    for sheet in pdfium.PdfDocument(printed("typical").pdf):
        red, green, blue = sheet.render(scale=0.5).to_pil().convert("RGB").split()
        assert ImageChops.difference(red, green).getbbox() is None
        assert ImageChops.difference(green, blue).getbbox() is None
