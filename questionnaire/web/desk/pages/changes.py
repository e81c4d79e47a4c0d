"""What is done to an intake.  Each form tells what it has seen, and is refused when that is old."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from questionnaire.web.desk.pages.coming import label_in, to_fill
from questionnaire.web.desk.pages.frame import (
    clinic_of,
    kept_or_404,
    name_of,
    refusal,
    show,
    to,
)
from questionnaire.web.desk.people.tokens import end_tokens_of
from questionnaire.web.desk.records import intakes


def _done(
    request: HttpRequest, act: Callable[[str, int], None], after: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do it as whoever is signed in, unless somebody else has changed the intake meanwhile."""
    seen = request.POST.get("revision", "")
    try:
        act(name_of(request), int(seen) if seen.isdecimal() and seen.isascii() else -1)
    except intakes.StaleError:
        return refusal(request, "stale", 409)
    return after()


@require_POST
def seen(request: HttpRequest, intake: str) -> HttpResponse:
    """The practitioner has seen it."""
    return _done(
        request,
        lambda who, revision: intakes.mark_seen(intake, who, revision),
        lambda: to("queue"),
    )


@require_POST
def correct(request: HttpRequest, intake: str) -> HttpResponse:
    """Correct it together with the person; what it said before is kept."""
    return _done(
        request,
        lambda who, revision: intakes.reopen(intake, who, revision),
        lambda: to_fill(intake),
    )


@require_POST
def rename(request: HttpRequest, intake: str) -> HttpResponse:
    """Give it another name or number."""
    label = label_in(request)
    if not label:
        return refusal(request, "label", 422)
    return _done(
        request,
        lambda who, revision: intakes.relabel(intake, who, revision, label),
        lambda: to("intake", intake=intake),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, intake: str) -> HttpResponse:
    """Delete it for good; asked once more."""
    kept = kept_or_404(intake)
    if request.method != "POST":
        return show(request, "delete.html", kept=kept)
    if request.POST.get("revision") != str(kept.revision):
        return refusal(request, "stale", 409)
    end_tokens_of(intake)
    intakes.delete(intake, name_of(request))
    clinic_of(request).press.forget(intake)
    return to("queue")
