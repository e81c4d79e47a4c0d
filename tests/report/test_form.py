"""The form to fill in by hand: it asks what the interview asks, and says whom to call."""

import logging
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from gate import by_validator
from PIL import ImageChops

from questionnaire.check.edition import EXCEPTIONS, read_edition, words_of
from questionnaire.check.readability import HIGHEST_GRADE, grade
from questionnaire.cli.main import main
from questionnaire.content.content import ROOT, read_content
from questionnaire.content.numbering import lettered, numbered
from questionnaire.report.form import make_form, tier_of
from questionnaire.report.html import blank_to_html
from questionnaire.report.pdf.render import to_pdf
from rules import AtLeast, Below, ChosenAtLeast, Condition, OneOf

TODAY = date(2026, 11, 22)
MM = 72 / 25.4


@pytest.fixture(scope="module")
def form():
    return make_form(read_content(), today=TODAY)


@pytest.fixture(scope="module", params=["a4", "letter"])
def pdf(request, form):
    """The form on each paper; a warning of the renderer is a failure."""
    told = []
    logger = logging.getLogger("weasyprint")
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())
    logger.addHandler(handler)
    made = to_pdf(blank_to_html(replace(form, paper=request.param)))
    logger.removeHandler(handler)
    assert told == []
    return made


@pytest.fixture(scope="module")
def pages(pdf):
    document = pdfium.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def items(form):
    return [item for each in form.sections.values() for item in each]


def pieces(item):
    """All that stands on paper of a question, in the order read."""
    question = item.question
    yield f"{item.number} {question.ask}"
    yield from filter(None, [item.only_if, question.help])
    for box in item.boxes:
        yield f"{box.letter}{box.option.label}"
    if item.scale:
        yield " ".join(map(str, item.scale))
        yield f"{question.lowest} = {question.low}"
        yield f"{question.highest} = {question.high}"


def run_together(text):
    return "".join(text.split()).replace("\ufffe", "-")


def test_every_question_stands_whole_on_one_page_with_all_its_codes(form, pages):
    """In the order of the interview, and nothing of it is torn over a page."""
    pages, at = [run_together(page) for page in pages], 0
    for item in items(form):
        (where,) = [
            number
            for number, page in enumerate(pages)
            if all(run_together(piece) in page for piece in pieces(item))
        ]
        assert where >= at, item.question.id
        at = where


def test_no_line_breaks_off_after_a_word_or_two(form, pdf):
    """Which WeasyPrint 70 may do with a text that another element follows."""
    text = "\r\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))
    lines = text.split("\r\n")
    for item in items(form):
        for words in [*(box.option.label for box in item.boxes), item.question.help]:
            start = words[:20]
            first = next((line for line in lines if start in line), start)
            assert len(words) < 45 or len(first) >= 45, words


def test_it_asks_what_the_interview_asks_under_the_same_numbers_and_letters(form):
    questions = read_content().questions
    assert {item.number: item.question for item in items(form)} == numbered(questions)
    for item in items(form):
        letters = {box.letter: box.option for box in item.boxes}
        assert letters == lettered(item.question)
    assert [*form.sections] == [*dict.fromkeys(each.section for each in questions)]


def test_each_box_shows_the_urgency_that_the_rules_give_it(form, content):
    for item in items(form):
        for box in item.boxes:
            conclusion = content.conclude({item.question.id: (box.option.id,)})
            tiers = [tier for tier in ("emergency", "today") if conclusion.of("warning", tier)]
            assert box.tier == next(iter(tiers), ""), box.option.id


def test_every_rule_that_cannot_wait_has_its_box(content):
    """All that rest on one answer: no mark beside a box could tell what another box adds to it."""
    boxes = [(question, option) for question in content.questions for option in question.options]
    for rule in content.rulebook.rules:
        alone = all(len(row) == 1 for row in rule.when.alternatives)
        if alone and rule.kind == "warning" and rule.level in {"emergency", "today"}:
            assert any(
                tier_of(content, question, option) == rule.level
                for question, option in boxes
                if rule.when.holds({question.id: (option.id,)})
            ), rule.id


def test_whom_to_call_stands_up_front_and_beside_every_such_box(form, pages, content):
    numbers = [f"{number} {', '.join(names)}" for number, names in form.numbers.items()]
    assert {*form.numbers} == {country.emergency for country in content.countries}
    assert content.rulebook.outcomes["emergency"].next in pages[0]
    assert pages[0].index("call now") < pages[0].index("How to fill it in")
    for page in pages:
        if "call now" in page:
            assert all(number in page for number in numbers)
    tiers = [box.tier for item in items(form) for box in item.boxes]
    bars = sum("emergency" in item.tiers for item in items(form))
    assert sum(page.count("call now") for page in pages) == tiers.count("emergency") + bars + 1
    bars = sum("today" in item.tiers for item in items(form))
    assert sum(page.count("today") for page in pages) >= tiers.count("today") + bars


def test_only_the_countries_asked_for_are_named(content):
    form = make_form(content, today=TODAY, countries=("us", "ca"))
    assert form.numbers == {"911": ("United States", "Canada")}
    assert "999" not in blank_to_html(form)


