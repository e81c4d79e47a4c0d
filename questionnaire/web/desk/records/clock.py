"""What time it is: for the records in UTC, for the clinic its own day."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment, in milliseconds: a backup keeps no more."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def clinic_day(moment: datetime | None = None) -> date:
    """The day of a moment, or of now, on the clinic's calendar."""
    return (moment or now()).astimezone().date()
