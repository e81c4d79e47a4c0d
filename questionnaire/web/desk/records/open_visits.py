"""Visits of strangers, between two pages: sealed, and for an hour at most without a page.

Any process that serves the desk can go on with them.  The database knows the cookie of none.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from questionnaire.web.desk.records.clock import clinic_day, now
from questionnaire.web.desk.records.intakes import given_when
from questionnaire.web.desk.records.models import OpenVisit
from questionnaire.web.desk.records.settings import keys
from questionnaire.web.desk.records.visit_json import Page, from_text, to_text
from questionnaire.web.desk.records.website import hold_open
from questionnaire.web.visits import IDLE, MOST, Act, TooManyError, Visit, new_key

_IDLE = timedelta(seconds=IDLE)

_GLANCE = timedelta(seconds=20)
"""What is looked at more often is not written down each time."""


def alive() -> QuerySet[OpenVisit]:
    """Those that have not ended; a clock that was set back by more keeps none."""
    return OpenVisit.objects.filter(last__gt=now() - _IDLE, last__lt=now() + _IDLE)


def end_idle() -> None:
    """Delete those that have ended."""
    OpenVisit.objects.exclude(pk__in=alive().values("pk")).delete()


def mark_of(key: str) -> str:
    """What is kept of a key."""
    return keys().mark(f"open visit:{key}")


def was_sent(key: str) -> bool:
    """Whether what was said in this visit has gone to the desk."""
    return alive().filter(pk=mark_of(key), box="").exists()


@dataclass(frozen=True)
class OpenVisits:
    """The visits as pages read and change them; `forgotten` is told of each that was erased."""

    forgotten: Callable[[str], None] = field(default=lambda _: None)

    def begin(self, visit: Visit, key: str = "") -> str:
        """As in `Visits`; always under a new key, so that one which was planted is worth nothing.

        TooManyError also when the pages have been closed meanwhile.
        """
        self.forget(key)
        key = new_key()
        with transaction.atomic():
            if not hold_open():
                raise TooManyError
            end_idle()
            if OpenVisit.objects.count() >= MOST:
                raise TooManyError
            box = keys().seal(to_text(Page(visit, _told(visit))))
            OpenVisit.objects.create(mark=mark_of(key), box=box, last=now())
        return key

    def read(self, key: str) -> Visit | None:
        """As in `Visits`."""
        row = alive().filter(pk=mark_of(key)).exclude(box="").first()
        if row is None:
            return None
        if now() - row.last > _GLANCE:
            OpenVisit.objects.filter(pk=row.pk).update(last=now())
        return page_in(row).visit

    def change(self, key: str, act: Act) -> Visit | None:
        """As in `Visits`; `act` is called anew when somebody else was quicker."""
        while row := alive().filter(pk=mark_of(key)).exclude(box="").first():
            before, moment = page_in(row), now()
            after = act(before.visit)
            box = keys().seal(to_text(Page(after, given_when(before, after, moment))))
            same = OpenVisit.objects.filter(pk=row.pk, box=row.box)
            if same.update(box=box, last=moment):
                return after
        return None

    def forget(self, key: str) -> None:
        """As in `Visits`; that something was sent is not forgotten, as it counts for an hour."""
        OpenVisit.objects.filter(pk=mark_of(key)).exclude(box="").delete()
        self.forgotten(key)


def locked(key: str) -> OpenVisit | None:
    """The visit of a key, which nobody else changes before this transaction ends."""
    return alive().select_for_update().filter(pk=mark_of(key)).exclude(box="").first()


def page_in(row: OpenVisit) -> Page:
    """What is in its box."""
    return from_text(keys().open(row.box))


def _told(visit: Visit) -> dict[str, str]:
    """When what was brought along was said: on its day, where that is not today."""
    moment = now()
    if visit.given and visit.given < clinic_day(moment):
        moment = datetime.combine(visit.given, datetime.min.time()).astimezone()
    return dict.fromkeys(visit.state.said, moment.isoformat(timespec="seconds"))
