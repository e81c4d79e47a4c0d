"""The file that people print: whole, readable by everyone, and the same every time."""

import logging
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import page as validator
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import ImageChops
from weasyprint.urls import FatalURLFetchingError

from questionnaire import pdf as printer
from questionnaire.carried import carried_id
from questionnaire.code import code_for
from questionnaire.interview import relevant, visible
from questionnaire.page import to_html
from questionnaire.pdf import UNDRAWABLE
from questionnaire.report import compose
from questionnaire.telling import Settings, to_pdf

TODAY = date(2026, 11, 22)
ALL_PAINS = ("headache", "back", "neck", "joints", "period", "elsewhere")
LONG_NOTE = ("I wake at four, and the tablets that I take at night do little for my hip. " * 7)[
    :500
]
TEXT_FONT, OTHER_FONT = "acuscreen-atkinson-hyperlegible", "acuscreen-noto-sans"
FOOTER = re.compile(r"(\S+( \S+)? · )?22 November 2026 page \d+ of \d+")
STOPPED = ("answered_by", "age_group", "pain_types", "warning_any")

PEOPLE = {
    "plain": {},
    "typical": {
        "name": "Margaret O'Neill",
        "medicine_problems": ("wants_fewer",),
        "sleep_trouble": ("staying_asleep",),
        "sleep_quality": 3,
        "notes": "Can I bring my daughter?\nHow long does one visit take?",
    },
    "cautions": {
        "pain_types": ("headache", "neck"),
        "needles": "nervous",
        "health_conditions": ("diabetes",),
        "current_medicines": ("antiplatelet",),
        "medicine_problems": ("side_effects", "not_enough_relief"),
        "sleep_trouble": ("falling_asleep", "waking_early"),
        "goals": None,
        "notes": LONG_NOTE,
    },
    "doctor first": {
        "pain_types": ("back", "joints"),
        "warning_any": ("night_pain", "weight_loss_or_night_sweats"),
        "health_conditions": ("bleeding_disorder", "heart_valve", "epilepsy", "implanted_device"),
        "current_medicines": ("anticoagulant",),
        "needles": "fainted_before",
        "pain_checked": "no",
    },
    "today": {"pain_types": ("headache",), "warning_headache": ("scalp_jaw_vision",)},
    "emergency": {"warning_back": ("numb_saddle", "both_legs"), "needles": "nervous"},
}
BRIEF = {
    "stopped": {"warning_any": ("chest_pain",)},
    "under 18": {"age_group": "under_18"},
    "no pain": {"pain_types": ("no_pain",)},
}


@pytest.fixture(autouse=True)
def _no_warning(caplog):
    """A warning of the renderer is a failure: it means that something is missing on paper."""
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        yield
    assert [record.message for record in caplog.records if record.name == "weasyprint"] == []


@pytest.fixture
def said(baseline):
    return lambda who: (
        {key: (baseline | BRIEF[who])[key] for key in STOPPED}
        if who in BRIEF
        else baseline | PEOPLE[who]
    )


@pytest.fixture
def make(content):
    return lambda said, paper="a4": to_pdf(content, said, Settings(TODAY, paper))


@pytest.fixture
def carrying(content, said):
    page = to_html(compose(content, said("under 18"), today=TODAY))
    return lambda carried: printer.to_pdf(page, carried)


@pytest.fixture
def everything(content, baseline):
    """Somebody who ticks all that can be ticked, and writes as much as fits."""
    ticked = {
        question.id: tuple(option.id for option in question.options if not option.exclusive)
        for question in content.questions
        if question.kind == "many"
    }
    return baseline | ticked | {"pregnancy": "yes", "notes": LONG_NOTE, "name": "W" * 100}


def pages(pdf):
    """What each page says, with its line ends made spaces."""
    document = pdfium.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def faults(pdf):
    """What the validator finds against either standard."""
    return {
        failure.message
        for standard in ("ua1", "3a")
        for failure in validator.validate_pdf_bytes(pdf, profile=standard).failures
    }


def run_together(text):
    return "".join(text.split()).replace("\N{NO-BREAK SPACE}", "").replace("\ufffe", "-")


@pytest.mark.parametrize("who", [*PEOPLE, *BRIEF])
def test_every_answer_is_on_paper(content, said, make, who):
    text = run_together(" ".join(FOOTER.sub("", page) for page in pages(make(said(who)))))
    for question in relevant(content.questions, said(who)):
        answer = visible(content.questions, said(who)).get(question.id)
        match answer:
            case None:
                continue
            case int():
                words = [f"{answer} of {question.highest}"]
            case str() if question.kind == "text":
                words = [answer]
            case str():
                words = [question.option(answer).label]
            case _:
                words = [question.option(each).label for each in answer]
        for word in words:
            assert run_together(word) in text, question.id


