"""One person's answers among many people's, and NDJSON, where each stands on a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.errors import ReadError

TOO_LARGE = f"larger than {LARGEST:,} bytes; that is not an answers file"


@dataclass(frozen=True)
class Row:
    """One person's answers as they came, or the fault for which there are none.

    `place` says where they stand, and `name` what their report is to be called after.
    """

    place: str
    name: str
    raw: bytes = b""
    fault: str = ""


def lines_of(path: Path) -> Iterator[Row]:
    """Every line of NDJSON that says something; ReadError when the file cannot be read."""
    with opened(path) as file:
        for number, line in numbered_lines(file):
            fault = TOO_LARGE if len(line) > LARGEST else ""
            if line.strip():
                yield Row(f"line {number}", f"row-{number}", b"" if fault else line.strip(), fault)


def opened(path: Path) -> IO[bytes]:
    """The file, to be read; ReadError when it cannot be."""
    try:
        return path.open("rb")
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}.") from error


def numbered_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; one that is too large is cut off, and still too large."""
    number = 0
    while line := file.readline(LARGEST + 1):
        number += 1
        yield number, line
        while line and not line.endswith(b"\n"):
            line = file.readline(LARGEST)


def printable(text: str) -> str:
    """A text for the screen and for tables, without signs that would steer either."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
