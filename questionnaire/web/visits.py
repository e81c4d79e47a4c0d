"""Visits: conversations under way, as they are kept between two pages.

Where they are kept is for a `Visits` to say; `InMemory` keeps them nowhere else than here.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Protocol

from questionnaire.interview.conversation import State

MOST = 1000
"""Visits at a time: beyond, whoever comes is asked to try later, and nobody loses an answer."""

IDLE = 60 * 60.0
"""Seconds without a page after which a visit ends, and all that was said in it is forgotten."""


class TooManyError(Exception):
    """There is no room for one more visit now."""


@dataclass(frozen=True)
class Visit:
    """One person's conversation.

    `version` is the content that it is held under, empty for today's; `notices` is what is to be
    told on the next page, such as what a draft that was taken up has lost.  `given` is the day of
    the oldest answer; None where nobody knows it.
    """

    state: State = field(default_factory=State)
    version: str = ""
    notices: tuple[str, ...] = ()
    given: date | None = None


Act = Callable[[Visit], Visit]


class Visits(Protocol):
    """Where visits are kept, each under a key that nobody can guess."""

    def begin(self, visit: Visit, key: str = "") -> str:
        """Keep a new visit, under this key or a new one, which is given; TooManyError."""

    def read(self, key: str) -> Visit | None:
        """The visit of this key; None when there is none, or it has ended."""

    def change(self, key: str, act: Act) -> Visit | None:
        """The visit after `act`, which no other change comes between; None as for `read`."""

    def forget(self, key: str) -> None:
        """Forget a visit, and all that was said in it."""


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(24)


class InMemory:
    """Visits in the memory of this process, ended after an hour without a page.

    `forgotten` is told the key of each visit that has ended, so that others forget it too.
    """

    def __init__(
        self,
        most: int = MOST,
        idle: float = IDLE,
        forgotten: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep none yet."""
        self._most, self._idle, self._clock = most, idle, clock
        self._forgotten = forgotten
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[float, Visit]] = OrderedDict()

    def begin(self, visit: Visit, key: str = "") -> str:
        """As in `Visits`."""
        self.end_idle()
        key = key or new_key()
        with self._lock:
            if key not in self._kept and len(self._kept) >= self._most:
                raise TooManyError
            self._keep(key, visit)
        return key

    def read(self, key: str) -> Visit | None:
        """As in `Visits`; whoever reads is not idle."""
        return self.change(key, lambda visit: visit)

    def change(self, key: str, act: Act) -> Visit | None:
        """As in `Visits`."""
        self.end_idle()
        with self._lock:
            if key not in self._kept:
                return None
            visit = act(self._kept[key][1])
            self._keep(key, visit)
            return visit

    def forget(self, key: str) -> None:
        """As in `Visits`."""
        with self._lock:
            self._kept.pop(key, None)
        self._forgotten(key)

    def end_idle(self) -> None:
        """Forget every visit that was idle for too long."""
        for key in self._idle_ones():
            self._forgotten(key)

    def _idle_ones(self) -> list[str]:
        """The keys of those that have just been dropped, the longest idle first."""
        ended, oldest = [], self._clock() - self._idle
        with self._lock:
            while self._kept and next(iter(self._kept.values()))[0] < oldest:
                ended.append(self._kept.popitem(last=False)[0])
        return ended

    def _keep(self, key: str, visit: Visit) -> None:
        self._kept[key] = self._clock(), visit
        self._kept.move_to_end(key)
