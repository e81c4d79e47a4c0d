"""Lines of a table for spreadsheets.

No cell begins with a sign that a spreadsheet would take for a formula: Python's csv, and what else
writes tables, leaves that to whoever writes.
"""

import csv
from collections.abc import Iterable
from io import StringIO

MARK = b"\xef\xbb\xbf"
"""Stands before a table in UTF-8, so that spreadsheets know it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = "'"


def line(cells: Iterable[str]) -> bytes:
    """One line of a table."""
    file = StringIO(newline="")
    csv.writer(file).writerow(map(harmless, cells))
    return file.getvalue().encode()


def harmless(cell: str) -> str:
    """A cell as it may stand in a table."""
    return _HARMLESS + cell if cell.startswith(_FORMULA) else cell
