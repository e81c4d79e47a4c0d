"""A name or note turns nothing but itself, wherever it is printed."""

import json
import re
from itertools import pairwise
from unicodedata import bidirectional

import pypdfium2 as pdfium
import pytest
from parts import later
from printing import pages
from vignettes import TODAY, answers_of

from questionnaire.answers.draft import read_draft, write_draft
from questionnaire.answers.file import answers_of as file_of
from questionnaire.answers.file import read_answers
from questionnaire.batch.names import report_name
from questionnaire.cli.main import main
from questionnaire.conclusion.case import case_of
from questionnaire.handover.payload import pack
from questionnaire.handover.recover import from_file, from_text
from questionnaire.interview.flow import SKIPPED, record
from questionnaire.interview.wording import in_words
from questionnaire.paper.wording import reviewed
from questionnaire.report.documents import given_back, to_page, to_pdf
from questionnaire.report.pdf import fonts
from questionnaire.report.pdf.render import UNDRAWABLE
from questionnaire.report.settings import Settings

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NAME = "\u2069\u202eAnn\u2067\u200f Lee\u061c\u202b"
FORMS = {"report": {}, "large": {"large": True}, "practitioner": {"summary_only": True}}


@pytest.fixture
def turned(content):
    return answers_of("typical", content) | {"name": NAME, "notes": f"Is it \u202esafe?{TURNING}"}


@pytest.mark.parametrize(
    "form",
    [
        "report",
        *later("large", "practitioner"),
    ],
)
def test_the_date_on_paper_runs_from_left_to_right(printed, turned, form):
    report = printed(turned, **FORMS[form])
    foot = "Ann Lee · 22 November 2026"
    for number, told in enumerate(pages(report.pdf)):
        assert foot in told
        text = pdfium.PdfDocument(report.pdf)[number].get_textpage()
        at, length = text.search(foot).get_next()
        lefts = [text.get_charbox(each)[0] for each in range(at, at + length)]
        assert all(before <= after for before, after in pairwise(lefts) if after)
    assert "Is it safe?" in " ".join(pages(report.pdf))
    assert "a sign that we cannot print" not in " ".join(pages(report.pdf))


@pytest.mark.parametrize("form", FORMS)
def test_no_page_for_a_browser_holds_a_mark_that_turns(content, turned, form):
    page = to_page(case_of(content, turned), Settings(TODAY, **FORMS[form])).decode()
    assert not set(page) & set(TURNING)
    assert "<p>Ann Lee · 22\N{NO-BREAK SPACE}November 2026</p>" in page
    assert "Is it safe?" in page


@pytest.mark.parametrize("name", ["שלום", "مرحبا", "٣٤", "Dr שלום"])
def test_letters_from_the_right_are_kept_apart_from_what_stands_beside_them(content, name):
    said = answers_of("typical", content) | {"name": name, "notes": f"{name}?"}
    page = to_page(case_of(content, said), Settings(TODAY)).decode()
    body = page[page.index("<header>") :]
    assert f"<p><bdi>{name}</bdi> · 22\N{NO-BREAK SPACE}November 2026</p>" in body
    assert body.count(name) == body.count(f"<bdi>{name}") == 4
    alone = to_page(case_of(content, said), Settings(TODAY, summary_only=True)).decode()
    body = alone[alone.index("<header>") :]
    assert body.count(name) == body.count(f"<bdi>{name}") == 3


def test_html_that_was_typed_beside_them_is_text(content):
    said = answers_of("typical", content) | {"name": "<b>שלום</b>"}
    page = to_page(case_of(content, said), Settings(TODAY)).decode()
    assert "<bdi>&lt;b&gt;שלום&lt;/b&gt;</bdi>" in page
    assert "<b>שלום" not in page


def test_no_letter_that_a_page_can_be_set_in_runs_from_the_right():
    """Else the foot, which is one text, would have to keep the name apart from the date."""
    drawn = fonts._characters(fonts._TEXT) | fonts._characters(fonts._OTHER)
    found = [each for each in map(chr, drawn) if bidirectional(each) in {"R", "AL", "AN"}]
    assert set(found) <= set(TURNING)


def test_a_name_from_the_right_leaves_the_date_on_paper_as_it_is(printed, content):
    said = answers_of("typical", content) | {"name": "שלום", "notes": "مرحبا 12"}
    told = pages(printed(said).pdf)
    assert f"{UNDRAWABLE * 4} · 22 November 2026" in told[-1]
    assert f"{UNDRAWABLE * 5} 12" in " ".join(told)


def test_no_line_in_a_terminal_holds_a_mark_that_turns(content, turned):
    name = content.question("name")
    assert in_words(name, NAME, content.words) == "Ann Lee"
    assert "Ann Lee" in reviewed(content, turned)
    assert not set(reviewed(content, turned)) & set(TURNING)
    recovered = from_file(to_pdf(case_of(content, turned), Settings(TODAY)), content)
    told = given_back(recovered, 76)
    assert "- Name: Ann Lee\n" in told
    assert not set(told + recovered.file.decode()) & set(TURNING)
    assert recovered.case.record.said["name"] == NAME


def test_what_cannot_be_seen_is_no_answer(content):
    unseen = "\u200b\u202e"
    said = answers_of("typical", content) | {"name": unseen}
    name = content.question("name")
    assert in_words(name, unseen, content.words) == content.words["not_said"]
    page = to_page(case_of(content, said), Settings(TODAY)).decode()
    assert "<p>22\N{NO-BREAK SPACE}November 2026</p>" in page
    assert read_answers(file_of(content, said), content).said["name"] is SKIPPED


def test_files_keep_what_was_typed_and_turn_nothing_when_they_are_looked_at(content, turned):
    for raw in (file_of(content, turned), write_draft(content, turned)):
        assert not set(raw.decode()) & set(TURNING)
        assert json.loads(raw)["answers"]["name"] == NAME
    assert read_answers(file_of(content, turned), content).said["name"] == NAME
    assert read_draft(write_draft(content, turned), content).said["name"] == NAME
    bare = re.sub(
        r"\\u(20..|061c)",
        lambda mark: chr(int(mark[1], 16)),
        file_of(content, turned).decode(),
    )
    assert NAME in bare
    assert read_answers(bare.encode(), content).said["name"] == NAME


def test_the_code_holds_nothing_that_was_typed(content, turned):
    recovered = from_text(pack(content, record(content.questions, turned)), content)
    assert "name" not in recovered.case.record.answers


def test_the_name_of_a_report_turns_nothing(content, turned):
    name = report_name("p\u202e01\u115f", file_of(content, turned), Settings(TODAY))
    assert name.startswith("p01-")


def test_the_name_of_a_file_turns_no_message(tmp_path, capsys):
    assert main(["result", str(tmp_path / "a\u202eb.json")]) == 2
    assert f"a{UNDRAWABLE}b.json: cannot be read" in capsys.readouterr().err


def test_no_table_and_no_line_of_a_batch_holds_a_mark_that_turns(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out\u202e"
    folder.mkdir()
    (folder / "p\u202e1.json").write_text(
        '{"format": "acuscreen-answers/1", "answers": {"\u202e": 1}}'
    )
    assert main(["batch", str(folder), str(out), "--workers", "1"]) == 1
    told = capsys.readouterr()
    tables = "".join(each.read_text(encoding="utf-8") for each in out.glob("*.csv"))
    assert f"p{UNDRAWABLE}1.json" in tables
    assert f"out{UNDRAWABLE}: " in told.out
    assert not set(tables + told.out + told.err) & set(TURNING)
