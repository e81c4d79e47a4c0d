"""What only the whole process shows: streams that are full or closed, Ctrl-C, and a traceback."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from questionnaire.content.content import ROOT

COMMAND = [sys.executable, "-m", "questionnaire"]
CHILD = {"age_group": "under_18"}
FULL = Path("/dev/full")


def program(*arguments, stdout=subprocess.PIPE, cwd=None):
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, cwd=cwd, check=False)


def test_the_program_takes_its_arguments_and_ends_with_its_code(file_of):
    done = program("result", file_of({"age_group": "old"}))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"age_group: 'old' is not an option" in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("command", [("result", "--json"), ("report", "-o", "-")])
def test_a_full_disk_behind_standard_output_is_reported(file_of, command):
    with FULL.open("wb") as full:
        done = program(*command, file_of(CHILD), stdout=full)
    assert (done.returncode, done.stderr) == (
        3,
        b"acuscreen: standard output: cannot be written: no space left on device.\n",
    )


@pytest.mark.parametrize("command", [("result", "--json"), ("result",)])
def test_a_reader_who_has_seen_enough_is_no_error(file_of, command):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = program(*command, file_of(CHILD), stdout=pipe)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_standard_output_is_reported(file_of):
    line = '"$0" -m questionnaire result "$1" --json >&-'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable, file_of(CHILD)], stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (3, b"acuscreen: standard output: is closed.\n")


def test_ctrl_c_stops_with_a_line(tmp_path):
    """While it waits for answers: a pipe with a name opens when it is read."""
    path = tmp_path / "answers.json"
    os.mkfifo(path)
    with subprocess.Popen([*COMMAND, "result", path], stderr=subprocess.PIPE) as waiting:
        with path.open("wb"):
            time.sleep(0.5)  # it is reading by now, and not on its way there
            waiting.send_signal(signal.SIGINT)
            _, err = waiting.communicate(timeout=100)
        assert (waiting.returncode, err) == (130, b"acuscreen: stopped.\n")


def test_wrong_content_is_reported_without_a_traceback(tmp_path, file_of):
    for folder in ("questionnaire", "rules"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "rules" / "bleeding.toml").write_text("[scar]\n", encoding="utf-8")
    done = program("result", file_of(CHILD), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.startswith(b"acuscreen: rules/bleeding.toml: rule 'scar'")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
def test_a_full_disk_ends_the_interview_with_an_error():
    with FULL.open("wb") as full:
        done = program("--plain", stdout=full)
    assert (done.returncode, done.stderr) == (
        3,
        b"acuscreen: standard output: cannot be written: no space left on device.\n",
    )
