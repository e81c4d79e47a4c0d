"""The lines of a text file, whichever program wrote it: its encoding, and where its lines end.

Knows nothing of what stands in them.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.errors import ReadError

UNDECODABLE = "\udcff"
"""Stands in a line for bytes that are no text in its encoding."""

_HANDLER = "acuscreen.undecodable"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # which begins as UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks."""

_ZEROS = (
    ((False, True, True, True), "utf-32-le"),
    ((True, True, True, False), "utf-32-be"),
    ((False, True), "utf-16-le"),
    ((True, False), "utf-16-be"),
)
"""Which of the first bytes are zero where there is no mark: what we read begins in ASCII."""


def encoding_of(start: bytes) -> str:
    """The encoding of a text by its first bytes: UTF-8, unless it shows that it is another."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    zeros = tuple(byte == 0 for byte in start)
    return next((named for each, named in _ZEROS if zeros[: len(each)] == each), "utf-8")


def decoded(raw: bytes, encoding: str) -> str:
    """A text as a whole, with `UNDECODABLE` in the place of what is none."""
    return raw.decode(encoding, _HANDLER)


def numbered_lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    r"""The lines with their numbers and ends, which may be \n, \r\n or \r; ReadError.

    A line that is too large is cut off, and still too large.
    """
    try:
        with path.open(encoding=encoding, errors=_HANDLER, newline="") as file:
            number = 0
            while line := file.readline(LARGEST + 1):
                number += 1
                yield number, line
                while line and not line.endswith(("\n", "\r")):
                    line = file.readline(LARGEST)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}.") from error


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNDECODABLE, error.end


codecs.register_error(_HANDLER, _replaced)
