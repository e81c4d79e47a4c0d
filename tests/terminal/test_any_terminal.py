"""Terminals as they are: of no width, made narrow, without UTF-8; and stopped from outside."""

import json
import os
import signal
import termios
import time
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

import pexpect
import pytest
from parts import later
from people import CTRL_C, CTRL_D, DOWN, ENTER, SPACE, UP
from program import PATIENCE, lines_for, plainly

from questionnaire.answers.draft import read_draft, write_draft
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.settings import today


@pytest.fixture
def draft(tmp_path, content, baseline):
    """A draft on which everything is said but the name, or up to a question."""

    def draft(until="name", **changes):
        person = baseline | {"notes": SKIPPED} | changes
        ids = [each.id for each in content.questions]
        said = {each: person[each] for each in ids[: ids.index(until)] if each in person}
        path = tmp_path / "draft.json"
        path.write_bytes(write_draft(content, said, today()))
        return path

    return draft


# How wide it is


@pytest.mark.parametrize("columns", [1, *later(0, 2, 11)])
def test_a_terminal_without_a_sensible_width_loses_no_answer(start, content, tmp_path, columns):
    """Ends an emergency: everything is shown after the last answer."""
    screen = start(80, "--plain", "--answers", "a.json", "-o", "report.html")
    screen.sees("Where is the person in pain now?", "Your answer:")
    screen.program.setwinsize(24, columns)
    screen.types("1" + ENTER)
    for seen in ("3. I work at the clinic", "3. 50 or over", content.words["review_hint"]):
        screen.sees(seen)
        time.sleep(0.3)  # until it waits for a line again
        screen.types("1" + ENTER)
    assert screen.ends() == 0
    assert json.loads((tmp_path / "a.json").read_bytes())["answers"]["age_group"] == "under_18"


@pytest.mark.parametrize("columns", [0, 2])
def test_a_list_is_asked_on_a_screen_that_says_it_has_no_width(start, columns):
    screen = start(80, "--save", "draft.json")
    screen.sees("Where is the person in pain now?")
    screen.program.setwinsize(24, columns)
    screen.types(DOWN + ENTER)
    time.sleep(1)
    screen.program.setwinsize(24, 80)
    screen.sees("Who is filling this in?")


def test_a_window_made_narrow_while_a_question_stands_cuts_no_option(start, content, draft):
    screen = start(80, "--resume", str(draft("warning_any")))
    screen.sees("Do you have any of these now")
    screen.types(SPACE + DOWN + DOWN)
    screen.resizes(40)
    labels = [option.label for option in content.question("warning_any").options]
    for label in labels[2:]:
        screen.sees(label)
        screen.types(DOWN)
    screen.types(UP + SPACE * 2 + ENTER)
    screen.sees("GET HELP NOW")  # what was ticked before the window changed still is


def test_words_half_written_stay_when_the_window_is_made_narrow(start, draft):
    screen = start(80, "--resume", str(draft()))
    screen.sees("What name should stand on the report?")
    screen.types(DOWN + ENTER)
    screen.types("Ada")
    screen.sees("Ada")
    screen.resizes(44)
    screen.types(" Bell" + ENTER)
    screen.sees("Please look through them.")
    screen.types(UP)  # to the last row
    screen.sees("Name: Ada Bell")


def test_what_was_written_in_chinese_is_shown_whole(start, draft, content):
    note = "背痛" * 41
    screen = start(80, "--resume", str(draft(notes=note)))
    screen.sees("What name should stand on the report?")
    screen.types(DOWN * 2 + ENTER)
    screen.sees(content.words["review_hint"])
    screen.types(UP)  # to the last row
    screen.sees("Name: (not said)")
    assert screen.words().count("背") == note.count("背")


# What it cannot read or show


def test_bytes_that_are_no_text_are_told_and_nothing_is_lost(content, baseline, tmp_path):
    person = baseline | {"notes": SKIPPED, "name": SKIPPED}
    lines = [each.encode() for each in lines_for(content, person)]
    raw = b"\n".join([lines[0], b"\xe9", *lines[1:-1], b"caf\xe9", lines[-1], b"1", b"3"]) + b"\n"
    done = plainly(tmp_path, raw, "--plain", "--answers", "a.json", PYTHONUTF8="1")
    assert done.returncode == 0
    assert done.stdout.count(content.words["error_unreadable"]) == 2
    assert json.loads((tmp_path / "a.json").read_bytes())["answers"]["age_group"] == "18_to_49"


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_without_a_name_gets_plain_lines(start, term):
    screen = start(80, TERM=term)
    screen.sees("Your answer:")


def test_whoever_reads_nothing_is_not_asked_for_ever(tmp_path, content):
    done = plainly(tmp_path, ["y"] * 1000, "--save", "draft.json")
    assert done.returncode == 130
    assert done.stdout.count("Error:") == 20
    assert "The last 20 lines were no answer" in done.stdout
    assert "draft.json" in done.stdout.splitlines()[-1]
    assert (tmp_path / "draft.json").exists()


def test_codes_that_fit_nothing_are_not_taken_for_ever(tmp_path):
    done = plainly(tmp_path, ["y"] * 1000, "enter")
    assert done.returncode == 130
    assert "The last 20 lines were no answer" in done.stdout


# What is pasted


