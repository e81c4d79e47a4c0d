"""How long records are kept, and how they go: deleted, overwritten, and told in the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.intakes import delete
from questionnaire.web.desk.records.log import note, times
from questionnaire.web.desk.records.models import Intake, Invite, Token
from questionnaire.web.desk.records.open_visits import end_idle
from questionnaire.web.desk.records.options import option

UNFINISHED = timedelta(days=1)
TOKENS = timedelta(days=1)
"""Tokens and links are told apart from wrong ones for so long, and are of no use before."""

QUIET = timedelta(days=3)
"""More than a weekend: if nobody did anything for so long, the clock may have leapt ahead."""

WAIT = timedelta(days=1)
"""So long nothing is deleted after that, and the clock can be set right."""

_SOME = 500


@dataclass(frozen=True)
class Purged:
    """How many went: intakes that had been kept long enough, and those that nobody finished."""

    old: int
    unfinished: int


def purge(who: str = "the clock") -> Purged:
    """Delete what has been kept long enough, and let nothing of it stay in the database's file."""
    limit = now() - timedelta(days=int(option("days_kept")))
    old = _delete(Q(changed__lt=limit), who, "kept long enough")
    open_ones = Q(finished=None, changed__lt=now() - UNFINISHED)
    unfinished = _delete(open_ones, who, "never finished")
    _let_go()
    if old or unfinished:
        sweep()
        note(who, "purged", more=f"{old} old, {unfinished} unfinished")
    return Purged(old, unfinished)


def _let_go() -> None:
    """Delete what was never meant to be kept: tokens, links, and what strangers did not send."""
    Token.objects.filter(last__lt=now() - TOKENS).delete()
    Invite.objects.filter(expires__lt=now() - TOKENS).delete()
    end_idle()
    rinse()


def purge_by_clock() -> Purged | None:
    """The same; where the clock may have leapt ahead, intakes are deleted a day later, and None.

    A clock that stands a year ahead would otherwise have them all deleted within the hour.
    """
    moment = now()
    last = next(times(), moment)
    if moment - last > QUIET:
        note("the clock", "waited", more=f"{(moment - last).days} days after the line before")
    if _may_have_leapt(moment):
        _let_go()
        return None
    return purge()


def _may_have_leapt(moment: datetime) -> bool:
    """Whether the log has so long a gap that ended within the last day."""
    later = moment
    for at in times():
        if later - at > QUIET:
            return True
        if at < moment - WAIT:
            return False
        later = at
    return False


def _delete(which: Q, who: str, why: str) -> int:
    count = 0
    while ids := list(Intake.objects.filter(which).values_list("pk", flat=True)[:_SOME]):
        count += sum(delete(each, who, why) for each in ids)
    return count


def rinse() -> None:
    """Let nothing stay of the strangers' visits that have ended since the last time."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM FULL records_openvisit")


def sweep() -> None:
    """Give back the room of what was deleted, so that it is in no page of the file any more."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM FULL records_intake, records_version")
