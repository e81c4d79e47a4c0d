"""Garbage is looked for between reports, not while one is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

_EVERY = 25
"""After so many reports all is collected: what was kept for a while ends as old garbage."""

_reports = count(1)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile; what was made is collected at the end, once.

    A page is tens of thousands of objects that all stay until it is printed: 8 % of its time.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if next(_reports) % _EVERY == 0:
            gc.collect()
        if on:
            gc.enable()


def collect_young() -> None:
    """Collect the garbage of what was made since the last time, and look at nothing older."""
    gc.collect(0)
