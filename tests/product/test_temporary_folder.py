"""The temporary folder is after every command as it was before."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest
from parts import later
from program import COMMAND, Screen, lines_for, uncounted
from vignettes import answers_of

from questionnaire.answers.file import answers_of as file_of
from questionnaire.interview.flow import SKIPPED
from questionnaire.system.scratch import PREFIX


@pytest.fixture
def temporary(tmp_path):
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def work(tmp_path, content, baseline):
    """A folder with answers, a report, a picture of its first page, and many people's answers."""
    folder = tmp_path / "work"
    folder.mkdir()
    answers = file_of(content, answers_of("under 18", content))
    (folder / "a.json").write_bytes(answers)
    line = json.dumps(json.loads(answers)) + "\n"
    (folder / "many.ndjson").write_text(line * 3)
    return folder


def run(work, temporary, *arguments, given=b"", **more):
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=work,
        input=given,
        capture_output=True,
        env={**os.environ, "TMPDIR": str(temporary)},
        check=False,
        timeout=100,
        **more,
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("report a.json -o r.pdf", 0),
        ("report a.json -o r.html", 0),
        ("report --blank -o f.pdf", 0),
        ("result a.json", 0),
        ("result a.json --json", 0),
        ("explain a.json", 0),
        ("batch many.ndjson out --workers 2", 0),
        *later(("workbook -o w.csv", 0), ("check", 0)),
        ("compare 2026.1 2026.1", 0),
        ("read r.pdf", 2),
        ("read --qr ACU1.x", 2),
        ("report a.json -o none/r.pdf", 3),
        ("report none.json -o r.pdf", 2),
        ("--version", 0),
        ("enter", 130),
    ],
)
def test_a_command_leaves_nothing_there(work, temporary, command, code):
    assert run(work, temporary, *command.split()).returncode == code
    assert list(temporary.iterdir()) == []


def test_reading_a_report_and_its_picture_leaves_nothing_there(work, temporary):
    assert run(work, temporary, "report", "a.json", "-o", "r.pdf").returncode == 0
    page = pypdfium2.PdfDocument(work / "r.pdf")[0].render(scale=3).to_pil()
    page.save(work / "p.png")
    for file in ("r.pdf", "p.png"):
        assert run(work, temporary, "read", file).returncode == 0
    assert list(temporary.iterdir()) == []


def test_an_interview_leaves_nothing_there(work, temporary, content, baseline):
    person = baseline | {"notes": SKIPPED, "name": SKIPPED}
    lines = "\n".join([*lines_for(content, person), "1", "1"]).encode()
    assert run(work, temporary, "--plain", given=lines + b"\n").returncode == 0
    assert (work / "acupuncture-report.pdf").exists()
    assert list(temporary.iterdir()) == []


def test_an_interview_that_is_left_while_it_prints_ahead_leaves_nothing_there(
    work, temporary, content
):
    screen = Screen(work, 80, TMPDIR=str(temporary))
    screen.sees("Where is the person in pain now?")
    screen.types("\x1b[B\r")
    screen.sees("Who is filling this in?")
    screen.types("\x1b[B\r")
    screen.sees("How old is the person in pain?")
    screen.types("\x03")
    screen.sees(content.words["leave_asks"])
    screen.types("\x1b[B\r")
    assert screen.ends() == 130
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "seconds",
    [0.6, *later(0.3, 0.9, 1.2, 1.6)],
)
@pytest.mark.parametrize("command", ["report a.json -o r.pdf", "batch many.ndjson out --workers 2"])
def test_ctrl_c_at_any_moment_leaves_nothing_there(work, temporary, command, seconds):
    program = subprocess.Popen(
        [*COMMAND, *command.split()],
        cwd=work,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**uncounted(), "TMPDIR": str(temporary)},
    )
    time.sleep(seconds)
    program.send_signal(signal.SIGINT)
    program.wait(30)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        "report a.json -o r.pdf",
        *later("batch many.ndjson out --workers 2"),
    ],
)
def test_what_a_killed_run_left_is_cleared_by_the_next(work, temporary, command):
    program = subprocess.Popen(
        [*COMMAND, *command.split()],
        cwd=work,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    until = time.monotonic() + 100
    while not any(temporary.glob(f"{PREFIX}*/*")):
        assert time.monotonic() < until
        time.sleep(0.01)
    program.kill()
    program.wait()
    time.sleep(3)  # until its worker processes have noticed
    assert [each.name.startswith(PREFIX) for each in temporary.iterdir()] == [True]
    assert run(work, temporary, "report", "a.json", "-o", "other.pdf").returncode == 0
    assert list(temporary.iterdir()) == []


def test_the_folder_of_a_run_that_is_still_alive_is_left_alone(work, temporary):
    """And so is a folder of that name that is not ours."""
    holding = "import sys; from questionnaire.system.scratch import scratch_folder as s; print(s())"
    alive = subprocess.Popen(
        [sys.executable, "-c", f"{holding}; sys.stdout.flush(); sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    folder = alive.stdout.readline().strip()
    assert run(work, temporary, "report", "a.json", "-o", "r.pdf").returncode == 0
    assert [str(each) for each in temporary.iterdir()] == [folder]
    assert Path(folder).stat().st_mode & 0o777 == 0o700
    alive.communicate("")
    assert list(temporary.iterdir()) == []