@pytest.mark.parametrize("who", [*PEOPLE, *BRIEF])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_report_is_accessible(said, make, who, paper):
    assert faults(make(said(who), paper)) == set()


@pytest.mark.parametrize(
    ("who", "most"), [("plain", 5), ("typical", 5), *((who, 6) for who in PEOPLE)]
)
def test_a_report_has_six_pages_at_most_and_a_typical_one_fewer(said, make, who, most):
    assert len(pages(make(said(who)))) <= most


def test_even_with_everything_ticked_it_has_six_pages_at_most(make, everything):
    assert len(pages(make(everything))) <= 6


@pytest.mark.parametrize("who", BRIEF)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_who_should_stop_here_gets_one_page(said, make, who, paper):
    assert len(pages(make(said(who), paper))) == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_even_who_stops_late_with_every_sign_ticked_gets_one_page(make, everything, paper):
    stopped = {key: everything[key] for key in [*STOPPED, "warning_back", "warning_headache"]}
    (only,) = pages(make(stopped, paper))
    assert "999" in only
    assert "more signs that need help now" in only


@pytest.mark.parametrize("who", PEOPLE)
def test_page_one_stands_alone(content, said, make, who):
    first = run_together(pages(make(said(who)))[0])
    report = compose(content, said(who), today=TODAY)
    for words in (report.title, report.next, *report.because[:3]):
        assert run_together(words) in first
    for question in ("pain_types", "pain_duration"):
        assert run_together(report.replies[question].question.short) in first
    for question in ("pain_average", "pain_enjoyment", "pain_activity"):
        assert run_together(f"{report.replies[question].question.short} 5 of 10") in first


def test_page_one_holds_the_code_whatever_was_ticked(content, said, everything):
    people = {who: said(who) for who in ("today", "emergency", *BRIEF)} | {"all": everything}
    for who, answers in people.items():
        report = compose(content, answers, today=TODAY, paper="letter")
        setting = "tight" if who == "all" else "open"
        page = to_html(replace(report, code=code_for("A7" * 30), setting=setting))
        pdf = printer.to_pdf(page)
        first = " ".join(pages(pdf)[0].split())
        assert report.title in first, who
        assert "no name, no own words" in first, who
    assert validator.is_pdf_compliant_bytes(pdf)


@pytest.mark.parametrize("who", ["typical", "doctor first", "emergency"])
def test_nothing_is_smaller_than_12_points(said, make, who):
    for page in pdfium.PdfDocument(make(said(who))):
        text = page.get_textpage()
        sizes = {
            round(pdfium_c.FPDFText_GetFontSize(text.raw, at), 2)
            for at in range(text.count_chars())
            if not text.get_text_range(at, 1).isspace()
        }
        assert min(sizes) >= 12


