"""What the clinic may set, with what holds unless it does."""

from collections.abc import Mapping

from questionnaire.errors import UsageError
from questionnaire.web.desk.records.models import Setting

USUAL: Mapping[str, int] = {
    "days_kept": 30,
    "invite_hours": 4,
    "idle_minutes": 15,
    "old_days": 7,
}
"""Days that records are kept; hours that a link is good; minutes after which staff are signed out;
days after which answers are called old."""

RANGES: Mapping[str, tuple[int, int]] = {
    "days_kept": (1, 3650),
    "invite_hours": (1, 72),
    "idle_minutes": (1, 120),
    "old_days": (1, 365),
}


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
