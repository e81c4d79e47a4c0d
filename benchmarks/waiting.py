"""How long a person waits: for the first question, and for the report after the last answer."""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pexpect

from benchmarks import people, plain
from benchmarks.extent import Extent
from benchmarks.measure import in_turn
from benchmarks.ours import ME, page_of, ran
from benchmarks.table import Row, compared
from questionnaire.answers.draft import write_draft
from questionnaire.content.content import Content
from questionnaire.report.settings import today

_ASKS = ("-c", "import questionary; questionary.select('Who?', choices=['a', 'b']).unsafe_ask()")
_SHOWN = "Use arrow keys|Enter to choose"
_ANSWERING = 5.0
"""Seconds for the last question but one; an interview takes minutes."""

_LOOKING = ((5.0, 0.10), (0.0, None))
"""Seconds that a person looks over all the answers, with the goal; and one who says at once that
all is right."""

_LAST = ("metal_allergy", "long_term_conditions")
_DOWN, _ENTER = "\x1b[B", "\r"


def first_question(_: Content, extent: Extent) -> list[Row]:
    """From the command to the first question on the screen."""
    ratio = in_turn(
        lambda: _until_shown((sys.executable, *_ASKS)), lambda: _until_shown(ME), extent.rounds * 3
    )
    asks = "a process that only asks one questionary `select`"
    return [compared("command to first question", asks, ratio, 1.50)]


def _started(command: Sequence[str], folder: Path | None = None) -> pexpect.spawn:
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path)}
    environment["PROMPT_TOOLKIT_NO_CPR"] = "1"  # this terminal never says where its cursor is
    screen = pexpect.spawn(
        command[0], list(command[1:]), env=environment, cwd=folder, dimensions=(40, 100), timeout=60
    )
    screen.delaybeforesend = None
    return screen


def _until_shown(command: Sequence[str]) -> float:
    start = time.perf_counter()
    screen = _started(command)
    screen.expect(_SHOWN)
    took = time.perf_counter() - start
    screen.close(force=True)
    return took


def last_answer(content: Content, extent: Extent) -> list[Row]:
    """From the last key of an interview to the report on the disk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        html, out = folder / "page.html", folder / "plain.pdf"
        html.write_text(plain.with_faces(page_of(content, people.typical())), encoding="utf-8")
        draft = _draft(content)
        plainly = (sys.executable, "-m", "benchmarks.plain", html, out)
        return [
            compared(
                f"last answer to the PDF on disk, {seconds:.0f} s after all answers were shown",
                "plain WeasyPrint, whole cold process",
                in_turn(
                    lambda: ran(plainly),
                    lambda seconds=seconds: _from_last_answer(folder, draft, seconds),
                    extent.rounds,
                ),
                goal,
            )
            for seconds, goal in _LOOKING
        ]


def _draft(content: Content) -> bytes:
    """All but two of the answers, given today, so that no warning sign is asked again."""
    said = people.typical()
    rest = {key: said[key] for key in said if key not in _LAST}
    return write_draft(content, rest, today())


def _from_last_answer(folder: Path, draft: bytes, looking: float) -> float:
    report = folder / "report.pdf"
    report.unlink(missing_ok=True)
    (folder / "draft.json").write_bytes(draft)
    screen = _started((*ME, "--resume", "draft.json", "-o", report.name), folder)
    for seconds in (0.0, _ANSWERING):
        screen.expect("Enter to choose")
        time.sleep(seconds)
        screen.send(_DOWN + _ENTER)
    screen.expect("all right")
    time.sleep(looking)
    start = time.perf_counter()
    screen.send(_DOWN + _ENTER)
    while not report.exists():
        time.sleep(0.002)
    took = time.perf_counter() - start
    screen.expect(pexpect.EOF)
    return took