def test_when_a_question_is_asked_is_said_in_plain_words(form):
    only_if = {item.question.id: item.only_if for item in items(form)}
    assert only_if["pain_types"] == ""
    assert only_if["warning_back"] == (
        "you ticked “Back pain” or “Pain that runs down a leg or an arm” at question 4"
    )
    assert only_if["sleep_nights"] == "you ticked any of a, b, c, d at question 29"
    assert only_if["warning_pregnancy"] == ("you ticked any of a, b, c, f at question 14")


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (((Below("pain_average", 4),),), "you circled less than 4 at question 10"),
        (
            ((AtLeast("pain_average", 4),), (OneOf("needles", ("nervous",)),)),
            (
                "you circled 4 or more at question 10; "
                "or if you ticked “They make me nervous” at question 36"
            ),
        ),
        (((ChosenAtLeast("pain_types", 2),),), "you ticked 2 boxes or more at question 4"),
    ],
)
def test_every_kind_of_condition_has_words_for_paper(content, when, words):
    notes = replace(content.question("notes"), when=Condition(when))
    form = make_form(replace(content, questions=(*content.questions, notes)), today=TODAY)
    assert items(form)[-1].only_if == words


def test_it_names_its_content_version_its_day_and_its_page(pages, content):
    for number, page in enumerate(pages, 1):
        assert f"content version {content.version} · 22 November 2026" in page
        assert f"page {number} of {len(pages)}" in page
        assert "Name, if you wish:" in page


def test_it_is_accessible_and_has_no_fields(pdf):
    assert by_validator(pdf) == set()
    with pikepdf.open(BytesIO(pdf)) as file:
        assert file.Root.MarkInfo.Marked
        assert "/AcroForm" not in file.Root


def test_no_text_is_smaller_than_14_points(pdf):
    for page in pdfium.PdfDocument(pdf):
        text = page.get_textpage()
        sizes = {
            round(pdfium_c.FPDFText_GetFontSize(text.raw, at), 2)
            for at in range(text.count_chars())
            if not text.get_text_range(at, 1).isspace()
        }
        assert min(sizes) >= 14


def test_every_box_is_a_drawn_square_of_5_mm_at_least(form, pdf):
    """As wide and as high as the black on white of its four sides."""
    boxes = 0
    for page in pdfium.PdfDocument(pdf):
        for drawn in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = drawn.get_bounds()
            if 5 * MM <= right - left <= 8 * MM and abs(right - left - (top - bottom)) < 1:
                boxes += 1
    assert boxes >= sum(len(item.boxes) for item in items(form))


def test_nothing_stands_within_12_mm_of_the_edge(pdf):
    for page in pdfium.PdfDocument(pdf):
        picture = page.render(scale=1).to_pil().convert("L")
        ink = ImageChops.invert(picture).point(lambda level: 255 * (level > 40)).getbbox()
        assert min(ink[0], ink[1]) >= 12 * MM - 1
        assert ink[2] <= picture.width - 12 * MM + 1
        assert ink[3] <= picture.height - 12 * MM + 1


def test_whoever_can_read_the_questions_can_read_the_form():
    edition = read_edition()
    said = words_of(edition.pages["report_templates/blank.html"])
    assert grade(said, edition.exceptions.names) <= HIGHEST_GRADE, EXCEPTIONS


def test_the_command_writes_the_form_and_needs_no_answers(tmp_path, capsys, content):
    path = tmp_path / "form.pdf"
    assert main(["report", "--blank", "-o", str(path), "--country", "uk"]) == 0
    assert path.stat().st_mode & 0o777 == 0o600
    text = pdfium.PdfDocument(path)[0].get_textpage().get_text_range()
    assert "999" in text
    assert "911" not in text
    assert main(["report", "--blank", "-o", str(path)]) == 3


@pytest.mark.parametrize("arguments", [["--blank", "answers.json"], []])
def test_a_report_is_on_answers_or_blank_and_not_both(arguments, tmp_path, capsys):
    assert main(["report", *arguments, "-o", str(tmp_path / "x.pdf")]) == 2
    assert capsys.readouterr().err == (
        "acuscreen: report: name either the answers file, or --blank for the empty form.\n"
    )


@pytest.mark.parametrize(
    "options",
    [
        ["-o", "form.html"],
        ["--html", "-o", "form"],
        ["--large-print", "-o", "form.pdf"],
        ["--practitioner", "-o", "form.pdf"],
    ],
)
def test_a_form_that_does_not_exist_is_refused(options, tmp_path, monkeypatch, capsys, content):
    monkeypatch.chdir(tmp_path)
    assert main(["report", "--blank", *options]) == 2
    assert capsys.readouterr().err == f"acuscreen: {content.words['blank_alone']}\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("options", [["--html"], ["--large-print", "--practitioner"]])
def test_a_refusal_is_worded_under_an_older_content_too(options, tmp_path, capsys):
    kept = str(ROOT / "released" / "2026.1")
    path = str(tmp_path / "form.pdf")
    assert main(["report", "--blank", "--content", kept, *options, "-o", path]) == 2
    assert capsys.readouterr().err.startswith("acuscreen: ")


def test_an_older_content_gets_its_form_too(content):
    kept = read_content(ROOT / "released" / "2026.1")
    assert "content version 2026.1" in blank_to_html(make_form(kept, today=TODAY))
