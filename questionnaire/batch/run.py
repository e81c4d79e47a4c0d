"""A report for each of many people: the run from the first row to the summary.

Whoever makes a report hands it back, and the run alone writes.  Every report is in the folder as
soon as it is made, so a run may end at any moment; the next one finds what is there and goes on.
"""

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Never

from questionnaire.answers.rows import Row
from questionnaire.answers.source import read_rows
from questionnaire.batch.folder import file, tasks
from questionnaire.batch.summary import PROBLEMS, tables
from questionnaire.batch.task import Bad, Filed, Reporter, Result, Task
from questionnaire.errors import ReadError
from questionnaire.report.documents import rehearse
from questionnaire.system.lock import occupied
from questionnaire.system.lookahead import Died, in_order
from questionnaire.system.progress import ProgressBar, progress
from questionnaire.system.workers import Processes, available

File = Callable[[Task, Result | Died], Filed | Bad]
Work = Callable[[Reporter, Iterable[Task], File], Iterator[Filed | Bad]]
"""Makes the reports, files each as soon as it is made, and gives what became of them in order."""


_NOTICES = 20
"""So many different versions that files name are told, once each; there may be no end to them."""


class Stopped(KeyboardInterrupt):
    """The run was stopped before its end; the message says what there is, and how to go on."""


@dataclass(frozen=True)
class Tally:
    """What became of the rows: reports made, reports that were there, and bad rows."""

    made: int = 0
    there: int = 0
    bad: int = 0

    def __str__(self) -> str:
        """As it is told at the end."""
        told = f"{_many(self.made, 'report')} made, {self.there} there before"
        bad = f"; {_many(self.bad, 'bad row')}, listed in {PROBLEMS}"
        return f"{told}{bad if self.bad else ''}."


def on_this_computer(count: int | None) -> Work:
    """By so many processes, or one for each processor, with all loaded that a report takes."""

    def work(reporter: Reporter, tasks: Iterable[Task], file: File) -> Iterator[Filed | Bad]:
        next(
            rehearse(reporter.content, reporter.settings), None
        )  # before processes are forked from this
        with closing(Processes(reporter.attempt, count or available())) as crew:
            yield from in_order(crew, tasks, file)

    return work


def run(source: Path, folder: Path, reporter: Reporter, work: Work) -> Tally:
    """Make what is not there yet, and both tables; Stopped when the user or the system ends it."""
    rows = _some(source, reporter)
    seen: Counter[str] = Counter()
    noticed: set[str] = set()
    with occupied(folder), _stoppable():
        try:
            with progress(lambda: _count(source, reporter)) as shown, tables(folder) as fill:
                for told in work(reporter, tasks(folder, reporter, rows), partial(file, folder)):
                    seen[_kind(told)] += 1
                    fill(told)
                    _show(source, told, shown, noticed)
        except KeyboardInterrupt:
            there = _many(sum(1 for _ in folder.glob("*.pdf")), "report")
            raise Stopped(f"stopped; {folder} holds {there}. Start it again to go on.") from None
    return Tally(**seen)


def _some(source: Path, reporter: Reporter) -> Iterator[Row]:
    rows = read_rows(source, reporter.questions)
    first = next(rows, None)
    if first is None:
        raise ReadError(f"{source}: holds no answers; name a folder of .json files, NDJSON or CSV.")
    return chain([first], rows)


def _count(source: Path, reporter: Reporter) -> int:
    return sum(1 for _ in read_rows(source, reporter.questions))


def _kind(told: Filed | Bad) -> str:
    if isinstance(told, Bad):
        return "bad"
    return "made" if told.is_new else "there"


def _show(source: Path, told: Filed | Bad, shown: ProgressBar, noticed: set[str]) -> None:
    match told:
        case Bad():
            for fault in told.faults:
                shown.say(f"acuscreen: {source}: {told.place}: {fault}")
        case Filed() if told.notice and told.notice not in noticed and len(noticed) < _NOTICES:
            noticed.add(told.notice)
            shown.say(f"acuscreen: {source}: {told.place}, and perhaps others: {told.notice}")
    shown.step()


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


@contextmanager
def _stoppable() -> Iterator[None]:
    """Being told to end is taken like Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> Never:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
