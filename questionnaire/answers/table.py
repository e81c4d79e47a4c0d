"""A table of answers (CSV): a column for each question, a line for each person.

Knows how a cell says an answer; whether it may be said is checked in `answers`, as ever.  No error
repeats a cell: in a wrong column it may be somebody's own words.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from questionnaire.answers.doubt import doubts
from questionnaire.answers.file import FORMAT
from questionnaire.answers.given import GIVEN, is_day
from questionnaire.answers.lines import UNDECODABLE, numbered_lines
from questionnaire.answers.records import Cells, Record, records
from questionnaire.answers.rows import Row
from questionnaire.content.question import Question
from questionnaire.errors import ReadError

NAME = "id"
"""The column, no question's, that says what a report is to be called after."""

_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
_DECLARED = re.compile(r'"?sep=(?P<separator>[^"\r\n])"?\s*', re.IGNORECASE)
"""The line by which Excel is told the separator, and which it writes before the header."""

_INVISIBLE = "\ufeff\u200b"
"""Signs without a shape that programs leave before the first cell: a second byte order mark."""

_NO_ANSWER = "…"
"""Stands for what a cell says where it says no answer; for `answers` to refuse."""

_MOST_TOLD = 10


@dataclass(frozen=True)
class _Header:
    """The columns by name, those at the end that have none as ""; and where they stood."""

    columns: Cells
    separator: str
    line: int


def read_table(path: Path, questions: Sequence[Question], encoding: str) -> Iterator[Row]:
    """Every person in the table; ReadError when its columns are not ours."""
    lines = numbered_lines(path, encoding)
    takes = {question.id: question for question in questions}
    header = _header(path, lines, [NAME, GIVEN, *takes])
    told = encoding.upper().removesuffix("-SIG")
    for record in records(lines, header.separator, told):
        yield _row(record, header, takes)


def _header(path: Path, lines: Iterator[tuple[int, str]], known: Sequence[str]) -> _Header:
    """The first line that says something, less the one that only tells the separator."""
    separators = "".join(_SEPARATORS)
    for number, line in lines:
        declared = _DECLARED.fullmatch(line.lstrip(_INVISIBLE))
        if declared:
            separators += declared["separator"]
        elif line.strip(f'{separators}{_INVISIBLE}" \t\r\n\xa0'):
            header = _named(line, number, separators, known)
            _refuse_columns(path, line, header, known)
            return header
    raise ReadError(f"{path}: holds no line with the names of questions, and no answers.")


def _named(line: str, number: int, separators: str, known: Sequence[str]) -> _Header:
    """The columns, by the separator by which the line names the most questions."""
    found = {each: _columns(line, each) for each in separators}
    separator = max(found, key=lambda each: len(set(known).intersection(found[each])))
    return _Header(found[separator], separator, number)


def _columns(line: str, separator: str) -> Cells:
    record = next(records(iter([(1, line)]), separator), None)
    return [] if record is None or record.fault else [_plain(each) for each in record.cells]


def _plain(heading: str) -> str:
    return heading.strip().strip(_INVISIBLE).strip().lower()


def _refuse_columns(path: Path, line: str, header: _Header, known: Sequence[str]) -> None:
    place = f"{path}: line {header.line}"
    there = f"there are: {', '.join(known)}"
    named = _trimmed(header.columns)
    if UNDECODABLE in line:
        raise ReadError(f"{place}: not UTF-8 text; save it as CSV in UTF-8.")
    if not set(known[2:]).intersection(named):
        raise ReadError(
            f"{place}: names no question, so this is no table of answers; its first line must "
            f"name the columns, and {there}."
        )
    strange = [_strange(at, each, known) for at, each in enumerate(named, 1) if each not in known]
    if strange:
        raise ReadError(f"{place}: not a question: {', '.join(strange[:_MOST_TOLD])}; {there}.")
    twice = [each for each, times in Counter(named).items() if times > 1]
    if twice:
        raise ReadError(f"{place}: there twice: {', '.join(twice)}; keep one column of each.")


def _strange(at: int, heading: str, known: Sequence[str]) -> str:
    near = get_close_matches(heading, known, 1)
    return f"column {at} (is {near[0]} meant?)" if near else f"column {at}"


def _trimmed(cells: Cells) -> Cells:
    """Without the empty cells that spreadsheets leave at the end of a line."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _row(record: Record, header: _Header, takes: Mapping[str, Question]) -> Row:
    first, last = record.first, record.last
    name = f"row-{first}"
    if fault := record.fault or _misfit(record.cells, header):
        place = f"line {first}" if first == last else f"lines {first} to {last}"
        return Row(place, name, fault=fault)
    if doubt := "; ".join(doubts(record, header.columns, header.separator, takes)):
        return Row(f"line {first}", name, fault=doubt)
    said = dict(zip(header.columns, (each.strip() for each in record.cells), strict=True))
    named = said.pop(NAME, "") or name
    day = said.pop(GIVEN, "")
    answers = {each: _answer(takes[each], cell) for each, cell in said.items() if cell}
    given = {GIVEN: day if is_day(day) else _NO_ANSWER} if day else {}
    file = json.dumps({"format": FORMAT, **given, "answers": answers})
    return Row(f"line {first}", named, file.encode())


def _misfit(cells: Cells, header: _Header) -> str:
    """Why the cells do not stand under the columns one by one."""
    width, columns = len(cells), header.columns
    more = width - len(columns)
    if more:
        count = (
            f"has {width} {'cell' if width == 1 else 'cells'}, and there are {len(columns)} columns"
        )
        sign = _SEPARATORS.get(header.separator, "the separator")
        way_out = f"; {more} too many: put a cell that holds {sign} in quotation marks"
        return count + (
            way_out if more > 0 else f"; {-more} too few: a cell may be empty, not left out"
        )
    under_none = [at for at, each in enumerate(columns, 1) if not each and cells[at - 1].strip()]
    return f"has something in column {under_none[0]}, which has no name" if under_none else ""


def _answer(question: Question, cell: str) -> str | int | list[str]:
    """What a cell says; in place of what no answer can be, a mark."""
    ids = {option.id for option in question.options}
    match question.kind:
        case "many":
            chosen = (each.strip() for each in cell.split(";"))
            return [each if each in ids else _NO_ANSWER for each in chosen if each]
        case "one":
            return cell if cell in ids else _NO_ANSWER
        case "scale":
            # More digits than any scale has are not made a number of.
            return int(cell) if re.fullmatch("[0-9]{1,3}", cell) else _NO_ANSWER
        case "text":
            return re.sub(r"\r(?!\n)", "\n", cell)
