"""Worker processes on this computer.  The only module that knows Pebble.

Each process is a pool of its own.  Where several share one, as Pebble offers it, all wait for a
lock that one took with it when it was killed, and one that is killed while it has nothing in hand
breaks the whole pool.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from threading import Thread
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from questionnaire.errors import WriteError
from questionnaire.system.lookahead import Died
from questionnaire.system.scratch import scratch_folder

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 300.0
"""Seconds after which a piece is given up: a report takes one or two."""

LIFETIME = 200
"""Pieces after which a process is replaced: with each report it grows by some 8 KB."""

AHEAD = 8
"""So many pieces for each process may be done before one that is still in hand."""

_GLANCE, _FAREWELL = 1.0, 5.0
"""Seconds between two looks at who is still there; seconds that the end may take."""

_STOPPING = (signal.SIGINT, signal.SIGTERM)

# With fork a process has all that was imported already; elsewhere than on Linux that is not safe.
METHOD = "fork" if sys.platform == "linux" else "spawn"

_LOST = Died("the process that made it ended")

_ACT: list[Callable[[object], object]] = []
"""In a worker process: what it does.  Handed over once, not with each piece."""


def available() -> int:
    """How many processors this program may use."""
    if count := getattr(os, "process_cpu_count", os.cpu_count)():
        with suppress(AttributeError):
            return min(int(count), len(os.sched_getaffinity(0)))
        return int(count)
    return 1


class Processes(Generic[T, R]):
    """So many processes, each started when there is work for it; a crew for `in_order`."""

    def __init__(self, act: Callable[[T], R], count: int, method: str = METHOD) -> None:
        """Start none yet."""
        self.ahead = AHEAD * count
        self._count = count
        self._context = multiprocessing.get_context(method)
        self._idle: list[ProcessPool] = []
        self._busy: dict[Future[R], tuple[int, ProcessPool]] = {}
        self._ending: list[Thread] = []
        # One that is started anew can be ended at any moment: nothing of ours is in it yet.
        self._held_back = _STOPPING if method == "fork" else (signal.SIGINT,)
        self._equipment = (act, str(scratch_folder()), os.getpid())

    def has_room(self) -> bool:
        """Whether a process is idle, or one more may be started."""
        return len(self._busy) < self._count

    def start(self, number: int, piece: T) -> None:
        """Give a piece to a process; WriteError when none can be started."""
        if self._context.get_start_method() == "spawn":
            resource_tracker.ensure_running()  # it would let the signals in
        with _undisturbed(self._held_back):
            future, pool = self._in_hand(piece)
        self._busy[future] = number, pool

    def done(self) -> Iterator[tuple[int, R | Died]]:
        """What is done, and what is lost; a process that lost its piece is replaced."""
        wait(self._busy, _GLANCE, FIRST_COMPLETED)
        for future, (number, pool) in [*self._busy.items()]:
            if future.done() or not pool.active:
                result = _result(future)
                del self._busy[future]
                if isinstance(result, Died):
                    self._end(pool)
                else:
                    self._idle.append(pool)
                yield number, result

    def close(self) -> None:
        """End all processes, whatever they have in hand."""
        for pool in self._idle + [pool for _, pool in self._busy.values()]:
            self._end(pool)
        for each in self._ending:
            each.join(_FAREWELL)

    def _in_hand(self, piece: T) -> tuple[Future[R], ProcessPool]:
        while self._idle:
            pool = self._idle.pop()
            try:
                return _given(pool, piece), pool
            except RuntimeError:  # it broke while it had nothing in hand
                self._end(pool)
        pool = ProcessPool(1, LIFETIME, _begin, self._equipment, self._context)
        try:
            return _given(pool, piece), pool
        except (OSError, RuntimeError) as error:
            raise WriteError(
                "the reports: no process can be started for them. Ask for fewer with --workers."
            ) from error

    def _end(self, pool: ProcessPool) -> None:
        """End a pool without waiting for it: a thread of one that broke may wait for ever."""
        pool.stop()
        self._ending.append(Thread(target=pool.join, daemon=True))
        self._ending[-1].start()


def _given(pool: ProcessPool, piece: T) -> Future[Any]:
    return pool.schedule(_act, [piece], timeout=PATIENCE)


@contextmanager
def _undisturbed(signals: Sequence[signal.Signals]) -> Iterator[None]:
    """Hold signals back: a process is not to meet one before it knows what to do with it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: Future[R]) -> R | Died:
    """What came of a piece; an error of the work itself is our bug, and raised."""
    if not future.done():
        return _LOST
    try:
        return future.result()
    except ProcessExpired as error:
        return Died(_why(error.exitcode))
    except TimeoutError:
        return Died(f"took longer than {PATIENCE:.0f} seconds")
    except BrokenExecutor:
        return _LOST


def _why(code: int) -> str:
    if code == -signal.SIGKILL:
        return "the process that made it was killed, perhaps for want of memory"
    return f"the process that made it ended (exit code {code})"


def _begin(act: Callable[[object], object], scratch: str, starter: int) -> None:
    """The first that a worker process does; `scratch` is for temporary files.

    Pebble lets it ignore Ctrl-C, which reaches all: the starter sees to it.
    """
    _ACT[:] = [act]
    tempfile.tempdir = scratch
    Thread(target=_leave_with, args=(starter,), daemon=True).start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)


def _leave_with(starter: int) -> None:
    """End when the starter has.  Its pipe does not tell: processes forked later hold its ends."""
    while os.getppid() == starter:
        time.sleep(_GLANCE)
    os._exit(1)


def _act(piece: object) -> object:
    return _ACT[0](piece)
