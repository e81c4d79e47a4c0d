"""The reviewer's workbook: all rules with their examples, on paper and as a table."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pytest
from gate import by_validator
from PIL import ImageChops

from questionnaire.cli.main import main
from questionnaire.content.content import read_content, read_reviewers_terms
from questionnaire.report.html import workbook_to_html
from questionnaire.report.pdf.render import to_pdf
from questionnaire.report.workbook import make_workbook
from questionnaire.report.workbook_csv import to_csv

TODAY = date(2026, 11, 22)
BOM = b"\xef\xbb\xbf"
CLAIMS = {"One thing": True, "Another": False}
RULES = {rule.id: rule for rule in read_content().rulebook.rules}


@pytest.fixture(scope="module")
def workbook():
    return make_workbook(read_content(), CLAIMS, today=TODAY)


@pytest.fixture(scope="module")
def pdf(workbook):
    return to_pdf(workbook_to_html(workbook))


@pytest.fixture(scope="module")
def pages(pdf):
    document = pdfium.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def entries(workbook):
    return {entry.rule.id: entry for group in workbook.entries.values() for entry in group}


def run_together(text):
    return "".join(text.split()).replace("\N{NO-BREAK SPACE}", "").replace("\ufffe", "-")


NEVER = '{ age_group = "under_18", needles = "nervous" }'
ALWAYS = '{ needles = ["comfortable", "nervous", "fainted_before", "strong_fear"] }'


@pytest.mark.exhaustive
@pytest.mark.parametrize("when", [NEVER, ALWAYS])
def test_a_rule_for_nobody_or_everybody_is_reported_with_the_claim_that_it_breaks(
    change, copy, when, tmp_path, capsys
):
    change("rules/needles.toml", '{ needles = "nervous" }', when)
    file = tmp_path / "workbook.CSV"
    assert main(["workbook", "-o", str(file), "--content", str(copy)]) == 1
    assert "rule 'needles_nervous': no example person was found" in capsys.readouterr().err
    assert file.read_bytes().startswith(BOM)
    table = file.read_text("utf-8-sig")
    assert "NONE WAS FOUND" in table
    assert "NOT so: Every answer leads to what is promised of it" in table
    assert "Proved when this was made: The questions end where an ending is found" in table


# What is in it


def test_every_rule_and_every_question_is_in_it(content, workbook):
    assert list(entries(workbook)) == [rule.id for rule in content.rulebook.rules]
    assert [asked.question for asked in workbook.asked] == list(content.questions)
    assert workbook.unshown == ()


def test_a_condition_is_written_in_the_words_of_the_questions(workbook):
    when = {rule: entry.when for rule, entry in entries(workbook).items()}
    assert when["pain_not_checked"] == ("Looked into: “No, not yet” or “I am not sure”",)
    (in_pregnancy,) = when["pregnancy_new_pain"]
    assert in_pregnancy == (
        "Pregnancy: “Yes, I am pregnant” or “I could be”; and "
        "Usual or new: “It is new, or it has changed or got worse”"
    )
    assert when["improved_sleep"][1] == "Sleep, past week: below 4"
    assert when["personalised"][0] == "Pain: 2 or more of the options"
    assert len(when["personalised"]) == 3


@pytest.mark.exhaustive
def test_a_lower_limit_is_written_out_too(copy, change):
    change(
        "rules/benefits_article.toml",
        "{ sleep_quality = { below = 4 } }",
        "{ sleep_quality = { at_least = 8 } }",
    )
    entry = entries(make_workbook(read_content(copy), CLAIMS, today=TODAY))["improved_sleep"]
    assert entry.when[1] == "Sleep, past week: 8 or more"
    assert entry.is_shown


def test_an_example_says_what_was_concluded(content, workbook):
    entry = entries(workbook)["anticoagulant"]
    outcomes = content.rulebook.outcomes
    assert entry.hit == (
        "Medicines to know of: A blood thinner, such as warfarin, apixaban, "
        f"rivaroxaban or heparin. Outcome: {outcomes['doctor_first'].title} "
        "(other rules: anticoagulant_deep_needling)"
    )
    assert entry.miss == f"what the well person says. Outcome: {outcomes['discuss'].title}"


def test_a_source_says_how_well_it_is_known(workbook):
    (known,) = entries(workbook)["cold_pale_limb"].sources
    assert "‡\N{NO-BREAK SPACE}Known from another text" in known
    assert "[MEM]" in entries(workbook)["stroke_signs"].sources[0]


def test_every_class_kind_and_source_has_a_name(content):
    """Each class, kind of answer and kind of source that there is has a name."""
    words = read_reviewers_terms()
    classes = {f"{rule.kind} {rule.level}".strip() for rule in content.rulebook.rules}
    assert set(words["classes"]) == classes
    assert set(words["kinds"]) == {question.kind for question in content.questions}
    assert {source.seen for source in content.rulebook.sources.values()} < set(words["sources"])


# On paper


@pytest.mark.exhaustive
def test_all_of_it_is_on_paper(content, workbook, pages):
    text = run_together(" ".join(re.sub(r"acuscreen · .*? page \d+ of \d+", "", p) for p in pages))
    for entry in entries(workbook).values():
        rule = entry.rule
        for words in (rule.id, entry.code, rule.says, *entry.when, rule.because, rule.advice):
            assert run_together(words) in text, rule.id
        for words in (*entry.sources, entry.hit, entry.miss, *rule.evidence, rule.against):
            assert run_together(words) in text, rule.id
    for question in content.questions:
        for words in (question.ask, question.help, *(each.label for each in question.options)):
            assert run_together(words) in text, question.id
    for words in (*workbook.proved, *workbook.works.values(), workbook.well):
        assert run_together(words) in text


def test_there_is_a_place_for_initials_and_a_date_under_each(content, workbook):
    html = workbook_to_html(workbook)
    signed = len(RULES) + len(content.questions) + len(content.rulebook.outcomes)
    assert html.count("agreed <span") == signed
    assert html.count("initials <span") == signed + 1


@pytest.mark.exhaustive
def test_its_pages_are_numbered_and_name_the_content(content, pages):
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
        assert content.sha256[:12] in page


@pytest.mark.exhaustive
def test_it_is_accessible(pdf):
    assert by_validator(pdf) == set()


@pytest.mark.exhaustive
def test_its_paper_size_is_the_one_chosen(workbook):
    assert "@page { size: letter; }" in workbook_to_html(replace(workbook, paper="letter"))
    assert "@page { size: a4; }" in workbook_to_html(workbook)


@pytest.mark.exhaustive
def test_it_is_black_on_white(pdf):
    for page in pdfium.PdfDocument(pdf):
        red, green, blue = page.render(scale=0.5).to_pil().convert("RGB").split()
        assert ImageChops.difference(red, green).getbbox() is None
        assert ImageChops.difference(green, blue).getbbox() is None


# As a table


def test_the_table_has_a_row_for_each_rule_and_each_question(content, workbook):
    rows = list(csv.DictReader(io.StringIO(to_csv(workbook).decode("utf-8-sig"))))
    of = {part: [row for row in rows if row["part"] == part] for part in ("rule", "question")}
    assert [row["id"] for row in of["rule"]] == list(RULES)
    assert [row["id"] for row in of["question"]] == [each.id for each in content.questions]
    for row in of["rule"]:
        assert row["what the source says"] == RULES[row["id"]].says
        assert row["code"] == content.code(RULES[row["id"]])
        assert row["initials"] == row["date"] == row["remarks"] == ""


def test_no_cell_is_taken_for_a_formula(workbook):
    for row in csv.reader(io.StringIO(to_csv(workbook).decode("utf-8-sig"))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


# The command


@pytest.mark.exhaustive
def test_the_command_makes_a_pdf_where_the_name_says_so(tmp_path):
    assert main(["workbook", "-o", str(tmp_path / "workbook.pdf")]) == 0
    assert (tmp_path / "workbook.pdf").read_bytes().startswith(b"%PDF-")


def test_another_file_name_is_refused(tmp_path, capsys):
    assert main(["workbook", "-o", str(tmp_path / "workbook.doc")]) == 2
    assert "is a .pdf or a .csv" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_existing_workbook_is_left_as_it_is(tmp_path):
    (tmp_path / "w.csv").write_text("with remarks", "utf-8")
    assert main(["workbook", "-o", str(tmp_path / "w.csv")]) == 3
    assert (tmp_path / "w.csv").read_text("utf-8") == "with remarks"


def test_unreadable_content_is_reported(tmp_path, capsys):
    assert main(["workbook", "-o", str(tmp_path / "w.csv"), "--content", str(tmp_path)]) == 2
    assert "no questions here" in capsys.readouterr().err


def test_without_signatures_every_rule_is_not_yet_reviewed(workbook):
    assert workbook.signed == 0
    assert {entry.reviewed for entry in entries(workbook).values()} == {
        "not yet reviewed by a clinician"
    }


@pytest.mark.exhaustive
def test_a_signed_rule_is_counted_with_who_signed_it_and_when(sign):
    made = make_workbook(sign("anticoagulant", "diabetes"), CLAIMS, today=TODAY)
    assert made.signed == 2
    assert entries(made)["diabetes"].reviewed == "Dr A. Example, GP, 2026-12-01"


def test_a_claim_that_was_not_proved_is_not_said_to_be_proved(workbook):
    assert workbook.proved == (
        "Proved when this was made: One thing.",
        "NOT so: Another. Run acuscreen check, and do not sign.",
    )
