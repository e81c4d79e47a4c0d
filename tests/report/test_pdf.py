"""The file that people print: whole, readable by everyone, and the same every time."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from gate import by_validator
from parts import later
from printing import pages, run_together
from tags import tree
from vignettes import BRIEF, PAPERS, PEOPLE, TODAY, answers_of, in_each
from weasyprint.svg import TAGS
from weasyprint.urls import FatalURLFetchingError

from benchmarks.finding import more_and_more
from questionnaire.conclusion.case import case_of
from questionnaire.handover.attachments import carried_id
from questionnaire.handover.qr import code_for
from questionnaire.interview.alarm import SELF_HARM
from questionnaire.interview.flow import relevant, visible
from questionnaire.report.documents import to_pdf
from questionnaire.report.html import to_html
from questionnaire.report.pdf import render as printer
from questionnaire.report.pdf.render import UNDRAWABLE
from questionnaire.report.report import compose
from questionnaire.report.settings import Settings

TEXT_FONT, OTHER_FONT = "acuscreen-atkinson-hyperlegible", "acuscreen-noto-sans"


@pytest.fixture
def said(content):
    return lambda who: answers_of(who, content)


@pytest.fixture
def make(printed):
    return lambda said, paper="a4": printed(said, paper=paper).pdf


@pytest.fixture
def carrying(content, said):
    page = to_html(compose(case_of(content, said("under 18")), today=TODAY))
    return lambda carried: printer.to_pdf(page, carried)


@pytest.mark.parametrize("who", [*PEOPLE, *BRIEF])
def test_every_answer_is_on_paper(content, said, make, who):
    text = run_together(tree(make(said(who))).spoken())
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


@pytest.mark.parametrize(("who", "paper"), in_each(PAPERS, [*PEOPLE, "everything"]))
def test_three_pages_are_to_be_read_five_of_the_fullest_and_two_may_be_left_out(
    make, said, who, paper
):
    told = pages(make(said(who), paper))
    last = next(at for at, text in enumerate(told) if "All your answers" in text)
    assert last <= (5 if who in {"cautions", "doctor first", "everything"} else 3)
    assert len(told) - last <= 2


@pytest.mark.exhaustive
@pytest.mark.parametrize("urgent", [False, True])
def test_however_much_comes_up_the_last_part_has_two_pages_at_most(content, make, urgent):
    for person in more_and_more(content, urgent=urgent):
        told = pages(make(person))
        last = next(at for at, text in enumerate(told) if "All your answers" in text)
        assert len(told) - last <= 2


@pytest.mark.parametrize(
    ("joint", "checked", "paper"),
    [
        ("none_given", "yes_explained", "letter"),
        ("inflammatory", "yes_no_cause", "a4"),
        *later(
            ("none_given", "yes_explained", "a4"),
            ("osteoarthritis", "yes_no_cause", "a4"),
            ("unsure", "no", "a4"),
            ("unsure", "no", "letter"),
        ),
    ],
)
def test_all_that_can_be_ticked_but_no_warning_sign_has_five_pages_to_read_and_two(
    content, said, make, joint, checked, paper
):
    """On letter paper it is six where the joints, or what was looked into, add a point."""
    calm = {each.id: ("none",) for each in content.questions if each.id.startswith("warning_")}
    ticked = {"joint_diagnosis": joint, "pain_checked": checked, "pain_change": "same_as_usual"}
    told = pages(make(said("everything") | calm | ticked, paper))
    last = next(at for at, text in enumerate(told) if "All your answers" in text)
    assert last <= 5
    assert len(told) - last <= 2
    assert "See a doctor first" in told[0]


def test_the_last_part_is_left_out_of_print_where_that_is_wished(content, said, make, printed):
    whole = pages(make(said("typical")))
    brief = pages(printed("typical", brief=True).pdf)
    last = next(at for at, text in enumerate(whole) if "All your answers" in text)
    assert len(brief) == last
    text = " ".join(brief)
    assert "All your answers" not in text
    assert "References" not in text
    assert not re.search(r"\[\d+(, \d+)*\]", text)
    assert content.sha256[:12] in text


def test_what_the_file_carries_is_the_same_with_the_last_part_and_without(content, said):
    case = case_of(content, said("typical"))
    carried = [_carried(to_pdf(case, Settings(TODAY, brief=brief))) for brief in (True, False)]
    assert carried[0] == carried[1]
    assert {"answers.json", "result.json"} <= carried[0].keys()


def _carried(pdf):
    with pikepdf.open(BytesIO(pdf)) as file:
        return {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}


@pytest.mark.parametrize(("who", "paper"), in_each(PAPERS, BRIEF))
def test_whoever_should_stop_here_gets_one_page(said, make, who, paper):
    assert len(pages(make(said(who), paper))) == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_whoever_stops_late_with_every_sign_ticked_still_gets_one_page(content, said, make, paper):
    (only,) = pages(make(said("everything, stopped"), paper))
    assert "999" in only
    report = compose(case_of(content, said("everything, stopped")), today=TODAY)
    for point in report.points["emergency"]:
        if point.rule.id != SELF_HARM:
            assert run_together(point.rule.because[1:]) in run_together(only)


@pytest.mark.parametrize("who", PEOPLE)
def test_page_one_stands_alone(content, said, make, who):
    first = run_together(pages(make(said(who)))[0])
    report = compose(case_of(content, said(who)), today=TODAY)
    for words in (report.title, report.next, *report.because[:3]):
        assert run_together(words) in first
    for question in ("pain_types", "pain_duration"):
        assert run_together(report.replies[question].question.short) in first
    for question in ("pain_average", "pain_enjoyment", "pain_activity"):
        short = report.replies[question].question.short
        told = run_together(f"{short} 5 of 10"), run_together(f"{short}: 5 of 10")
        assert any(each in first for each in told)


def test_page_one_holds_the_code_of_whoever_needs_help_first(content, said):
    people = {who: said(who) for who in ("today", "emergency", *BRIEF)}
    for who, answers in people.items():
        report = compose(case_of(content, answers), today=TODAY, paper="letter")
        page = to_html(replace(report, code=code_for("A7" * 30)))
        pdf = printer.to_pdf(page)
        first = " ".join(pages(pdf)[0].split())
        assert report.title in first, who
        assert "no name, no own words" in first, who
    assert by_validator(pdf) == set()


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


def test_the_paper_size_is_the_one_chosen(said, make):
    for paper, width, height in (("a4", 595, 842), ("letter", 612, 792)):
        page = pdfium.PdfDocument(make(said("doctor first"), paper))[0]
        assert (round(page.get_width()), round(page.get_height())) == (width, height)


def test_it_is_tagged_titled_and_in_english(said, make):
    with pikepdf.open(BytesIO(make(said("typical")))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "en-GB"
        assert "acupuncture" in str(file.docinfo.Title)


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
    pdf = make(said("other scripts"))
    assert {name.removesuffix("-Bold") for name in fonts(pdf)} == {TEXT_FONT, OTHER_FONT}
    assert "Привет, γειά, नमस्ते" in " ".join(pages(pdf))


def test_what_no_font_can_draw_is_marked_and_the_report_says_so(said, make):
    text = " ".join(pages(make(said("unprintable"))))
    assert f"Hello {UNDRAWABLE * 2} {UNDRAWABLE}!" in text
    assert "a sign that we cannot print" in text
    assert f"Name {UNDRAWABLE}" in text
    assert "a sign that we cannot print" not in " ".join(pages(make(said("typical"))))


def test_html_that_was_typed_is_printed_as_text(said, make):
    who = said("typed html")
    assert run_together(who["notes"]) in run_together(" ".join(pages(make(who))))


@pytest.mark.parametrize(
    "failure",
    [
        KeyboardInterrupt,
        *later(MemoryError, ValueError),
    ],
)
def test_a_picture_that_fails_is_not_left_out(content, said, monkeypatch, failure):
    """WeasyPrint goes on without it, even when somebody has pressed Ctrl-C."""

    def fail(*_):
        raise failure

    monkeypatch.setitem(TAGS, "path", fail)
    with pytest.raises(failure):
        to_pdf(case_of(content, said("typical")), Settings(TODAY))


@pytest.mark.parametrize("address", ["http://example.org/x.png", "file:///etc/hostname", "data:,x"])
def test_nothing_is_ever_fetched(address):
    page = f"<html lang='en'><title>x</title><img alt='x' src='{address}'></html>"
    with pytest.raises(FatalURLFetchingError, match="only its fonts"):
        printer.to_pdf(page)


MAKE = """
import sys
from dataclasses import replace
from datetime import date
from questionnaire.conclusion.case import case_of
from questionnaire.content.content import read_content
from questionnaire.report.html import to_html
from questionnaire.report.pdf.render import to_pdf
from questionnaire.report.report import compose
said = {"answered_by": "self", "age_group": "under_18"}
report = compose(case_of(read_content(), said), today=date(2026, 11, 22))
sys.stdout.buffer.write(to_pdf(to_html(report).replace("page", "page Ωж")))
"""


@pytest.mark.exhaustive
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
    assert by_validator(pdf) == set()
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


def test_the_same_answers_give_the_same_bytes_again(content, said, make):
    again = to_pdf(case_of(content, said("cautions")), Settings(TODAY))
    assert make(said("cautions")) == again