@pytest.mark.parametrize("command", [["--plain"], ["enter"]])
def test_a_paste_answers_one_question_and_the_rest_is_dropped_and_told(
    start, draft, content, command
):
    screen = start(80, *command, "--resume", str(draft("notes")))
    screen.sees("stopped.", "words" if command == ["enter"] else "Your answer:")
    screen.types("My questions:\nWill it hurt?\n1\n")
    screen.sees(content.words["typed_ahead"])
    screen.types("Ada\n")
    screen.sees("My questions:", "Name: Ada")
    assert "saved" not in screen.words()


# The draft


@pytest.mark.parametrize("keys", [CTRL_C * 2, CTRL_D * 2])
def test_a_draft_that_was_there_stays_when_nobody_throws_it_away(start, draft, content, keys):
    path = draft("needles")
    before = path.read_bytes()
    screen = start(80, "--resume", str(path))
    screen.sees("How do you feel about needles?")
    for key in keys:
        screen.types(key)
        time.sleep(0.7)
    assert screen.ends() == 130
    assert path.read_bytes() == before
    screen.sees("draft.json")
    assert content.words["nothing_kept"] not in screen.words()


def test_a_draft_goes_when_the_person_says_so(start, draft, content):
    path = draft("needles")
    screen = start(80, "--resume", str(path))
    screen.sees("How do you feel about needles?")
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"])
    screen.types(DOWN + ENTER)
    screen.sees(content.words["nothing_kept"])
    assert screen.ends() == 130
    assert not path.exists()


def test_the_last_words_are_true_when_the_answers_were_written(start, draft, content, tmp_path):
    screen = start(80, "--resume", str(draft()), "--answers", "a.json")
    screen.sees("What name should stand on the report?")
    screen.types(DOWN * 2 + ENTER)
    screen.sees(content.words["review_hint"])
    screen.types(DOWN + ENTER)
    screen.sees(content.words["report_asks"])
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"])
    screen.types(DOWN + ENTER)
    screen.sees(content.words["no_draft_kept"])
    assert (tmp_path / "a.json").exists()


@pytest.mark.parametrize("wish", ["--answers", "-o"])
def test_a_file_asked_for_that_cannot_be_written_is_exit_code_3(content, baseline, tmp_path, wish):
    person = baseline | {"notes": SKIPPED, "name": SKIPPED}
    done = plainly(tmp_path, [*lines_for(content, person), "1", "3"], wish, "none/file.html")
    assert "none/file.html" in done.stdout
    assert done.returncode == 3


def test_a_report_that_cannot_be_written_is_exit_code_3_at_the_end_of_the_input_too(
    content, baseline, tmp_path
):
    person = baseline | {"notes": SKIPPED, "name": SKIPPED}
    done = plainly(tmp_path, [*lines_for(content, person), "1"], "-o", "none/file.html")
    assert done.returncode == 3
    assert "none/file.html: cannot be written" in " ".join(done.stdout.split())


def test_the_last_words_do_not_say_that_a_draft_is_saved_that_is_not(start, content, tmp_path):
    (tmp_path / "stick").mkdir()
    screen = start(80, "--save", "stick/draft.json")
    screen.sees("Where is the person in pain now?")
    rmtree(tmp_path / "stick")
    screen.types(DOWN + ENTER)
    screen.sees("stick/draft.json: cannot be written", "Who is filling this in?")
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"])
    screen.types(CTRL_C)
    assert screen.ends() == 3
    assert "What you said last could not be saved in your draft stick/draft.json." in screen.words()
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_could_not_be_kept_can_be_kept_elsewhere(start, content, tmp_path):
    (tmp_path / "stick").mkdir()
    screen = start(80, "--save", "stick/draft.json")
    screen.sees("Where is the person in pain now?")
    rmtree(tmp_path / "stick")
    screen.types(DOWN + ENTER)
    screen.sees("stick/draft.json: cannot be written", "Who is filling this in?")
    screen.types(CTRL_C)
    screen.sees(content.words["leave_asks"])
    screen.types(ENTER)
    screen.sees(content.words["draft_name"])
    screen.types(ENTER)
    assert screen.ends() == 130
    assert "Your draft is saved as acuscreen-draft.json" in screen.words()
    draft = read_draft((tmp_path / "acuscreen-draft.json").read_bytes(), content)
    assert draft.said == {"country": "uk"}


# Signals


def modes(screen):
    return termios.tcgetattr(screen.program.child_fd)[3]


def settled(screen, has_echo):
    """Wait until the terminal shows what is typed, or no longer does; a program may end with it."""
    end = time.monotonic() + PATIENCE
    while bool(modes(screen) & termios.ECHO) != has_echo:
        assert time.monotonic() < end
        with suppress(pexpect.EOF):
            screen.read()


def stopped(pid):
    """Wait until a process has stopped."""
    end = time.monotonic() + PATIENCE
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_program_that_is_ended_gives_the_terminal_back(start, number):
    screen = start(80)
    screen.sees("Where is the person in pain now?")
    settled(screen, has_echo=False)
    os.kill(screen.program.pid, number)
    settled(screen, has_echo=True)
    assert modes(screen) & termios.ICANON
    screen.ends()
    assert screen.program.signalstatus == number
    assert not screen.screen.cursor.hidden


def test_a_program_that_is_stopped_gives_the_terminal_back_and_draws_anew(start):
    screen = start(80)
    screen.sees("Where is the person in pain now?")
    settled(screen, has_echo=False)
    os.kill(screen.program.pid, signal.SIGTSTP)
    settled(screen, has_echo=True)
    stopped(screen.program.pid)  # a shell lets nothing go on before
    os.kill(screen.program.pid, signal.SIGCONT)
    settled(screen, has_echo=False)
    screen.types(DOWN + ENTER)
    screen.sees("Who is filling this in?")
