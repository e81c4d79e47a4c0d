"""What speaks against a row of a table although it has as many cells as there are columns.

One cell too many and one too few leave the width as it is: a sign slips into the next column, or a
quotation mark that is missing in two rows makes one of them.  Own words would hide either.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from questionnaire.answers.records import Cells, Record
from questionnaire.content.question import Question

Takes = Mapping[str, Question]
"""The question of each column; one that is no question's, such as the name, is not in it."""

_SLIPPED = "{column}: holds options of {list}; join several options with ; in one cell"
_PARTED = (
    "{column}: begins with a space, as after a comma in a sentence; put the cell that holds the "
    "comma in quotation marks, or leave the space out"
)
_SWALLOWED = (
    "{column}: goes over several lines, and one of them looks like a row of its own; is a "
    "quotation mark missing?"
)


def doubts(record: Record, columns: Cells, separator: str, takes: Takes) -> Iterator[str]:
    """Each reason to have somebody look at the row; none of them repeats a cell."""
    for at, (column, cell) in enumerate(zip(columns, record.cells, strict=True)):
        if not cell.strip() or _is_chosen(takes.get(column)):
            continue
        left = _list_before(columns[:at], takes)
        if left and _are_options(takes[left], cell):
            yield _SLIPPED.format(column=column, list=left)
        elif _is_parted(record, columns, at, separator, takes):
            yield _PARTED.format(column=column)
        if any(
            _is_seam(each, columns, at, separator, takes) for each in pairwise(cell.splitlines())
        ):
            yield _SWALLOWED.format(column=column)


def _is_chosen(question: Question | None) -> bool:
    return question is not None and question.kind != "text"


def _list_before(columns: Cells, takes: Takes) -> str:
    """The list with options whose last cell a separator too many would push into this column."""
    chosen = [column for column in columns if _is_chosen(takes.get(column))]
    last = chosen[-1] if chosen else ""
    return last if last and takes[last].kind == "many" else ""


def _are_options(question: Question, cell: str) -> bool:
    """Options that can stand beside another: "none" in somebody's own words is just that."""
    joined = {option.id for option in question.options if not option.exclusive}
    return all(part.strip() in joined for part in cell.split(";"))


def _is_parted(record: Record, columns: Cells, at: int, separator: str, takes: Takes) -> bool:
    """Whether this cell and the one before look like a sentence that was split at its comma.

    Where every cell begins with a space that is only how the table is written.
    """
    before = columns[at - 1] if at else ""
    if separator != "," or '"' in record.text or before not in takes or _is_chosen(takes[before]):
        return False
    spaced = [cell.startswith(" ") for cell in record.cells[1:] if cell.strip()]
    follows = record.cells[at].startswith(" ") and record.cells[at - 1].strip() != ""
    return follows and not all(spaced)


def _is_seam(pair: tuple[str, str], columns: Cells, at: int, separator: str, takes: Takes) -> bool:
    """Whether one line ends as a row does after this column, and the next begins as one before."""
    ending, beginning = pair[0].split(separator), pair[1].split(separator)
    after, before = columns[at + 1 :], columns[:at]
    if len(ending) <= len(after) or len(beginning) <= len(before):
        return False
    named = [*zip(after, ending[len(ending) - len(after) :], strict=True)]
    named += zip(before, beginning[: len(before)], strict=True)
    said = [(takes[each], part.strip()) for each, part in named if _is_chosen(takes.get(each))]
    told = [(question, part) for question, part in said if part]
    return bool(told) and all(_can_be(question, part) for question, part in told)


def _can_be(question: Question, part: str) -> bool:
    if question.kind == "scale":
        return part.isdecimal()
    ids = {option.id for option in question.options}
    return all(each.strip() in ids for each in part.split(";"))
