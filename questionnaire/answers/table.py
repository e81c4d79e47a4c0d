"""A table of answers (CSV): a column for each question, a line for each person.

Knows how a cell says an answer; whether it may be said is checked in `answers`, as ever.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from questionnaire.answers.file import FORMAT
from questionnaire.answers.rows import Row, numbered_lines, opened
from questionnaire.content.question import Question
from questionnaire.errors import ReadError, quoted

NAME = "id"
"""The column, no question's, that says what a report is to be called after."""

_SEPARATORS = ",;\t"
_LONGEST_CELL = 100_000
_UNDECODABLE = "surrogateescape"
_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "a workbook"))

Cells = Sequence[str]


def read_table(path: Path, questions: Sequence[Question]) -> Iterator[Row]:
    """Every person in the table; ReadError when its columns are not ours."""
    csv.field_size_limit(_LONGEST_CELL)
    with opened(path) as file:
        header = _header(file, path)
        separator = _separator(header, questions)
        columns = _cells(header, separator)
        _refuse_columns(path, columns, questions)
        takes = {question.id: question for question in questions}
        for first, last, cells in _records(file, separator):
            if isinstance(cells, str):
                place = f"line {first}" if first == last else f"lines {first} to {last}"
                yield Row(place, f"row-{first}", fault=cells)
            else:
                yield _row(first, cells, columns, takes)


def _header(file: IO[bytes], path: Path) -> str:
    _, first = next(numbered_lines(file), (1, b""))
    for start, encoding in _ENCODINGS:
        if first.startswith(start):
            raise ReadError(f"{path}: is {encoding}; save it as CSV in UTF-8.")
    try:
        return first.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: line 1: not UTF-8 text; save it as CSV in UTF-8.") from error


def _separator(header: str, questions: Sequence[Question]) -> str:
    """The separator by which the header names the most questions."""
    known = {question.id for question in questions}
    return max(_SEPARATORS, key=lambda each: len(known.intersection(_cells(header, each))))


def _cells(header: str, separator: str) -> Cells:
    try:
        cells = next(csv.reader([header], delimiter=separator), [])
    except csv.Error:
        return []
    return _trimmed([each.strip() for each in cells], 0)


def _trimmed(cells: Cells, width: int) -> Cells:
    """Without the empty cells that spreadsheets leave at the end of a line."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells


def _refuse_columns(path: Path, columns: Cells, questions: Sequence[Question]) -> None:
    known = [question.id for question in questions]
    strange = [each for each in columns if each not in {NAME, *known}]
    twice = [each for each, times in Counter(columns).items() if times > 1]
    place = f"{path}: line 1"
    if strange or not set(columns) - {NAME}:
        named = ", ".join(map(quoted, strange[:10])) or "nothing"
        raise ReadError(f"{place}: not a question: {named}; there are: {NAME}, {', '.join(known)}.")
    if twice:
        raise ReadError(f"{place}: there twice: {', '.join(twice)}; keep one column of each.")


def _records(file: IO[bytes], separator: str) -> Iterator[tuple[int, int, Cells | str]]:
    """Every line that says something, with its number; a text in place of cells is its fault.

    A cell in quotation marks may go over several lines: the numbers are of the first and the last.
    """
    lines = (line.decode(errors=_UNDECODABLE) for _, line in numbered_lines(file))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        first = reader.line_num + 2  # the header is line 1
        try:
            cells: Cells | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = f"not a line of a table ({error}); is a quotation mark missing?"
        if isinstance(cells, str) or any(each.strip() for each in cells):
            yield first, reader.line_num + 1, cells


def _row(number: int, cells: Cells, columns: Cells, takes: Mapping[str, Question]) -> Row:
    place, name = f"line {number}", f"row-{number}"
    if fault := _fault(cells, columns):
        return Row(place, name, fault=fault)
    said = dict(zip(columns, (each.strip() for each in cells), strict=False))
    named = said.pop(NAME, "") or name
    answers = {each: _answer(takes[each], cell) for each, cell in said.items() if cell}
    return Row(place, named, json.dumps({"format": FORMAT, "answers": answers}).encode())


def _fault(cells: Cells, columns: Cells) -> str:
    width = len(_trimmed(cells, len(columns)))
    if width != len(columns):
        return f"has {width} cells, and there are {len(columns)} columns"
    undecoded = any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell)
    return "not UTF-8 text; save it as CSV in UTF-8" if undecoded else ""


def _answer(question: Question, cell: str) -> str | int | list[str]:
    """What a cell says; what it cannot say is left as it is, for `answers` to refuse."""
    match question.kind:
        case "many":
            return [each.strip() for each in cell.split(";") if each.strip()]
        case "scale" if cell.isascii() and cell.isdigit() and len(cell) < 4:  # noqa: PLR2004
            return int(cell)
        case _:
            return cell
