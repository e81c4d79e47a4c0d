"""The folder of the reports: what is in it, and how a report gets there.

A report that is there is done: it was written whole, and other answers would have another name.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from questionnaire.answers.rows import Row
from questionnaire.batch.task import Bad, Filed, Made, Reporter, Result, Task
from questionnaire.errors import WriteError
from questionnaire.system.files import write_whole
from questionnaire.system.lookahead import Died

_FIRST, _LAST = b"%PDF-", b"%%EOF"


def tasks(folder: Path, reporter: Reporter, rows: Iterable[Row]) -> Iterator[Task]:
    """What is to be done, row by row."""
    for row in rows:
        report = reporter.name(row)
        yield Task(row, is_there=bool(report) and os.path.lexists(folder / report))


def file(folder: Path, task: Task, result: Result | Died) -> Filed | Bad:
    """Put what was made into the folder; WriteError when nothing can be made or written."""
    match result:
        case WriteError():
            raise result
        case Died():
            return Bad(task.row.place, (f"{result.why}; start again to make it",))
        case Bad():
            return result
    return _filed(folder / result.filed.report, result)


def _filed(path: Path, made: Made) -> Filed | Bad:
    is_new = bool(made.pdf) and _written(path, made.pdf)
    if _is_whole(path):
        return replace(made.filed, is_new=is_new)
    fault = "is there and is no whole report; move it elsewhere"
    if not os.path.lexists(path):
        fault = "has been taken away meanwhile; start again to make it"
    return Bad(made.filed.place, (f"{path.name} {fault}",))


def _written(path: Path, pdf: bytes) -> bool:
    """Write it, and say so; unless it is there by now, as the same row may come twice."""
    if os.path.lexists(path):
        return False
    write_whole(path, pdf)
    return True


def _is_whole(path: Path) -> bool:
    """Whether a file begins and ends as a PDF does."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_FIRST)) == _FIRST
            file.seek(-len(_LAST) - 1, os.SEEK_END)
            return begins and file.read().rstrip().endswith(_LAST)
    except OSError:
        return False
