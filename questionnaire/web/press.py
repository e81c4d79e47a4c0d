"""PDFs made in worker processes, so that nobody's page waits for somebody's PDF.

A process is started anew (spawn) and not forked: it is to know of nobody but of whom it prints.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from queue import Queue
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

_KINDER = 5
"""Niceness of a worker: a page that somebody waits for goes first."""


class BusyError(Exception):
    """So many PDFs are waited for that one more would not be made soon."""


@dataclass(frozen=True)
class Order:
    """A PDF that is wanted: whose, on which answers, under which content, and how it is made."""

    key: str
    said: Said = field(repr=False)
    version: str
    settings: Settings


@dataclass(frozen=True)
class Failed:
    """What comes of an order whose worker died, or that this machine cannot print."""

    why: str


@dataclass
class _Desk:
    """One person's orders: what is wanted, and what has come of it."""

    wanted: list[Order] = field(default_factory=list)
    made: list[tuple[Order, bytes | Failed]] = field(default_factory=list)


class Press:
    """So many processes at most, that print one order after the other."""

    def __init__(self, count: int = 0, content: str = "", *, method: str = "spawn") -> None:
        """Start none yet.  `content` is the folder of another content than ours."""
        self._count = count or max(1, min(2, available()))
        self._act = partial(_printed, content)
        self._method = method
        self._changed = Condition()
        self._desks: dict[str, _Desk] = {}
        self._queue: Queue[Order | None] = Queue()
        self._threads: list[Thread] = []
        self._open = True

    def start(self) -> None:
        """Start the processes, which make themselves ready while nobody waits."""
        with self._changed:
            if self._threads or not self._open:
                return
            self._threads = [Thread(target=self._work, daemon=True) for _ in range(self._count)]
        for thread in self._threads:
            thread.start()

    def begin(self, order: Order) -> None:
        """Have a PDF made, unless it is there or on its way; BusyError."""
        self.start()
        with self._changed:
            desk = self._desks.setdefault(order.key, _Desk())
            # What was made on other answers is of no use any more.
            desk.made = [each for each in desk.made if each[0].said == order.said]
            if order in desk.wanted or any(order == each for each, _ in desk.made):
                return
            if self._queue.qsize() >= MOST_WAITING:
                raise BusyError
            desk.wanted.append(order)
            self._queue.put(order)

    def result(self, order: Order, patience: float = 0.0) -> bytes | Failed | None:
        """What has come of an order, waited for so many seconds; None while it is being made.

        A failure is told once: the next order of the same kind is a new try.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._there(order) is not None, patience)
            found = self._there(order)
            if isinstance(found, Failed):
                desk = self._desks[order.key]
                desk.made = [each for each in desk.made if each[0] != order]
            return found

    def forget(self, key: str) -> None:
        """Forget what was made for a visit; what is still in hand is dropped when it is done."""
        with self._changed:
            self._desks.pop(key, None)
            self._changed.notify_all()

    def close(self) -> None:
        """End all processes, whatever they have in hand."""
        self._open = False
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(10)

    def _there(self, order: Order) -> bytes | Failed | None:
        desk = self._desks.get(order.key)
        return next((made for each, made in desk.made if each == order), None) if desk else None

    def _work(self) -> None:
        """One thread for each process, which it alone speaks to."""
        crew: Processes[Order | None, bytes | Failed] = Processes(self._act, 1, self._method)
        try:
            self._done(crew, None)
            while self._open and (order := self._queue.get()):
                if self._is_wanted(order):
                    self._keep(order, self._done(crew, order))
        finally:
            crew.close()

    def _done(
        self, crew: Processes[Order | None, bytes | Failed], order: Order | None
    ) -> bytes | Failed:
        try:
            crew.start(0, order)
        except WriteError as error:
            return Failed(str(error))
        while self._open:
            for _, made in crew.done():
                return Failed(made.why) if isinstance(made, Died) else made
        return Failed("")

    def _is_wanted(self, order: Order) -> bool:
        with self._changed:
            desk = self._desks.get(order.key)
            return desk is not None and order in desk.wanted

    def _keep(self, order: Order, made: bytes | Failed) -> None:
        with self._changed:
            desk = self._desks.get(order.key)
            if desk is not None and order in desk.wanted:
                desk.wanted.remove(order)
                desk.made.append((order, made))
            self._changed.notify_all()


# In a worker process.


def _printed(folder: str, order: Order | None) -> bytes | Failed:
    """The PDF of an order; without one, make ready for those to come."""
    if order is None:
        os.nice(_KINDER)
        with suppress(Exception):  # what is missing is told when the first report is asked for
            for _ in rehearse(_content(folder, ""), Settings(today())):
                pass
        return b""
    try:
        return to_pdf(case_of(_content(folder, order.version), order.said), order.settings)
    except WriteError as error:
        return Failed(str(error))


@cache
def _content(folder: str, version: str) -> Content:
    """The content in the folder, or a version of it that was released."""
    if not version:
        return read_content(Path(folder) if folder else ROOT)
    present = _content(folder, "")
    return present if version == present.version else read_released(version, present)
