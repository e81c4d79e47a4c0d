"""How a report is wished for.  Knows nothing of how one is made, which takes long to load."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

Paper = Literal["a4", "letter"]


@dataclass(frozen=True)
class Settings:
    """How a report is made: its date, its paper, whose emergency numbers it names (() for all).

    `large`: in large print; `summary_only`: the practitioner's page alone.
    `brief` leaves out the last part: all answers, the references, and what did not come up.
    `data` attaches the answers and the result to the PDF; `code` prints the answers as a code.
    """

    today: date
    paper: Paper = "a4"
    countries: tuple[str, ...] = ()
    large: bool = False
    summary_only: bool = False
    brief: bool = False
    data: bool = True
    code: bool = True


def today() -> date:
    """The date of the report: of SOURCE_DATE_EPOCH where that is a time, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        with suppress(ValueError, OverflowError, OSError):  # a year that no calendar has
            return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()


def is_page(path: Path, *, wished: bool) -> bool:
    """Whether a report of this name is a page; a name that does not tell follows the wish."""
    kind = path.suffix.lower()
    return kind in {".html", ".htm"} or (wished and kind != ".pdf")
