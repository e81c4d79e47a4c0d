"""Where the answers of many people stand: a folder, NDJSON, or a table.  Knows which it is.

Only one person's answers are held at a time, however many there are.
"""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.answers.lines import encoding_of
from questionnaire.answers.rows import Row, entries_of, lines_of, printable
from questionnaire.answers.table import read_table
from questionnaire.content.question import Question
from questionnaire.errors import ReadError
from questionnaire.system.files import read_file

_GLANCE = 1000
_LINES, _SINGLE = {".ndjson", ".jsonl"}, {".json", ".csv", ".tsv"}
_BLANK = " \t\r\n\ufeff"


def read_rows(path: Path, questions: Sequence[Question]) -> Iterator[Row]:
    """Every row, in order; ReadError when they cannot be read, or told apart."""
    if path.is_dir():
        return map(_file, _answers_files(path))
    if str(path) == "-" or (path.exists() and not path.is_file()):
        raise ReadError(
            f"{path}: is no file; what has run through a pipe cannot be taken up again."
        )
    start = read_file(str(path), _GLANCE)
    encoding = encoding_of(start)
    text = start.decode(encoding, "replace").lstrip(_BLANK)
    if kind := _foreign_kind(start, text):
        raise ReadError(f"{path}: is {kind}; save the answers in it as CSV in UTF-8.")
    if text.startswith("["):
        return entries_of(path, encoding)
    if _is_one_file(path, text):
        return iter([_file(path)])
    if _is_table(path, text):
        return read_table(path, questions, encoding)
    return lines_of(path, encoding)


def _is_one_file(path: Path, text: str) -> bool:
    """Whether it is an answers file by itself, set out over several lines."""
    first, *others = text.splitlines()[:2] or [""]
    may_be = path.suffix.lower() in _SINGLE and text.startswith("{")
    return may_be and bool(others) and not first.rstrip().endswith("}")


def _is_table(path: Path, text: str) -> bool:
    return path.suffix.lower() not in _LINES and not text.startswith("{")


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


def _foreign_kind(start: bytes, text: str) -> str:
    """What it is, by its first bytes and by its first signs; empty when it may be ours."""
    signs = text[:20].encode(errors="ignore")
    return next(
        (told for mark, told in _KINDS if mark in {start[: len(mark)], signs[: len(mark)]}), ""
    )


_KINDS = (
    (b"PK\x03\x04", "a workbook (.xlsx, .ods) or another packed file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook of an older Excel (.xls)"),
    (b"\t\x08\x10\x00", "a workbook of an older Excel (.xls)"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"<", "a page for a browser, or XML"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a table in Parquet"),
    (b"\x1f\x8b", "packed (gzip)"),
    (b"BZh", "packed (bzip2)"),
    (b"\xfd7zXZ\x00", "packed (xz)"),
    (b"(\xb5/\xfd", "packed (Zstandard)"),
    (b"7z\xbc\xaf\x27\x1c", "packed (7-Zip)"),
    (b"Rar!", "packed (RAR)"),
)
