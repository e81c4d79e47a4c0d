"""From the website to the desk: what a stranger has said becomes an intake, if they say so.

A stranger cannot flood the queue: a visit is sent once, so many are taken within an hour, and none
while very many wait.  It is counted for all strangers together: behind a proxy they all have one
address, and to tell them apart we would have to keep where each of them is.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from questionnaire.content.content import Content
from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.models import Intake, OpenVisit
from questionnaire.web.desk.records.open_visits import locked, page_in
from questionnaire.web.desk.records.options import option
from questionnaire.web.desk.records.visit_json import Page
from questionnaire.web.desk.records.website import WAITING, WAY, hold_open
from questionnaire.web.visits import TooManyError, Visit

WHO = "a person on the website"
"""As the log names them."""

MOST_WAITING = 200
"""Intakes from the website that nobody has marked as seen."""


def send(key: str, label: str, content_of: Callable[[Visit], Content]) -> str | None:
    """Make an intake of a visit, of which nothing else stays; its id.

    None when there is no such visit, or it was sent; TooManyError when the desk takes no more now.
    """
    with transaction.atomic():
        is_open, row = hold_open(), locked(key)
        if row is None:
            return None
        if not is_open or not _may_come():
            raise TooManyError
        intake = _finished(page_in(row), label, content_of)
        row.box, row.last = "", now()
        row.save()
        return intake


def _finished(page: Page, label: str, content_of: Callable[[Visit], Content]) -> str:
    """An intake in which all was said, and which is then over, as others are."""
    visit = replace(page.visit, version=content_of(page.visit).version, notices=())
    begun = replace(visit, state=replace(visit.state, over=False))
    intake = intakes.begin(WHO, WAY, label, begun, given=page.given)
    intakes.change(intake, lambda _: visit, content_of, WHO)
    return intake


def _may_come() -> bool:
    """Whether one more may; what was sent stands among the visits, empty, for an hour."""
    sent = OpenVisit.objects.filter(box="", last__gt=now() - timedelta(hours=1)).count()
    waiting = Intake.objects.filter(WAITING).count()
    return sent < option("website_hour") and waiting < MOST_WAITING
