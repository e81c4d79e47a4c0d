"""What is taken along, and what is brought along."""

import json
from datetime import timedelta

import pytest
from records import response_on
from vignettes import answers_of, baseline
from visitors import Visitor, an_emergency, pages_of

from questionnaire.answers.draft import read_draft, write_draft
from questionnaire.answers.file import answers_of as file_of
from questionnaire.answers.file import read_answers
from questionnaire.answers.given import in_full
from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.result import to_json
from questionnaire.content.content import read_content
from questionnaire.content.versions import read_released, released_versions
from questionnaire.handover.payload import pack
from questionnaire.handover.qr import code_for
from questionnaire.interview.flow import SKIPPED, next_question
from questionnaire.interview.validation import validate
from questionnaire.report.settings import today


def test_a_draft_kept_at_any_question_goes_on_there(pages, content):
    answers, visitor = answers_of("typical", content), Visitor(pages)
    visitor.begins()
    for _ in range(9):
        visitor.says(answers[visitor.asked()])
    asked = visitor.asked()
    assert "/acuscreen-draft.json" in visitor.page.links
    draft = visitor.get("/acuscreen-draft.json").body
    assert len(read_draft(draft, content).said) == 9
    another = Visitor(pages)
    another.brings(draft)
    assert another.asked() == asked


def test_a_draft_of_older_questions_says_what_is_asked_again(pages, content):
    said = {"country": "uk", "answered_by": "self", "age_group": "18_to_49"}
    digest = content.question("age_group").digest.encode()
    draft = write_draft(content, said, today()).replace(digest, b"0" * len(digest))
    visitor = Visitor(pages)
    page = visitor.brings(draft)
    assert visitor.asked() == "age_group"
    assert f"asked again: {content.question('age_group').short}." in page.words


def test_an_answers_file_leads_to_the_review(pages, content):
    visitor = Visitor(pages)
    assert visitor.brings(file_of(content, baseline())).h1 == ["Your answers"]
    visitor.finishes()
    said = read_answers(file_of(content, baseline()), content).said
    assert visitor.get("/answers.json").body == file_of(content, said)


def test_a_sign_in_a_file_that_cannot_wait_comes_first(pages, content):
    _, answers = an_emergency(content)
    visitor = Visitor(pages)
    visitor.brings(file_of(content, answers))
    assert visitor.response.path == "/emergency"
    visitor.brings(write_draft(content, answers, today()))
    assert visitor.response.path == "/emergency"


def test_a_report_that_was_brought_along_is_read(pages, content, printed):
    visitor = Visitor(pages)
    page = visitor.brings(printed("typical").pdf)
    assert page.h1 == ["Your answers"]
    assert "come out of a report" in page.words
    visitor.finishes()
    said = answers_of("typical", content)
    assert visitor.page.outcome == case_of(content, said).conclusion.outcome


def test_answers_of_a_released_version_are_read_and_reported_under_it(content, copy, change):
    released = released_versions()[0]
    named = f'version = "{content.version}"'
    text = (copy / "rules" / "content.toml").read_text(encoding="utf-8")
    change(
        "rules/content.toml",
        next(each for each in text.splitlines() if named in " ".join(each.split())),
        'version = "9999.1"',
    )
    kept = read_released(released, content)
    visitor = Visitor(pages_of(read_content(copy)))
    visitor.brings(file_of(kept, said := whoever_was_asked(kept)))
    visitor.finishes()
    assert visitor.get("/result.json").body == to_json(case_of(kept, said))


def whoever_was_asked(kept):
    """Somebody like the usual person, who has answered whatever was asked under older content."""
    said = {}
    while question := next_question(kept.questions, said):
        usual = baseline().get(question.id, SKIPPED)
        said[question.id] = usual if not validate(question, usual) else quiet_answer(question)
    return said


def quiet_answer(question):
    """What raises nothing, if anything does not."""
    if question.optional:
        return SKIPPED
    alone = [option.id for option in question.options if option.exclusive]
    return tuple(alone[:1]) if question.kind == "many" else question.options[-1].id


def test_a_response_from_a_health_record_is_taken_up(pages, content):
    visitor = Visitor(pages)
    brought = json.dumps(response_on(content, baseline())).encode()
    assert visitor.brings(brought).h1 == ["Your answers"]
    visitor.finishes()
    assert visitor.page.outcome == case_of(content, baseline()).conclusion.outcome
    wrong = visitor.brings(b'{"resourceType": "Patient"}')
    assert wrong.response.status == 422


def test_the_day_of_the_answers_is_kept_and_told(pages, content):
    day = today() - timedelta(days=3)
    brought, visitor = file_of(content, baseline(), day), Visitor(pages)
    said = read_answers(brought, content).said
    page = visitor.brings(brought)
    assert f"You gave these answers on {in_full(day)}." in page.words
    visitor.finishes()
    assert f"These answers were given on {in_full(day)}." in visitor.page.words
    assert f"These answers were given on {in_full(day)}." in visitor.get("/report").words
    assert visitor.get("/answers.json").body == file_of(content, said, day)
    assert visitor.get("/result.json").body == to_json(case_of(content, said, day))


@pytest.mark.parametrize("write", [write_draft, file_of])
def test_after_four_weeks_the_warning_signs_are_asked_again(write, pages, content):
    _, answers = an_emergency(content)
    day = today() - timedelta(days=29)
    visitor = Visitor(pages)
    page = visitor.brings(write(content, answers, day))
    assert visitor.asked().startswith("warning_")
    assert "more than four weeks ago" in page.words


def test_a_draft_of_today_says_so(visitor, content):
    visitor.begins()
    visitor.says("uk")
    assert read_draft(visitor.get("/acuscreen-draft.json").body, content).given == today()


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"{",
        b"{}",
        b"hello",
        b"%PDF-1.7 nothing",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xfe{",
        b'{"format": "acuscreen-answers/1"}',
        b'{"format": "acuscreen-draft/1"}',
        b"[1]",
        b"{" * 9999,
    ],
)
def test_what_cannot_be_read_is_told_with_the_reason_and_changes_nothing(file, pages):
    visitor = Visitor(pages)
    visitor.begins()
    visitor.says("uk")
    page = visitor.brings(file)
    assert page.response.status == 422
    assert page.title.startswith("Error: ")
    assert visitor.get("/question/2").response.path == "/question/2"


def test_the_code_holds_the_answers(visitor, content):
    visitor.answers_all(content, baseline())
    drawn = visitor.get("/acuscreen-code.svg")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    dark = code_for(pack(content, case_of(content, baseline()).record)).path
    assert f'd="{dark}"'.encode() in drawn.body


def test_before_the_end_no_result_can_be_had(visitor):
    visitor.begins()
    for path in ("/result", "/report", "/answers.json", "/result.json", "/acupuncture-report.pdf"):
        visitor.get(path)
        assert visitor.response.path == "/question/1"


def test_no_benefit_is_shown_where_help_comes_first(pages, content):
    for who in ("emergency", "today"):
        visitor = Visitor(pages)
        page = visitor.answers_all(content, answers_of(who, content))
        withheld = case_of(content, answers_of(who, content)).conclusion.withheld
        assert not any(each.rule.title in page.words for each in withheld)


def test_large_letters_and_codes_can_be_left_out(content):
    house = pages_of(content, code=False)
    visitor = Visitor(house)
    visitor.answers_all(content, baseline())
    assert "QR code" not in visitor.get("/report").words
