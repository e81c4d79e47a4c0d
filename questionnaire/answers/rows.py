"""One person's answers among many people's: a line of NDJSON, or an entry of a JSON list."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.answers.lines import decoded, numbered_lines
from questionnaire.errors import ReadError
from questionnaire.system.files import read_file

TOO_LARGE = f"larger than {LARGEST:,} bytes; that is not an answers file"

_LARGEST_LIST = 50_000_000
"""Bytes: unlike lines, a list is held as a whole."""

_BLANK = " \t\r\n\ufeff"
_BROKEN = "not JSON from here on ({error}); neither this entry nor any after it was read"


@dataclass(frozen=True)
class Row:
    """One person's answers as they came, or the fault for which there are none.

    `place` says where they stand, and `name` what their report is to be called after.
    """

    place: str
    name: str
    raw: bytes = b""
    fault: str = ""


def lines_of(path: Path, encoding: str) -> Iterator[Row]:
    """Every line of NDJSON that says something; ReadError when the file cannot be read."""
    for number, line in numbered_lines(path, encoding):
        raw = line.encode(errors="surrogateescape")
        fault = TOO_LARGE if len(raw) > LARGEST else ""
        if said := raw.strip():
            yield Row(f"line {number}", f"row-{number}", b"" if fault else said, fault)


def entries_of(path: Path, encoding: str) -> Iterator[Row]:
    """Every entry of a JSON list; where it breaks off, the last one says so.  ReadError."""
    text = _list_in(path, encoding)
    at, number = _past(text, text.index("[") + 1), 1
    while text[at : at + 1] != "]":
        try:
            end, after = _bounds(text, at)
        except (ValueError, RecursionError) as error:
            yield _entry(number, fault=_BROKEN.format(error=_matter(error)))
            return
        yield _entry(number, text[at:end])
        at, number = after, number + 1
    if text[_past(text, at + 1) :]:
        yield _entry(number, fault=_BROKEN.format(error="there is more after the list"))


def _list_in(path: Path, encoding: str) -> str:
    raw = read_file(str(path), _LARGEST_LIST)
    if len(raw) > _LARGEST_LIST:
        raise ReadError(
            f"{path}: is a JSON list of more than {_LARGEST_LIST:,} bytes; "
            "write each answers file on a line of its own (NDJSON)."
        )
    return decoded(raw, encoding)


def _bounds(text: str, at: int) -> tuple[int, int]:
    """Where an entry ends, and where the next one begins or the list ends; ValueError."""
    _, end = json.JSONDecoder().raw_decode(text, at)
    after = _past(text, end)
    match text[after : after + 1]:
        case ",":
            return end, _past(text, after + 1)
        case "]":
            return end, after
    raise json.JSONDecodeError("a comma or ] is missing", text, after)


def _past(text: str, at: int) -> int:
    """The place of the next sign that is not blank."""
    while text[at : at + 1] and text[at] in _BLANK:
        at += 1
    return at


def _matter(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return "a number or a nesting without end"


def _entry(number: int, text: str = "", fault: str = "") -> Row:
    return Row(f"entry {number}", f"row-{number}", text.encode(errors="surrogateescape"), fault)


def printable(text: str) -> str:
    """A text for the screen and for tables, without signs that would steer either."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
