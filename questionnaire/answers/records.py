"""Records of a table (RFC 4180): cells between separators, whole in quotation marks or without any.

Python's `csv` reads them.  Even its strict mode takes a quotation mark inside a cell for a letter,
and splits the cell at the next separator; so the marks are checked here as well.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.answers.lines import UNDECODABLE

Cells = Sequence[str]

_LONGEST_CELL = 100_000
_NO_RECORD = "not a line of a table ({error}); is a quotation mark missing?"
_ASTRAY = (
    "has a quotation mark inside a cell; put the whole cell in quotation marks, without spaces "
    "around them, and write each mark inside it twice"
)
_NO_TEXT = "not {encoding} text; save it as CSV in UTF-8"


@dataclass(frozen=True)
class Record:
    """The cells of a line, or of several where a cell goes over its end; or the fault in them."""

    first: int
    last: int
    text: str
    cells: Cells = ()
    fault: str = ""


def records(
    lines: Iterator[tuple[int, str]], separator: str, encoding: str = "UTF-8"
) -> Iterator[Record]:
    """Every record that says something, and every one that cannot be read."""
    csv.field_size_limit(_LONGEST_CELL)
    taken = _Taken(lines)
    reader = csv.reader(taken, delimiter=separator, strict=True)
    while True:
        taken.forget()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(*taken.place, "", fault=_NO_RECORD.format(error=error))
            continue
        if any(each.strip() for each in cells):
            fault = _fault(taken.text, separator, encoding)
            yield Record(*taken.place, taken.text, cells, fault)


class _Taken:
    """Hands out lines, and keeps those that the record at hand is made of."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._lines = lines
        self.forget()

    def forget(self) -> None:
        self._taken: list[tuple[int, str]] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = next(self._lines)
        self._taken.append((number, line))
        self._size += len(line)
        if self._size > LARGEST:
            raise csv.Error(f"larger than {LARGEST:,} characters")
        return line

    @property
    def place(self) -> tuple[int, int]:
        return self._taken[0][0], self._taken[-1][0]

    @property
    def text(self) -> str:
        return "".join(line for _, line in self._taken)


def _fault(text: str, separator: str, encoding: str) -> str:
    if UNDECODABLE in text or "\0" in text:
        return _NO_TEXT.format(encoding=encoding)
    return "" if _is_well_quoted(text, separator) else _ASTRAY


def _is_well_quoted(text: str, separator: str) -> bool:
    """Whether quotation marks stand at the edges of cells, or twice inside a cell that has them."""
    if '"' not in text:
        return True
    apart = re.escape(separator)
    cell = rf'(?:"[^"]*(?:""[^"]*)*"|[^"{apart}\r\n]*)'
    return re.fullmatch(rf"{cell}(?:{apart}{cell})*(?:\r\n|\r|\n)?", text) is not None
