"""Lines of a table for spreadsheets.

No cell begins with a sign that a spreadsheet would take for a formula, wherever it parts cells:
Python's csv, and what else writes tables, leaves that to whoever writes.
"""

import csv
import unicodedata
from collections.abc import Iterable
from io import StringIO

MARK = b"\xef\xbb\xbf"
"""Stands before a table in UTF-8, so that spreadsheets know it."""

_FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")
_STEERS = ("\t", "\r", "\n")
_HARMLESS = "'"
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}
"""Categories of signs that a spreadsheet may pass over before a formula."""

_OTHER_SEPARATOR = ";"
"""Where a new cell begins in countries that write a comma in numbers."""


def line(cells: Iterable[str]) -> bytes:
    """One line of a table."""
    file = StringIO(newline="")
    csv.writer(file).writerow(map(harmless, cells))
    return file.getvalue().encode()


def harmless(cell: str) -> str:
    """A cell as it may stand in a table."""
    parts = cell.split(_OTHER_SEPARATOR)
    marked = (_HARMLESS + each if _is_formula(each) else each for each in parts)
    whole = _OTHER_SEPARATOR.join(marked)
    return _HARMLESS + whole if whole.startswith(_STEERS) else whole


def _is_formula(part: str) -> bool:
    """Whether the first sign that is seen is one of a formula, in any width or size of it."""
    seen = next((each for each in part if unicodedata.category(each) not in _UNSEEN), "")
    return unicodedata.normalize("NFKC", seen).startswith(_FORMULA)
