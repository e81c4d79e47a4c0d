"""The day on which answers were given, and how old they may be.

Files tell it since content 2026.2; where one does not, nobody knows.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from questionnaire.errors import quoted

GIVEN = "given"
"""The key under which a file tells the day."""

_FRESH = timedelta(days=1)
_LASTS = timedelta(weeks=4)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def is_of_another_day(given: date | None, today: date) -> bool:
    """Whether the answers are more than a day older than what is made of them, or younger."""
    return given is not None and abs(today - given) > _FRESH


def is_old(given: date | None, today: date) -> bool:
    """Whether so much time has passed that there may be new warning signs."""
    return given is not None and today - given > _LASTS


def day_in(table: Mapping[str, object]) -> date | None:
    """The day that a checked file tells; None where it tells none."""
    told = table.get(GIVEN)
    return date.fromisoformat(told) if isinstance(told, str) else None


def faults_of_day(table: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with the day that a file tells."""
    told = table.get(GIVEN, "2026-11-25")
    if not (isinstance(told, str) and is_day(told)):
        yield f"{GIVEN!r} is {quoted(told)}; it must be a day, such as '2026-11-25', or be left out"


def is_day(told: str) -> bool:
    """Whether a text is a day as files tell it."""
    try:
        return bool(_DAY.fullmatch(told)) and bool(date.fromisoformat(told))
    except ValueError:  # a day that no calendar has
        return False


def in_full(day: date) -> str:
    """The day in words, as people read it."""
    return f"{day.day} {day:%B %Y}"


def told(given: date | None) -> Mapping[str, str]:
    """The entry for a file; none where nobody knows the day."""
    return {GIVEN: given.isoformat()} if given else {}
