"""What a process beside makes is what this one would have made, and no failure of it is lost."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from threading import Event, Thread

import pytest
from vignettes import answers_of

from questionnaire.answers.file import answers_of as file_of
from questionnaire.conclusion.case import case_of
from questionnaire.report.documents import Settings, to_pdf
from questionnaire.system import beside
from questionnaire.system.beside import begun
from questionnaire.system.workers import available

# From 3.12 on Python warns where there are threads, as in the processes of pytest-xdist.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")


COUNTED = """
import os
from questionnaire.cli.main import main
forks, fork = [], os.fork
os.fork = lambda: forks.append(1) or fork()
main()
print(len(forks))
"""


@pytest.fixture
def room(monkeypatch):
    monkeypatch.setattr(beside, "_is_room", lambda: True)


@pytest.mark.usefixtures("room")
def test_what_comes_of_the_work_was_made_by_another_process():
    with begun(lambda: (os.getpid(), ["a page" * 100_000], 5, {"answers.json": b"{}"})) as work:
        made = work()
    assert made[0] != os.getpid()
    assert made[1:] == (["a page" * 100_000], 5, {"answers.json": b"{}"})


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    "failing",
    [
        lambda: os.kill(os.getpid(), signal.SIGKILL),
        lambda: os.kill(os.getpid(), signal.SIGINT),
        lambda: os._exit(3),
        sys.exit,
        object,  # cannot be written
    ],
    ids=["killed", "interrupted", "ended", "left", "made what cannot be given"],
)
def test_work_that_fails_beside_is_done_here(failing, capfd):
    here = os.getpid()
    with begun(lambda: here if os.getpid() == here else failing()) as work:
        assert work() == here
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("room")
def test_the_error_of_the_work_meets_whoever_asks_for_it(capfd):
    with begun(lambda: int("none")) as work, pytest.raises(ValueError, match="none"):
        work()
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("takes", [0, 60])
def test_a_process_that_nobody_asks_ends_at_once(takes, monkeypatch):
    started, fork = [], os.fork
    monkeypatch.setattr(os, "fork", lambda: started.append(fork()) or started[0])

    def working():
        time.sleep(takes)
        return "a page" * 100_000

    before = time.monotonic()
    with pytest.raises(ImportError), begun(working):
        raise ImportError
    assert time.monotonic() - before < 30
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("missing", ["pipe", "fork"])
def test_where_no_process_can_be_had_the_work_is_done_here(monkeypatch, missing):
    def full():
        raise BlockingIOError

    monkeypatch.setattr(os, missing, full)
    with begun(os.getpid) as work:
        assert work() == os.getpid()


def test_beside_other_threads_the_work_is_done_here():
    done = Event()
    other = Thread(target=done.wait)
    other.start()
    try:
        with begun(os.getpid) as work:
            assert work() == os.getpid()
    finally:
        done.set()
        other.join()


def test_the_first_report_is_begun_beside_and_is_the_same_to_the_last_byte(content, tmp_path):
    said = answers_of("typical", content)
    answers, report = tmp_path / "answers.json", tmp_path / "report.pdf"
    answers.write_bytes(file_of(content, said))
    counted = subprocess.run(
        [sys.executable, "-c", COUNTED, "report", answers, "-o", report],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1789689600"},
    )
    is_room = sys.platform == "linux" and available() > 1
    assert counted.stdout == ("1\n" if is_room else "0\n")
    assert report.read_bytes() == to_pdf(case_of(content, said), Settings(date(2026, 9, 18)))
