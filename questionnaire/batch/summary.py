"""The two tables of a batch: the summary of its reports, and its problems.

A table grows line by line, and has its name only once it is whole.  One from an earlier start that
says something else is kept beside it.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path

from questionnaire.batch.task import Bad, Filed
from questionnaire.system.csv import MARK, line
from questionnaire.system.files import growing, refuse_existing

SUMMARY, PROBLEMS = "summary.csv", "problems.csv"

_DIGITS = 8
_COUNTED = ("warnings", "doctor_first", "cautions", "benefits")
_SUMMARY = (
    "row",
    "report",
    "outcome",
    *(each for kind in _COUNTED for each in (kind, f"{kind}_ids")),
    "content",
)
_PROBLEMS = ("row", "fault")

Write = Callable[[Sequence[str]], None]


@contextmanager
def tables(folder: Path) -> Iterator[Callable[[Filed | Bad], None]]:
    """Both tables, to be filled; neither is there when the block fails."""
    with (
        _table(folder / SUMMARY, _SUMMARY) as summarise,
        _table(folder / PROBLEMS, _PROBLEMS) as complain,
    ):

        def fill(result: Filed | Bad) -> None:
            match result:
                case Filed():
                    summarise(_cells(result))
                case Bad():
                    for fault in result.faults:
                        complain((result.place, fault))

        yield fill


def _cells(filed: Filed) -> Sequence[str]:
    found: list[str] = []
    for kind in _COUNTED:
        ids = getattr(filed, kind)
        found += [str(len(ids)), ";".join(ids)]
    return (filed.place, filed.report, filed.outcome, *found, filed.content)


@contextmanager
def _table(path: Path, columns: Sequence[str]) -> Iterator[Write]:
    heading = MARK + line(columns)
    _refuse_strange(path, heading)
    digest = sha256(heading)
    with growing(path) as file:
        file.write(heading)

        def write(cells: Sequence[str]) -> None:
            written = line(cells)
            file.write(written)
            digest.update(written)

        yield write
        _put_aside(path, digest.hexdigest())


def _refuse_strange(path: Path, heading: bytes) -> None:
    """WriteError when something of that name is there that is no table of ours."""
    with suppress(OSError):  # what cannot be looked at is strange too
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(heading)) == heading:
                    return
    refuse_existing(path)


def _put_aside(path: Path, digest: str) -> None:
    """Make room for the new table; the old one goes only when it says the same."""
    if not os.path.lexists(path):
        return
    with path.open("rb") as file:
        old = file_digest(file, "sha256").hexdigest()
    if old == digest:
        path.unlink()
    else:
        path.rename(path.with_stem(f"{path.stem}-{old[:_DIGITS]}"))
