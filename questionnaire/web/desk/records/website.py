"""Whether the pages stand open to the clinic's website; and what has come in from there."""

from django.db import transaction
from django.db.models import Q

from questionnaire.web.desk.records.clock import clinic_day
from questionnaire.web.desk.records.intakes import Kept, listed
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Intake, OpenVisit, Setting
from questionnaire.web.desk.records.options import option, set_option

WAY, _SWITCH = "website", "website"

WAITING = Q(way=WAY) & ~Q(status="seen")
"""What nobody has marked as seen: people send it on days on which nobody is there to look."""


def is_open() -> bool:
    """Whether they do."""
    return bool(option(_SWITCH))


def hold_open() -> bool:
    """Whether they do, which stays so until this transaction ends; others wait for it."""
    held = Setting.objects.select_for_update().filter(key=_SWITCH).first()
    return held is not None and held.value == "1"


def turn(who: str, *, to_open: bool) -> None:
    """Open or close them; what was under way is gone, and cannot come back when they open again."""
    with transaction.atomic():
        if is_open() == to_open:
            return
        set_option(_SWITCH, str(int(to_open)))
        OpenVisit.objects.all().delete()
        note(who, "website opened" if to_open else "website closed")


def waiting() -> list[Kept]:
    """What came in from the website before today, and nobody has marked as seen."""
    return listed(Intake.objects.filter(WAITING).exclude(day=clinic_day()).defer("box", "origin"))


def is_waiting(intake: str) -> bool:
    """Whether this intake came in from the website, and nobody has marked it as seen."""
    return Intake.objects.filter(WAITING, pk=intake).exists()
