"""Work that a process beside does, while this one loads what takes long."""

import marshal
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

_THREADS = Path("/proc/self/task")
"""Names the threads of this process, on Linux."""


@contextmanager
def begun(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin the work, and give what waits for it and returns what came of it.

    It must change nothing, and return what `marshal` can write.  Where no process can be had, or
    the one beside fails, the work is done here when it is asked for: who asks meets its error.
    """
    started = _begin(work) if _is_room() else None
    if started is None:
        yield work
        return
    process, end = started
    with os.fdopen(end, "rb") as pipe:

        def waited_for() -> T:
            with suppress(EOFError):
                made: T = marshal.loads(pipe.read())  # noqa: S302  our own work from our own pipe
                return made
            return work()

        try:
            yield waited_for
        finally:
            os.kill(process, signal.SIGKILL)  # it is done, or of no more use
            os.waitpid(process, 0)


def _begin(work: Callable[[], object]) -> tuple[int, int] | None:
    """The process that does the work, and the end of the pipe to read it from."""
    with suppress(OSError):  # no room for one more
        ours, theirs = os.pipe()
        if process := os.fork():
            os.close(theirs)
            return process, ours
        os.close(ours)  # else it would not notice that nobody reads any more
        _do(work, theirs)
    return None


def _is_room() -> bool:
    """Whether there is a second processor, and no thread with a lock that would stay locked."""
    with suppress(AttributeError, OSError):  # not on Linux
        return len(os.sched_getaffinity(0)) > 1 and sum(1 for _ in _THREADS.iterdir()) == 1
    return False


def _do(work: Callable[[], Any], into: int) -> NoReturn:
    """The whole life of a process beside: it says nothing, and leaves all else to its starter."""
    try:
        with os.fdopen(into, "wb") as pipe:
            pipe.write(marshal.dumps(work()))
    finally:
        os._exit(0)
