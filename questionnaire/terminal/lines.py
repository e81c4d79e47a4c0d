"""Lines that fit the screen.  The only module that knows wcwidth.

A line is measured in cells: most signs take one, Chinese and Japanese ones two, marks none.
"""

import os
import sys

import wcwidth

WIDEST = 76
"""Cells: longer lines are hard to read, however wide the screen is."""

_NARROWEST = 12
"""Cells: what is narrower holds no word, and a window may be made as narrow as one."""


def width(edge: int) -> int:
    """Cells for text on a line, with so many left free at the edge of the screen."""
    try:
        # Not by way of COLUMNS, which may be left over from a screen of another size.
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    # Some screens say that they have no columns at all.
    return max(min(columns - edge, WIDEST), _NARROWEST) if columns else WIDEST


def wrapped(text: str, room: int, indent: str = "") -> str:
    """Lines of one paragraph, none with more cells than there is room for, if a word allows."""
    lines = wcwidth.wrap(
        text, max(room, _NARROWEST), subsequent_indent=indent, break_on_hyphens=False
    )
    return "\n".join(lines)