@pytest.mark.parametrize("who", ["typical", "doctor first", "emergency", "stopped"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_nothing_stands_within_12_mm_of_the_edge(said, make, who, paper):
    for page in pdfium.PdfDocument(make(said(who), paper)):
        _empty_edge(page)


def test_the_longest_report_leaves_the_edge_free(make, everything):
    for page in pdfium.PdfDocument(make(everything)):
        _empty_edge(page)


def _empty_edge(page):
    picture = page.render(scale=1).to_pil().convert("L")
    ink = ImageChops.invert(picture).point(lambda level: 255 * (level > 40)).getbbox()
    edge = 12 / 25.4 * 72
    assert ink[0] >= edge - 1
    assert ink[1] >= edge - 1
    assert ink[2] <= picture.width - edge + 1
    assert ink[3] <= picture.height - edge + 1


def test_the_paper_is_as_chosen(said, make):
    for paper, width, height in (("a4", 595, 842), ("letter", 612, 792)):
        page = pdfium.PdfDocument(make(said("plain"), paper))[0]
        assert (round(page.get_width()), round(page.get_height())) == (width, height)


def test_every_page_is_numbered_and_says_whose_it_is_and_when(said, make):
    texts = pages(make(said("typical")))
    for number, text in enumerate(texts, 1):
        assert f"page {number} of {len(texts)}" in text
        assert "Margaret O'Neill · 22 November 2026" in text


def test_it_is_tagged_titled_and_in_english(said, make):
    with pikepdf.open(BytesIO(make(said("typical")))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "en-GB"
        assert "acupuncture" in str(file.docinfo.Title)
        levels = [
            kind for kind in _kinds(file.Root.StructTreeRoot) if kind in {"H1", "H2", "H3", "H4"}
        ]
    assert levels[0] == "H1"
    assert levels.count("H1") == 1
    assert all(int(after[1]) - int(before[1]) <= 1 for before, after in pairwise(levels))


def _kinds(element):
    if not isinstance(element, pikepdf.Dictionary):
        return
    if "/S" in element:
        yield str(element.S)[1:]
    below = element.get("/K", [])
    for each in below if isinstance(below, pikepdf.Array) else [below]:
        yield from _kinds(each)


@pytest.mark.parametrize("who", ["typical", "doctor first"])
def test_pictures_say_what_they_show(said, make, who):
    with pikepdf.open(BytesIO(make(said(who)))) as file:
        texts = [str(each.Alt) for each in _figures(file.Root.StructTreeRoot)]
    assert "Average pain: 5 of 10. 0 is no pain, 10 is the worst pain you can think of." in texts
    assert any(text.startswith("100 people") for text in texts)
    assert any("Marked: back, from the shoulders to the waist" in text for text in texts)


def _figures(element):
    if not isinstance(element, pikepdf.Dictionary):
        return
    if element.get("/S") == "/Figure":
        yield element
    below = element.get("/K", [])
    for each in below if isinstance(below, pikepdf.Array) else [below]:
        yield from _figures(each)


def fonts(pdf):
    """The embedded fonts, without the tag of the subset."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return {
            str(each.FontName).split("+")[-1]
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        }


def test_only_packaged_fonts_are_embedded(said, make):
    names = fonts(make(said("typical")))
    assert names == {TEXT_FONT, f"{TEXT_FONT}-Bold"}


def test_other_scripts_are_drawn_in_the_packaged_font_and_stay_accessible(said, make):
    pdf = make(said("plain") | {"notes": "Привет, γειά, नमस्ते", "name": "Ольга"})
    assert {name.removesuffix("-Bold") for name in fonts(pdf)} == {TEXT_FONT, OTHER_FONT}
    assert "Привет, γειά" in " ".join(pages(pdf))
    assert faults(pdf) == set()


def test_what_no_font_can_draw_is_marked_and_the_report_says_so(said, make):
    pdf = make(said("plain") | {"notes": "Hello 你好 \N{GRINNING FACE}!"})
    text = " ".join(pages(pdf))
    assert f"Hello {UNDRAWABLE * 2} {UNDRAWABLE}!" in text
    assert "a sign that we cannot print" in text
    named = " ".join(pages(make(said("plain") | {"name": "李"})))
    assert "a sign that we cannot print" in named
    assert "a sign that we cannot print" not in " ".join(pages(make(said("typical"))))
    assert faults(pdf) == set()


def test_html_that_was_typed_is_printed_as_text(said, make):
    typed = "<img src='http://example.org/x.png'><b>bold</b> &amp; {{ 7 }}"
    assert run_together(typed) in run_together(
        " ".join(pages(make(said("plain") | {"notes": typed})))
    )


@pytest.mark.parametrize("address", ["http://example.org/x.png", "file:///etc/hostname", "data:,x"])
def test_nothing_is_ever_fetched(address):
    page = f"<html lang='en'><title>x</title><img alt='x' src='{address}'></html>"
    with pytest.raises(FatalURLFetchingError, match="only its fonts"):
        printer.to_pdf(page)


MAKE = """
import sys
from dataclasses import replace
from datetime import date
from questionnaire.content import read_content
from questionnaire.page import to_html
from questionnaire.page import to_html
from questionnaire.pdf import to_pdf
from questionnaire.report import compose
said = {"answered_by": "self", "age_group": "under_18"}
report = compose(read_content(), said, today=date(2026, 11, 22))
sys.stdout.buffer.write(to_pdf(to_html(report).replace("page", "page Ωж")))
"""


def test_two_processes_write_the_same_bytes():
    made = [
        subprocess.run(
            [sys.executable, "-c", MAKE],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0].startswith(b"%PDF-1.7")
    assert made[0] == made[1]


def test_it_carries_files_that_belong_to_it_and_its_id_tells_which(carrying):
    carried = {"result.json": b'{"outcome": "discuss"}', "answers.json": b'{"notes": "(\\r\\n"}'}
    pdf = carrying(carried)
    assert faults(pdf) == set()
    with pikepdf.open(BytesIO(pdf)) as file:
        assert {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()} == (
            carried
        )
        assert [str(each.UF) for each in file.Root.AF] == ["answers.json", "result.json"]
        for spec in file.attachments.values():
            assert spec.relationship == "/Data"
            assert spec.get_file().mime_type == "application/json"
            assert str(spec.get_file().creation_date) == "2026-11-22 00:00:00+00:00"
        assert bytes(file.trailer.ID[0]) == carried_id(carried)


def test_the_same_files_give_the_same_bytes_and_others_another_id(carrying):
    one, two = {"a.json": b"1", "b.json": b"2"}, {"b.json": b"2", "a.json": b"1"}
    assert carrying(one) == carrying(two)
    others = [
        {},
        {"a.json": b"1"},
        {"a.json": b"12", "b.json": b""},
        {"a.json": b"1", "b": b".json2"},
    ]
    assert len({carried_id(each) for each in (one, *others)}) == 5


def test_the_same_answers_give_the_same_bytes_again(said, make):
    assert make(said("cautions")) == make(said("cautions"))
