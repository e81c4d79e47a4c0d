"""Names of files and folders that are more than that: links, pipes, folders that are gone."""

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
from parts import later
from program import COMMAND, lines_for

from questionnaire.answers.draft import read_draft, write_draft
from questionnaire.content.content import ROOT

CHILD = {"age_group": "under_18", "answered_by": "self"}
ANSWERS = json.dumps({"format": "acuscreen-answers/1", "answers": CHILD})


@pytest.fixture
def here(tmp_path):
    """A folder with an answers file, in which the program runs."""
    (tmp_path / "a.json").write_text(ANSWERS)
    return tmp_path


def program(folder, *arguments, lines=(), **more):
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        check=False,
        timeout=100,
        **more,
    )


def test_a_report_can_be_sent_to_standard_output_by_its_name(here):
    done = program(here, "report", "a.json", "-o", "/dev/stdout", "--html", "--force")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (["report", "a.json", "--html", "-o", "link"], b"<!doctype html>"),
        *later((["workbook", "-o", "link.csv"], b"\xef\xbb\xbf")),
    ],
)
def test_with_force_a_link_stays_and_its_target_is_written(here, command, written):
    link = here / command[-1]
    (here / "target").write_bytes(b"old")
    link.symlink_to("target")
    assert program(here, *command).returncode == 3
    assert (here / "target").read_bytes() == b"old"
    done = program(here, *command, "--force")
    assert (done.returncode, done.stderr) == (0, b"")
    assert link.is_symlink()
    assert (here / "target").read_bytes().startswith(written)


def test_the_examples_of_an_editor_go_where_a_link_leads_too(here):
    (here / "out").mkdir()
    first = program(here, "compare", "2026.1", "2026.1", "--examples", "out")
    assert (first.returncode, list((here / "out").iterdir())) == (0, [])
    (here / "loop").symlink_to("loop")
    done = program(here, "compare", "2026.1", "2026.1", "--examples", "loop")
    assert (done.returncode, done.stderr[:26]) == (3, b"acuscreen: loop: cannot be")


def test_a_draft_is_kept_where_the_link_leads(here, content, baseline):
    lines = lines_for(content, baseline)
    (here / "far").mkdir()
    (here / "far" / "draft.json").write_bytes(write_draft(content, {}))
    (here / "draft.json").symlink_to("far/draft.json")
    program(here, "--plain", "--resume", "draft.json", lines=lines[:5])
    assert (here / "draft.json").is_symlink()
    assert len(read_draft((here / "far" / "draft.json").read_bytes(), content).said) == 5


@pytest.mark.parametrize("option", ["--save", "--resume"])
@pytest.mark.parametrize("what", ["pipe", "folder", "device"])
def test_a_draft_that_could_not_be_kept_is_refused_before_the_first_question(here, option, what):
    os.mkfifo(here / "pipe")
    (here / "folder").mkdir()
    (here / "device").symlink_to("/dev/null")
    done = program(here, "--plain", option, what, "--force")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.startswith(f"acuscreen: {what}: ".encode())
    assert b"name another file for the draft with --save" in done.stderr
    assert (here / "pipe").is_fifo()
    assert Path("/dev/null").is_char_device()


def test_a_draft_from_a_pipe_can_be_kept_elsewhere(here, content, baseline):
    os.mkfifo(here / "pipe")
    writer = threading.Thread(
        target=lambda: (here / "pipe").write_bytes(write_draft(content, {"answered_by": "self"}))
    )
    writer.start()
    options = ("--resume", "pipe", "--save", "draft.json")
    done = program(here, "--plain", *options, lines=lines_for(content, baseline)[1:4])
    writer.join()
    assert done.returncode == 130
    assert len(read_draft((here / "draft.json").read_bytes(), content).said) == 4


@pytest.mark.parametrize(
    "options",
    [
        ("--save", "b.json", "--answers", "link"),
        ("--resume", "b.json", "-o", "b.json"),
        ("--resume", "b.json", "--save", "c.json", "--answers", "link"),
    ],
)
def test_one_file_is_not_written_over_by_another_whatever_its_name(here, options):
    (here / "b.json").write_text("mine")
    (here / "link").symlink_to("b.json")
    done = program(here, "--plain", *options, "--force")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--answers and -o name one file; give each a name of its own." in done.stderr
    assert (here / "b.json").read_text() == "mine"


def test_the_answers_are_not_written_over_by_a_report_through_a_link(here):
    (here / "link").symlink_to("a.json")
    done = program(here, "report", "a.json", "-o", "link", "--force")
    assert done.returncode == 2
    assert (here / "a.json").read_text() == ANSWERS


@pytest.mark.parametrize("option", ["-o", "--answers", "--save"])
def test_a_circle_of_links_is_reported(here, option):
    (here / "circle").symlink_to("circle")
    done = program(here, "--plain", option, "circle")
    assert (done.returncode, done.stderr[:19]) == (3, b"acuscreen: circle: ")
    assert b"Traceback" not in done.stderr


@pytest.fixture
def gone(here):
    """A folder that is deleted while a program works in it."""
    (here / "gone").mkdir()
    return ["sh", "-c", 'cd gone && rmdir ../gone && exec "$0" "$@"', *COMMAND]


@pytest.mark.parametrize(
    "command",
    [
        ["report", "{here}/a.json", "-o", "report.pdf"],
        ["batch", "{here}/a.json", "out"],
        *later(
            ["report", "{here}/a.json", "-o", "report.pdf", "--force"],
            ["report", "--blank", "-o", "form.pdf"],
            ["workbook", "-o", "workbook.csv"],
            ["check", "--examples", "examples"],
            ["compare", "2026.1", "2026.1", "--examples", "examples"],
        ),
        ["--plain", "--save", "draft.json"],
        ["enter", "--save", "draft.json"],
    ],
    ids=lambda command: " ".join(command).replace("{here}/", ""),
)
def test_from_a_folder_that_is_gone_nothing_can_be_written_and_that_is_a_line(here, gone, command):
    arguments = [each.format(here=here) for each in command]
    done = subprocess.run(
        [*gone, *arguments],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.splitlines()) == 1
    assert "no such file or directory" in done.stderr


def test_from_a_folder_that_is_gone_a_whole_name_is_written(here, gone):
    done = subprocess.run(
        [*gone, "report", f"{here}/a.json", "-o", f"{here}/report.pdf"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (here / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_a_folder_that_may_not_be_listed_can_be_written_to(here):
    hidden = here / "hidden"
    hidden.mkdir()
    hidden.chmod(0o300)
    done = program(hidden, "report", f"{here}/a.json", "-o", "report.html")
    hidden.chmod(0o700)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [path.name for path in hidden.iterdir()] == ["report.html"]


def test_a_name_that_no_file_can_have_here_is_reported(here):
    """Where names are in ASCII, and a person types another."""
    ascii_names = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    code = (
        "from questionnaire.cli.main import main; "
        "raise SystemExit(main(['report', 'a.json', '-o', 'caf\\xe9.html']))"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", code],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT), **ascii_names},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        3,
        b"",
        b"acuscreen: cafe.html: cannot be written: no file can have that name here.\n",
    )
