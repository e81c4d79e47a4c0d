"""Rows of a list and what stands above them: as values, and wrapped to the screen."""

from dataclasses import dataclass
from enum import Enum, auto

from questionnaire.terminal.lines import width, wrapped

_EDGE = 2
"""Cells left free: for the bar of a long list, and for the cursor."""
POINTER, BOX = 3, 2
"""Cells before the words of a row: the pointer in every list, the box where rows are ticked."""


class Way(Enum):
    """Rows that are no answers."""

    START = auto()
    SKIP = auto()
    BACK = auto()


Value = str | int | Way


@dataclass(frozen=True)
class Row:
    """A row of a list: what it stands for, and its words."""

    value: Value
    title: str
    ticked: bool = False


@dataclass(frozen=True)
class Head:
    """What stands above the answers: the place in the interview, the question, the help."""

    place: str
    ask: str
    hint: str


def room() -> int:
    """Cells for text on a line."""
    return width(_EDGE)


def titled(row: Row, box: int) -> str:
    """The words of a row, wrapped behind its pointer and its box."""
    before = POINTER + box
    return in_room(row.title, before).replace("\n", "\n" + " " * before)


def in_room(text: str, before: int = 0) -> str:
    """Lines wrapped to the screen, less the cells that stand before each of them."""
    return "\n".join(wrapped(each, room() - before) for each in text.splitlines())


def indented(text: str) -> str:
    """Lines wrapped one cell from the edge, as the lists are."""
    return "\n".join(f" {each}" for each in in_room(text, 1).splitlines())
