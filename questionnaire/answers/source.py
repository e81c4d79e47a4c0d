"""Where the answers of many people stand: a folder, NDJSON, or a table.  Knows which it is.

Only one person's answers are held at a time, however many there are.
"""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.answers.rows import Row, lines_of, printable
from questionnaire.answers.table import read_table
from questionnaire.content.question import Question
from questionnaire.errors import ReadError
from questionnaire.system.files import read_file

_BOM = b"\xef\xbb\xbf"
_GLANCE = 1000
_TABLES, _LINES = {".csv", ".tsv"}, {".ndjson", ".jsonl"}


def read_rows(path: Path, questions: Sequence[Question]) -> Iterator[Row]:
    """Every row, in order; ReadError when they cannot be read, or told apart."""
    if path.is_dir():
        return map(_file, _answers_files(path))
    if str(path) == "-" or (path.exists() and not path.is_file()):
        raise ReadError(
            f"{path}: is no file; what has run through a pipe cannot be taken up again."
        )
    start = read_file(str(path), _GLANCE).removeprefix(_BOM)
    if _is_one_file(path, start):
        return iter([_file(path)])
    return read_table(path, questions) if _is_table(path, start) else lines_of(path)


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
