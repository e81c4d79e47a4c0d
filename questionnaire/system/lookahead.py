"""Bounded look-ahead: pieces of work done side by side, their results in the order of the pieces.

Knows nothing of who does the work.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True)
class Died:
    """What comes of a piece whose process ended with it in hand."""

    why: str


class Crew(Protocol[T_contra, R_co]):
    """Those who do the work; a piece is known to them by its number."""

    @property
    def ahead(self) -> int:
        """So many pieces at most are in hand, or done before one that is still in hand."""

    def has_room(self) -> bool:
        """Whether one more piece would be begun now."""

    def start(self, number: int, piece: T_contra) -> None:
        """Begin a piece."""

    def done(self) -> Iterable[tuple[int, R_co]]:
        """Wait until something is done, and give all that is; or nothing, to be asked again."""


def in_order(crew: Crew[T, R], pieces: Iterable[T], finish: Callable[[T, R], S]) -> Iterator[S]:
    """What `finish` makes of each piece and its result, in the order of the pieces.

    `finish` is called as soon as a result is there, whose turn it may not yet be.
    """
    numbered = enumerate(pieces)
    held: dict[int, T] = {}
    finished: dict[int, S] = {}
    turn = 0
    while held := held | _begun(crew, numbered, crew.ahead - len(held) - len(finished)):
        for number, result in crew.done():
            finished[number] = finish(held.pop(number), result)
        while turn in finished:
            yield finished.pop(turn)
            turn += 1


def _begun(crew: Crew[T, R], numbered: Iterator[tuple[int, T]], most: int) -> dict[int, T]:
    begun: dict[int, T] = {}
    while len(begun) < most and crew.has_room() and (coming := next(numbered, None)):
        number, piece = coming
        crew.start(number, piece)
        begun[number] = piece
    return begun
