"""The real program: in a terminal of 80 and of 40 columns, through a pipe, and left half-way."""

import json
import stat
import time

import pypdfium2
import pytest
from parts import later
from people import CTRL_C, CTRL_D, DOWN, ENTER, SPACE, in_order, keys_for
from program import lines_for, plainly

from questionnaire.answers.draft import read_draft
from questionnaire.answers.file import read_answers


@pytest.fixture
def person(baseline):
    return baseline | {
        "pain_types": ("back", "joints"),
        "notes": "Will it hurt?",
        "name": "Ada Bell",
    }


def answer_all(screen, content, person):
    """Answer every question as it comes, and see each of its options whole."""
    for question, answer in in_order(content.questions, person):
        screen.sees(question.ask)
        screen.types(keys_for(question, answer))


def pages(path):
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("columns", [40, *later(80)])
def test_a_person_answers_and_a_report_lies_in_the_folder(
    start, content, person, tmp_path, columns
):
    screen = start(columns, "--answers", "answers.json")
    answer_all(screen, content, person)
    screen.sees(content.words["review_hint"])
    screen.types(DOWN + ENTER)
    screen.sees(content.words["report_asks"])
    screen.types(DOWN + ENTER)
    assert screen.ends() == 0
    report = tmp_path / "acupuncture-report.pdf"
    assert mode(report) == mode(tmp_path / "answers.json") == 0o600
    assert "Ada Bell" in pages(report)[0]
    said = read_answers((tmp_path / "answers.json").read_bytes(), content).said
    assert said == {question.id: answer for question, answer in in_order(content.questions, person)}


@pytest.mark.exhaustive
def test_no_option_is_cut_off_at_40_columns(start, content, person):
    screen = start(40)
    for question, answer in in_order(content.questions, person):
        screen.sees(question.ask)
        for option in question.options:
            screen.sees(option.label)
            screen.types(DOWN)
        screen.types("\x1b[A" * len(question.options))
        screen.types(keys_for(question, answer))
    screen.sees(content.words["review_hint"])


def test_an_emergency_sign_says_whom_to_call_and_stops_with_one_page(
    start, content, person, tmp_path
):
    screen = start(80, "-o", "now.pdf")
    answer_all_until(screen, content, person, "warning_any")
    screen.types(DOWN * 2 + SPACE + ENTER)
    screen.sees("Call now: 999 (United Kingdom).", content.words["emergency_stop"])
    screen.types(DOWN + ENTER)
    assert screen.ends() == 0
    assert len(pages(tmp_path / "now.pdf")) == 1


def answer_all_until(screen, content, person, last):
    for question, answer in in_order(content.questions, person):
        screen.sees(question.ask)
        if question.id == last:
            return
        screen.types(keys_for(question, answer))


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_asks_once_and_keeps_nothing_unless_told_to(start, content, tmp_path, key):
    screen = start(80)
    screen.sees("Where is the person in pain now?")
    screen.types(key)
    screen.sees(content.words["leave_asks"])
    screen.types(DOWN + ENTER)
    assert screen.ends() == 130
    assert list(tmp_path.iterdir()) == []


def test_leaving_twice_asks_no_more(start, content, tmp_path):
    screen = start(80)
    screen.sees("Where is the person in pain now?")
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"])
    screen.types(CTRL_C)
    assert screen.ends() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_draft_can_be_kept_on_leaving_and_taken_up_again(start, content, person, tmp_path):
    screen = start(80)
    answer_all_until(screen, content, person, "pain_checked")
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"])
    screen.types(ENTER)
    screen.sees(content.words["draft_name"])
    screen.types(ENTER)
    assert screen.ends() == 130
    draft = tmp_path / "acuscreen-draft.json"
    assert mode(draft) == 0o600
    assert read_draft(draft.read_bytes(), content).said["pain_duration"] == "over_3_months"
    screen = start(80, "--resume", str(draft))
    screen.sees(content.words["resumed"], "Has a health professional looked into this pain?")


def test_a_draft_that_was_asked_for_is_there_even_when_the_program_is_killed(
    start, content, person, tmp_path
):
    screen = start(80, "--save", "draft.json")
    answer_all_until(screen, content, person, "pain_duration")
    screen.program.kill(9)
    said = read_draft((tmp_path / "draft.json").read_bytes(), content).said
    assert said["pain_types"] == ("back", "joints")
    assert [path.name for path in tmp_path.iterdir()] == ["draft.json"]


def test_leaving_without_the_draft_takes_it_away(start, content, tmp_path):
    screen = start(80, "--save", "draft.json")
    screen.sees("Where is the person in pain now?")
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"])
    screen.types(DOWN + ENTER)
    assert screen.ends() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_be_written_is_told_and_another_place_asked(
    start, content, person, tmp_path
):
    screen = start(80)
    answer_all(screen, content, person)
    screen.sees(content.words["review_hint"])
    screen.types(DOWN + ENTER)
    screen.sees(content.words["report_asks"])
    screen.types(DOWN * 2 + ENTER)
    screen.sees(content.words["report_name"])
    screen.types("\x15" + "no such folder/report.pdf" + ENTER)
    screen.sees("cannot be written", "no such file or directory")
    screen.types(DOWN + ENTER)
    assert screen.ends() == 0
    assert (tmp_path / "acupuncture-report.pdf").exists()


