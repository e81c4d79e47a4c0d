"""How far a long run has come, for people who watch it.  The only module that knows tqdm.

A bar is drawn in a terminal alone; lines that are told meanwhile stand above it.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Protocol

from questionnaire.system.output import print_aside, showable


class ProgressBar(Protocol):
    """What a run tells of itself."""

    def step(self) -> None:
        """One more is done."""

    def say(self, line: str) -> None:
        """Tell something on standard error."""


class _Plain:
    def step(self) -> None:
        pass

    def say(self, line: str) -> None:
        print_aside(f"{line}\n")


@contextmanager
def progress(count: Callable[[], int]) -> Iterator[ProgressBar]:
    """A bar for as many as are counted, which is done for a bar alone."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield _Plain()
        return
    from tqdm import tqdm  # noqa: PLC0415  most runs draw no bar

    tqdm.monitor_interval = 0  # it would start a thread, and processes are to be forked
    tqdm.set_lock(RLock())  # its own is for processes that all draw
    with tqdm(total=count(), unit=" report", dynamic_ncols=True, file=sys.stderr) as bar:
        yield _Bar(bar.update, lambda line: tqdm.write(line, file=sys.stderr))


class _Bar:
    def __init__(self, update: Callable[[int], object], write: Callable[[str], object]) -> None:
        self._update, self._write = update, write

    def step(self) -> None:
        self._update(1)

    def say(self, line: str) -> None:
        self._write(showable(line, sys.stderr))
