"""What the clinic may set, with what holds unless it does."""

from collections.abc import Container, Mapping

from questionnaire.errors import UsageError
from questionnaire.web.desk.records.models import Setting

USUAL: Mapping[str, int] = {
    "days_kept": 30,
    "invite_hours": 4,
    "idle_minutes": 15,
    "old_days": 7,
    "website_hour": 20,
    "website": 0,
}
"""Days that records are kept; hours that a link is good; minutes after which staff are signed out;
days after which answers are called old; how many may send their answers from the website within an
hour; whether (1) the pages are open to the website."""

RANGES: Mapping[str, tuple[int, int]] = {
    "days_kept": (1, 3650),
    "invite_hours": (1, 72),
    "idle_minutes": (1, 120),
    "old_days": (1, 365),
    "website_hour": (1, 500),
    "website": (0, 1),
}

NUMBERS = tuple(key for key in RANGES if key != "website")
"""What is given as a number; the website is opened and closed."""

COUNTRY = "country"


def option(key: str) -> int:
    """What holds now."""
    found = Setting.objects.filter(key=key).first()
    return int(found.value) if found else USUAL[key]


def set_option(key: str, value: str) -> None:
    """Set it; UsageError when it is no number that it may be."""
    lowest, highest = RANGES[key]
    if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
        raise UsageError(f"{key}: a whole number from {lowest} to {highest}")
    Setting.objects.update_or_create(key=key, defaults={"value": str(int(value))})


def country() -> str:
    """The id of the clinic's own country; empty where it has named none."""
    found = Setting.objects.filter(key=COUNTRY).first()
    return found.value if found else ""


def set_country(value: str, known: Container[str]) -> None:
    """Name it, or (empty) none; UsageError when it is none of those that are known."""
    if value and value not in known:
        raise UsageError(f"{COUNTRY}: choose one of the list")
    Setting.objects.update_or_create(key=COUNTRY, defaults={"value": value})
