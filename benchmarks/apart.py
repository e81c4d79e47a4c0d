"""A process of its own for each of two ways to print, so that neither helps the other."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

_EACH = 3
"""So often in a round: what is left behind for the garbage collector is paid for as well."""


@contextmanager
def apart(
    work: Callable[..., Callable[[], object]], *given: object
) -> Iterator[Callable[[], float]]:
    """`work` makes the work of what is given; each call has it done, and tells the seconds."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, given), daemon=True)
    process.start()
    theirs.close()

    def seconds() -> float:
        ours.send(None)
        return float(ours.recv())

    yield seconds
    ours.close()
    process.join()


def _serve(
    pipe: Connection, work: Callable[..., Callable[[], object]], given: tuple[object, ...]
) -> None:
    act = work(*given)
    while True:
        try:
            pipe.recv()
        except EOFError:
            return
        start = time.perf_counter()
        for _ in range(_EACH):
            act()
        pipe.send((time.perf_counter() - start) / _EACH)
