"""The answers of many people, one after the other: a folder, NDJSON, or a table.

Only one person's answers are held at a time, however many there are.
"""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from questionnaire.files import ReadError, read_file
from questionnaire.jsonfile import LARGEST
from questionnaire.questions import Question

_MARK = b"\xef\xbb\xbf"
_GLANCE = 1000
_TABLES, _LINES = {".csv", ".tsv"}, {".ndjson", ".jsonl"}

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


def read_rows(path: Path, questions: Sequence[Question]) -> Iterator[Row]:
    """Every row, in order; ReadError when they cannot be read, or told apart."""
    if path.is_dir():
        return map(_file, _answers_files(path))
    if str(path) == "-" or (path.exists() and not path.is_file()):
        raise ReadError(
            f"{path}: is no file; what has run through a pipe cannot be taken up again."
        )
    start = read_file(str(path), _GLANCE).removeprefix(_MARK)
    if _is_one_file(path, start):
        return iter([_file(path)])
    if _is_table(path, start):
        from questionnaire import columns  # noqa: PLC0415  it imports this module

        return columns.read_table(path, questions)
    return _lines(path)


def printable(text: str) -> str:
    """A text for the screen and for tables, without signs that would steer either."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def numbered_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; one that is too large is cut off, and still too large."""
    number = 0
    while line := file.readline(LARGEST + 1):
        number += 1
        yield number, line
        while line and not line.endswith(b"\n"):
            line = file.readline(LARGEST)


def _is_one_file(path: Path, start: bytes) -> bool:
    """Whether it is an answers file by itself, set out over several lines."""
    first, ended, _ = start.partition(b"\n")
    return path.suffix.lower() == ".json" and bool(ended) and not first.rstrip().endswith(b"}")


def _is_table(path: Path, start: bytes) -> bool:
    kind = path.suffix.lower()
    if kind in _TABLES | _LINES:
        return kind in _TABLES
    return not start.lstrip().startswith(b"{")


def _file(path: Path) -> Row:
    raw, fault = b"", ""
    try:
        if stat.S_ISREG(path.stat().st_mode):
            raw = read_file(str(path), LARGEST)
        else:
            fault = "is not a file"  # and a pipe would be waited for
    except (OSError, ReadError):
        fault = "cannot be read"
    return Row(printable(path.name), path.stem, raw, fault)


def _answers_files(folder: Path) -> Sequence[Path]:
    """In the order of their names; hidden files are other programs'."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() == ".json"]
    except OSError as error:
        raise ReadError(f"{folder}: cannot be read: {error.strerror}.") from error
    return sorted(path for path in found if not path.name.startswith("."))


def _lines(path: Path) -> Iterator[Row]:
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
