"""Many pieces of one kind of work, done by several processes.

Each process has a pipe of its own.  So one that dies takes with it only the piece it had in hand,
and when the starter dies each reads the end of its pipe and leaves.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from questionnaire.errors import WriteError

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 300.0
"""Seconds after which a piece is given up: a report takes one or two."""

LIFETIME = 200
"""Pieces after which a process is replaced: with each report it grows by some 8 KB."""

_AHEAD = 8
"""So many pieces for each process may be done before one that is still in hand."""

_STOPPING = (signal.SIGINT, signal.SIGTERM)

# With fork a process has all that was imported already; elsewhere than on Linux that is not safe.
METHOD = "fork" if sys.platform == "linux" else "spawn"


@dataclass(frozen=True)
class Died:
    """What comes of a piece whose process ended with it in hand."""

    why: str


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    number: int | None = None
    since: float = 0.0
    done: int = 0


def available() -> int:
    """How many processors this program may use."""
    if count := getattr(os, "process_cpu_count", os.cpu_count)():
        with suppress(AttributeError):
            return min(int(count), len(os.sched_getaffinity(0)))
        return int(count)
    return 1


def in_order(
    act: Callable[[T], R], pieces: Iterable[T], count: int, method: str = METHOD
) -> Iterator[tuple[T, R | Died]]:
    """Each piece with what `act` makes of it, in the order of the pieces.

    No more pieces are held than the processes need.  They end with the iteration.
    """
    with closing(_Crew(act, pieces, count, method)) as crew:
        turn = 0
        while crew.hand_out(turn + _AHEAD * count):
            crew.take_back()
            while turn in crew.done:
                yield crew.done.pop(turn)
                turn += 1


class _Crew(Generic[T, R]):
    """The processes, what each has in hand, and what is done and waits for its turn."""

    def __init__(self, act: Callable[[T], R], pieces: Iterable[T], count: int, method: str) -> None:
        self.done: dict[int, tuple[T, R | Died]] = {}
        self._act, self._pieces, self._count = act, enumerate(pieces), count
        self._in_hand: dict[int, T] = {}
        self._workers: list[_Worker] = []
        self._context: ForkContext | SpawnContext = multiprocessing.get_context(
            "fork" if method == "fork" else "spawn"
        )  # type: ignore[assignment]
        self._next = 0
        self._scratch = tempfile.TemporaryDirectory(prefix="acuscreen-")

    def hand_out(self, before: int) -> bool:
        """Give whoever is idle a piece, of those before that number; False when all is done."""
        idle = [each for each in self._workers if each.number is None]
        while self._next < before and (idle or len(self._workers) < self._count):
            number, piece = next(self._pieces, (None, None))
            if number is None:
                break
            worker = idle.pop() if idle else self._start()
            self._next = number + 1
            self._in_hand[number] = piece  # type: ignore[assignment]
            worker.number, worker.since = number, time.monotonic()
            with suppress(OSError):  # it has died, which is told when its answer is awaited
                worker.pipe.send(piece)
        return bool(self._in_hand)

    def take_back(self) -> None:
        """Wait until something is done, or has failed."""
        busy = {each.pipe: each for each in self._workers if each.number is not None}
        longest = min(each.since for each in busy.values()) + PATIENCE - time.monotonic()
        ready = wait(list(busy), timeout=max(longest, 0))
        for pipe in ready:
            worker = busy[pipe]  # type: ignore[index]
            try:
                self._put_down(worker, worker.pipe.recv())
                self._retire(worker)
            except (EOFError, OSError):
                self._bury(worker)
                self._put_down(worker, Died(_why(worker.process.exitcode)))
        if not ready:
            slowest = min(busy.values(), key=lambda each: each.since)
            self._bury(slowest)
            self._put_down(slowest, Died(f"took longer than {PATIENCE:.0f} seconds"))

    def close(self) -> None:
        """End all processes, whatever they have in hand; a file that is not whole has no name."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._scratch.cleanup()

    def _put_down(self, worker: _Worker, result: R | Died) -> None:
        if worker.number is not None:
            self.done[worker.number] = self._in_hand.pop(worker.number), result
        worker.number = None

    def _retire(self, worker: _Worker) -> None:
        worker.done += 1
        if worker.done >= LIFETIME:
            self._bury(worker)

    def _bury(self, worker: _Worker) -> None:
        worker.process.kill()  # it has nothing in hand, or is of no more use
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        strange = [ours, *(each.pipe for each in self._workers)] if self._forks else []
        process = self._context.Process(
            target=serve, args=(self._act, theirs, self._scratch.name, strange), daemon=True
        )
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        try:
            process.start()
        except OSError as error:
            raise WriteError(
                f"the reports: no process can be started for them: {error.strerror}. "
                "Ask for fewer with --workers."
            ) from error
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    @property
    def _forks(self) -> bool:
        return self._context.get_start_method() == "fork"


def _why(code: int | None) -> str:
    if code == -signal.SIGKILL:
        return "the process that made it was killed, perhaps for want of memory"
    return f"the process that made it ended (exit code {code})"


def serve(
    act: Callable[[T], R], pipe: Connection, scratch: str, strange: Iterable[Connection] = ()
) -> None:
    """Do what comes through the pipe until it is closed: the life of a process.

    `scratch` is for temporary files, which somebody else clears away.  `strange` are ends of pipes
    that are its starter's, and would stay open with it.
    """
    for each in strange:
        each.close()
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the starter sees to it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(act(pipe.recv()))