def test_what_was_typed_before_the_first_question_answers_none(start, content):
    screen = start(80)
    screen.types((DOWN + ENTER) * 5)
    screen.sees("question 1 of about")
    time.sleep(0.5)
    screen.read()
    assert "question 2" not in screen.words()


def test_the_same_interview_runs_through_a_pipe(content, person, tmp_path):
    done = plainly(tmp_path, [*lines_for(content, person), "1", "1"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\x1b" not in done.stdout
    assert done.stderr == ""
    assert "Will it hurt?" in " ".join(pages(tmp_path / "acupuncture-report.pdf"))


def test_the_end_of_the_input_leaves_with_nothing_written(content, person, tmp_path):
    for count in (0, 3, 15):
        done = plainly(tmp_path, lines_for(content, person)[:count])
        assert done.returncode == 130
        assert content.words["nothing_kept"] in done.stdout
        assert list(tmp_path.iterdir()) == []


def test_the_end_of_the_input_keeps_a_draft_that_was_asked_for(content, person, tmp_path):
    done = plainly(tmp_path, lines_for(content, person)[:5], "--save", "draft.json")
    assert done.returncode == 130
    said = read_draft((tmp_path / "draft.json").read_bytes(), content).said
    assert len(said) == 5


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(["--plain"], {}), ([], {"ACCESSIBLE": "1"}), ([], {"TERM": "dumb"})],
)
def test_plain_lines_can_be_asked_for_in_a_terminal(start, arguments, environment):
    screen = start(80, *arguments, **environment)
    screen.sees("1. United Kingdom", "Type one number.")
    screen.types(CTRL_D)
    screen.sees("1. Yes, save a draft on this computer")
    screen.types("2\r")
    assert screen.ends() == 130


def test_the_report_of_a_pipe_and_of_an_answers_file_are_the_same(content, person, tmp_path):
    date, paper = {"SOURCE_DATE_EPOCH": "1800000000"}, ("--paper", "letter")
    lines = [*lines_for(content, person), "1"]
    plainly(tmp_path, lines, "-o", "one.pdf", "--answers", "answers.json", *paper, **date)
    plainly(tmp_path, [], "report", "answers.json", "-o", "two.pdf", *paper, **date)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert pypdfium2.PdfDocument(tmp_path / "one.pdf")[0].get_size() == (612, 792)


def test_an_existing_file_stops_the_program_before_it_asks(tmp_path):
    (tmp_path / "mine.pdf").write_bytes(b"mine")
    done = plainly(tmp_path, [], "-o", "mine.pdf")
    assert done.returncode == 3
    assert done.stdout == ""
    assert (tmp_path / "mine.pdf").read_bytes() == b"mine"


def test_answers_are_in_no_argument_of_any_process_and_no_other_file(content, person, tmp_path):
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    work = tmp_path / "work"
    for folder in (home, temporary, work):
        folder.mkdir()
    places = {"HOME": str(home), "TMPDIR": str(temporary)}
    done = plainly(work, [*lines_for(content, person), "1"], "-o", "report.pdf", **places)
    assert done.returncode == 0
    assert [path.name for path in work.iterdir()] == ["report.pdf"]
    left = [path for folder in (home, temporary) for path in folder.rglob("*") if path.is_file()]
    assert not any(b"Ada Bell" in path.read_bytes() for path in left)


def test_the_result_of_every_run_can_be_read_by_programs(content, person, tmp_path):
    answers = {"format": "acuscreen-answers/1", "answers": person}
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    done = plainly(tmp_path, [], "result", "answers.json", "--json")
    assert json.loads(done.stdout)["outcome"] == "discuss"


def test_an_interview_is_not_lost_when_no_report_can_be_made(start, content, tmp_path):
    """No file may be larger than a page of text here, and a report needs its fonts."""
    screen = start(80, "--answers", "answers.json", limit=4096)
    screen.sees("Where is the person in pain now?")
    screen.types(DOWN + ENTER)
    screen.sees("Who is filling this in?")
    screen.types(DOWN + ENTER)
    screen.sees("How old is the person in pain?")
    screen.types(DOWN + ENTER)
    screen.sees(content.words["review_hint"])
    screen.types(DOWN + ENTER)
    screen.sees(content.words["report_asks"])
    screen.types(DOWN + ENTER)
    screen.sees("Error: the report: cannot be made", "Here, as acupuncture-report.html")
    screen.types(DOWN + ENTER)
    screen.sees("acupuncture-report.html: cannot be written")
    screen.types(DOWN * 3 + ENTER)
    screen.sees(content.words["leave_asks"])
    screen.types(ENTER)
    screen.sees(content.words["draft_name"])
    screen.types(ENTER)
    assert screen.ends() == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "acuscreen-draft.json",
        "answers.json",
    ]


def test_a_form_is_typed_in_at_40_columns_and_ctrl_c_asks_before_it_leaves(
    start, content, tmp_path
):
    screen = start(40, "enter", "--answers", "answers.json")
    screen.sees("1 Country (a to h):")
    screen.types("1a 2a 3a\r")
    screen.sees("3 Age: Under 18", "Type ok if it is right.")
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"], content.words["plain_ready"])
    screen.types("2\r")
    assert screen.ends() == 130
    assert list(tmp_path.iterdir()) == []
