"""PDFs made in worker processes, so that nobody's page waits for somebody's PDF.

A process is started anew (spawn) and not forked: it is to know of nobody but of whom it prints.
"""

import itertools
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from threading import Condition, Thread

from questionnaire.conclusion.case import case_of
from questionnaire.content.content import ROOT, Content, read_content
from questionnaire.content.versions import read_released
from questionnaire.errors import WriteError
from questionnaire.interview.flow import Said
from questionnaire.report.documents import rehearse, to_pdf
from questionnaire.report.settings import Settings, today
from questionnaire.system.lookahead import Died
from questionnaire.system.workers import Processes, available

MOST_WAITING = 200
"""Orders that may wait; beyond, whoever comes is asked to try later."""

_FAREWELL = 10.0
"""Seconds that the end may take."""

_REHEARSALS = 4
"""Steps after which a process is as quick as it gets."""

_KINDER = 10
"""Niceness of a worker: a page that somebody waits for goes first."""


class BusyError(Exception):
    """So many PDFs are waited for that one more would not be made soon."""


@dataclass(frozen=True)
class Order:
    """A PDF that is wanted: whose, on which answers, under which content, and how it is made.

    `given` is the day of the oldest answer; None where nobody knows it.
    """

    key: str
    said: Said = field(repr=False)
    version: str
    settings: Settings
    given: date | None = None


@dataclass(frozen=True)
class Failed:
    """What comes of an order whose worker died, or that this machine cannot print."""

    why: str


@dataclass
class _Job:
    """An order on its way: whether somebody waits for it, and what has come of it."""

    order: Order
    number: int
    is_urgent: bool = False
    is_begun: bool = False
    made: bytes | Failed | None = None


class Press:
    """So many processes at most, each printing one order after the other.

    What somebody waits for goes first, then what was ordered first.  Once closed it takes no order.
    """

    def __init__(self, count: int = 0, content: str = "") -> None:
        """Start none yet.  `content` is the folder of another content than ours."""
        self._count = count or max(1, min(2, available()))
        self._act = partial(_printed, content)
        self._changed = Condition()
        self._jobs: dict[str, list[_Job]] = {}
        self._numbers = itertools.count()
        self._threads: list[Thread] = []
        self._is_open = True

    def start(self) -> None:
        """Start the processes, which make themselves ready while nobody waits."""
        with self._changed:
            if self._threads or not self._is_open:
                return
            self._threads = [Thread(target=self._work, daemon=True) for _ in range(self._count)]
            for thread in self._threads:
                thread.start()

    def begin(self, order: Order, *, is_urgent: bool = False) -> None:
        """Have a PDF made, unless it is there or on its way; BusyError."""
        self.start()
        with self._changed:
            if not self._is_open:
                return
            # What was made on other answers is of no use any more.
            kept = [job for job in self._jobs.get(order.key, ()) if job.order.said == order.said]
            self._jobs[order.key] = kept
            job = next((job for job in kept if job.order == order), None)
            if job is None:
                if len(self._waiting()) >= MOST_WAITING:
                    raise BusyError
                job = _Job(order, next(self._numbers))
                kept.append(job)
            job.is_urgent = job.is_urgent or is_urgent
            self._changed.notify_all()

    def result(self, order: Order, patience: float = 0.0) -> bytes | Failed | None:
        """What has come of an order, waited for so many seconds; None while it is being made.

        A failure is told once: the next order of the same kind is a new try.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._made(order) is not None, patience)
            made = self._made(order)
            if isinstance(made, Failed):
                for job in [job for job in self._jobs.get(order.key, ()) if job.order == order]:
                    self._jobs[order.key].remove(job)
            return made

    def forget(self, key: str) -> None:
        """Forget what was made for a visit; what is still in hand is dropped when it is done."""
        with self._changed:
            self._jobs.pop(key, None)
            self._changed.notify_all()

    def close(self) -> None:
        """End all processes, whatever they have in hand, and forget what was made."""
        with self._changed:
            self._is_open = False
            self._jobs.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(_FAREWELL)

    def _made(self, order: Order) -> bytes | Failed | None:
        if not self._is_open:
            return Failed("the program is ending")
        jobs = self._jobs.get(order.key, ())
        return next((job.made for job in jobs if job.order == order), None)

    def _waiting(self) -> list[_Job]:
        return [job for jobs in self._jobs.values() for job in jobs if not job.is_begun]

    def _work(self) -> None:
        """One thread for each process, which it alone speaks to."""
        crew: Processes[Order | None, bytes | Failed] = Processes(self._act, 1, "spawn")
        try:
            self._make_ready(crew)
            while job := self._next():
                made = self._printed(crew, job.order)
                with self._changed:
                    job.made = made
                    self._changed.notify_all()
        finally:
            crew.close()

    def _make_ready(self, crew: Processes[Order | None, bytes | Failed]) -> None:
        """Print reports on nobody, one at a time, as long as nobody waits for a real one."""
        for _ in range(_REHEARSALS):
            with self._changed:
                if self._waiting() or not self._is_open:
                    return
            self._printed(crew, None)

    def _next(self) -> _Job | None:
        """The next job, waited for; None once the press is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting() or not self._is_open)
            if not self._is_open:
                return None
            job = min(self._waiting(), key=lambda job: (not job.is_urgent, job.number))
            job.is_begun = True
            return job

    def _printed(
        self, crew: Processes[Order | None, bytes | Failed], order: Order | None
    ) -> bytes | Failed:
        try:
            crew.start(0, order)
        except WriteError as error:
            return Failed(str(error))
        while self._is_open:
            for _, made in crew.done():
                return Failed(made.why) if isinstance(made, Died) else made
        return Failed("the program is ending")


# In a worker process.


def _printed(folder: str, order: Order | None) -> bytes | Failed:
    """The PDF of an order; without one, the next step to be ready for those to come."""
    rehearsal = _rehearsal(folder)
    if order is None:
        with suppress(Exception):  # what is missing is told when the first report is asked for
            next(rehearsal, None)
        return b""
    try:
        case = case_of(_content(folder, order.version), order.said, order.given)
        return to_pdf(case, order.settings)
    except WriteError as error:
        return Failed(str(error))


@cache
def _rehearsal(folder: str) -> Iterator[None]:
    os.nice(_KINDER)
    return rehearse(_content(folder, ""), Settings(today()))


@cache
def _content(folder: str, version: str) -> Content:
    """The content in the folder, or a version of it that was released."""
    if not version:
        return read_content(Path(folder) if folder else ROOT)
    present = _content(folder, "")
    return present if version == present.version else read_released(version, present)
