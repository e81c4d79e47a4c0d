"""The queue, and other ways to look at many intakes: search, yesterday, the week in counts."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from questionnaire.web.desk.pages.frame import role_of, show, to
from questionnaire.web.desk.pages.rights import ADMINISTRATOR, TODAY_ONLY
from questionnaire.web.desk.records.clock import clinic_day, now
from questionnaire.web.desk.records.intakes import Kept, find, in_order_of_need, is_called, rows_of
from questionnaire.web.desk.records.models import Intake
from questionnaire.web.desk.records.website import WAY, waiting

_DAYS = 7


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To where this role begins."""
    return to("users" if role_of(request) == ADMINISTRATOR else "queue")


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Today's people in order of need."""
    return show(request, "queue.html", rows=_today(), day=clinic_day(), past=False)


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The rows of the queue alone, which an open desk asks for every few seconds."""
    return show(request, "rows.html", rows=_today())


def _today() -> Sequence[Kept]:
    return sorted([*rows_of(clinic_day()), *waiting()], key=in_order_of_need)


@require_safe
def yesterday(request: HttpRequest) -> HttpResponse:
    """The people of the day before."""
    day = clinic_day() - timedelta(days=1)
    return show(request, "queue.html", rows=rows_of(day), day=day, past=True)


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find a name or a number, which is sent in no address."""
    words = request.POST.get("words", "").strip()
    day = clinic_day() if role_of(request) in TODAY_ONLY else None
    found = find(words, day=day) if words else []
    if words and day:  # what waits since another day is in the queue of this role too
        found = [*found, *(each for each in waiting() if is_called(each, words))]
    return show(request, "search.html", rows=found, words_sought=words, today_only=bool(day))


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """How many there were, how they came in, how long they took: counts alone.

    How long it took on the website nobody knows: it is an intake once it was sent.
    """
    first = clinic_day() - timedelta(days=_DAYS - 1)
    found = list(
        Intake.objects.filter(day__gte=first).values_list("day", "way", "made", "finished")
    )
    days = Counter(day for day, *_ in found)
    took = [
        (end - made) / timedelta(minutes=1) for _, way, made, end in found if end and way != WAY
    ]
    return show(
        request,
        "week.html",
        days=[(_on(first, each), days[_on(first, each)]) for each in range(_DAYS)],
        most=max(days.values(), default=0),
        ways=Counter(way for _, way, *_ in found).most_common(),
        finished=len(took),
        minutes=round(median(took)) if took else None,
        until=now(),
    )


def _on(first: date, days: int) -> date:
    return first + timedelta(days=days)
