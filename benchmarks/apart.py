"""A process of its own for what is measured: nothing that was measured before helps or burdens."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

from benchmarks.measure import seconds

P = ParamSpec("P")
R = TypeVar("R")

EACH = 3
"""So often in a round: what is left behind for the garbage collector is paid for as well."""


def alone(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What the work comes to, done in a process that does nothing else, before or after."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *args, **kwargs).result()


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

    def done() -> float:
        ours.send(None)
        return float(ours.recv())

    yield done
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
        pipe.send(seconds(act, EACH))
