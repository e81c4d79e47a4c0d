"""A Dask cluster that does pieces of work.  The only module that knows Dask.

Whoever reaches a scheduler can run what he likes on its workers, so the network must be private,
or the address begin with `tls://`: then Dask's own settings name the certificates.
"""

import logging
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from distributed import Client, KilledWorker, Security, get_worker

from questionnaire.errors import UsageError, WriteError
from questionnaire.system.lookahead import Died

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 300.0
"""Seconds without any result, after which what is in hand is given up."""

_REACH = 5.0
"""Seconds in which a scheduler must answer, and in which it must have a worker."""

_GLANCE = 1.0
"""Seconds between two looks at who is still there."""

_AHEAD = 8
"""So many pieces for each worker may be done before one that is still in hand."""

_LOGS = ("distributed", "distributed.client", "distributed.gc", "tornado.application")
"""Those that Dask gives a level of their own."""

_ONE_AT_A_TIME = Lock()
"""In a worker, which may have been started with several threads."""


@dataclass(frozen=True)
class _Parcel:
    """What travels.  Dask logs the arguments of what failed; of these it learns nothing."""

    content: bytes = field(repr=False)


class Cluster(Generic[T, R]):
    """The workers of a scheduler; a crew for `in_order`.

    They find `act` by its name: it is for `act` to see whether they run the same program.
    """

    def __init__(self, address: str, act: Callable[[T], R]) -> None:
        """WriteError when nobody answers there, or nobody works there."""
        self._address, self._act = address, act
        self._client = _reached(address)
        self._executor = self._client.get_executor(pure=False)
        self._busy: dict[Future[_Parcel], int] = {}
        self._last = monotonic()

    @property
    def ahead(self) -> int:
        """For as many workers as there are now; they may come and go."""
        return _AHEAD * max(1, self._workers())

    def has_room(self) -> bool:
        """The scheduler keeps what no worker has time for."""
        return True

    def start(self, number: int, piece: T) -> None:
        """Send a piece; when its worker is lost, another gets it."""
        parcel = _Parcel(pickle.dumps((self._act, piece)))
        self._busy[self._executor.submit(_do, parcel)] = number

    def done(self) -> Iterator[tuple[int, R | Died]]:
        """What has come back, or is lost; WriteError when the cluster is."""
        ready, late = wait(self._busy, _GLANCE, FIRST_COMPLETED)
        if ready:
            self._last = monotonic()
        elif monotonic() - self._last > PATIENCE:
            yield from self._given_up(late)
        for future in ready:
            yield self._busy.pop(future), self._result(future)

    def close(self) -> None:
        """Take back what is in hand; the cluster forgets all that it has of us."""
        with suppress(OSError):  # it is lost
            self._executor.shutdown(wait=False)
            self._client.close()

    def _workers(self) -> int:
        with self._errors_told():
            return len(self._client.nthreads())

    def _result(self, future: Future[_Parcel]) -> R | Died:
        try:
            with self._errors_told():
                result: R = pickle.loads(future.result().content)  # noqa: S301  see `_do`
        except KilledWorker:
            return Died("the processes that made it ended, one after the other")
        return result

    def _given_up(self, late: Iterable[Future[_Parcel]]) -> Iterator[tuple[int, Died]]:
        if not self._workers():
            raise WriteError(f"{self._address}: has no workers any more; start again to go on.")
        self._last = monotonic()
        for future in late:
            future.cancel()
            yield self._busy.pop(future), Died(f"took longer than {PATIENCE:.0f} seconds")

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        """WriteError when the scheduler is lost, or a worker fails at what works here."""
        try:
            yield
        except (KilledWorker, UsageError):
            raise
        except (CancelledError, OSError) as error:
            raise WriteError(
                f"{self._address}: the scheduler is lost; start again to go on."
            ) from error
        except Exception as error:
            failed = type(error).__name__  # and no more: its text may hold answers
            raise WriteError(
                f"{self._address}: the cluster failed ({failed}). See whether the scheduler and "
                "all workers run this version of acuscreen."
            ) from error


def _reached(address: str) -> Client:
    """A connection.  It is silent: Dask and Tornado log on the screen what we tell, or stop."""
    for name in _LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    security = _security(address)
    try:
        client = Client(address, security=security, timeout=_REACH, set_as_default=False)
    except OSError as error:
        raise WriteError(f"{address}: no scheduler answers there.") from error
    try:
        client.wait_for_workers(1, timeout=_REACH)
    except TimeoutError as error:
        client.close()
        raise WriteError(f"{address}: the scheduler there has no workers.") from error
    return client


def _security(address: str) -> Security:
    """Dask's settings, checked before it connects: it would try for long and tell little."""
    security = Security()
    try:
        settings = security.get_connection_args("client")
    except OSError as error:
        raise UsageError(
            f"{address}: its certificates cannot be read: {error.strerror}."
        ) from error
    if address.startswith("tls:") and not settings["ssl_context"]:
        raise UsageError(f"{address}: no certificates are named; see docs/cluster.md.")
    if address.startswith("tcp:") and settings["require_encryption"]:
        raise UsageError(f"{address}: Dask's settings ask for an address that begins with tls://.")
    return security


def _do(parcel: _Parcel) -> _Parcel:
    """Do a piece: in a worker.  What it unpacks comes from who may run anything here anyway."""
    if not isinstance(get_worker().data, dict):
        raise UsageError(
            "the workers may write answers to their disks; start them with DASK_CONFIG as "
            "docs/cluster.md tells."
        )
    act, piece = pickle.loads(parcel.content)  # noqa: S301  see above
    with _ONE_AT_A_TIME:
        return _Parcel(pickle.dumps(act(piece)))
