"""The first and the last page of somebody who answers, and of staff who fill in with them.

Once it is over the browser is let in to nothing any more: Back shows no answer.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from questionnaire.conclusion.case import case_of
from questionnaire.report.report import Report, compose
from questionnaire.report.settings import today
from questionnaire.web.desk.pages.door import CLEARED
from questionnaire.web.desk.pages.frame import clinic_of, kept_or_404, show, to, token_in
from questionnaire.web.desk.pages.guard import give_cookie
from questionnaire.web.desk.people.invites import accept, is_open
from questionnaire.web.desk.people.tokens import end_token, new_token
from questionnaire.web.desk.records.intakes import Kept
from questionnaire.web.pages.visiting import to_step
from questionnaire.web.place import here, place_of


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What this is for."""
    at = here(request)
    kept = kept_or_404(at.key)
    if request.method == "POST":
        return to_step(at, kept.page.visit)
    clinic = clinic_of(request)
    countries = clinic.content.chosen_countries(clinic.settings.countries)
    return show(request, "visit_start.html", base=at.place.base, countries=countries)


@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """Whom to talk to first, shown this once; then the browser is let in no more."""
    at = here(request)
    kept = kept_or_404(at.key)
    if not kept.page.visit.state.over:
        return to_step(at, kept.page.visit)
    return _closed(
        request,
        show(
            request,
            "visit_ended.html",
            base=at.place.base,
            report=_told(request, kept),
            finished=True,
        ),
    )


def _told(request: HttpRequest, kept: Kept) -> Report:
    visit = kept.page.visit
    case = case_of(place_of(request).content_of(visit), visit.state.said, kept.page.day)
    return compose(case, today=today(), countries=visit.state.countries)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Stop here: what was said so far stays with the desk, and this browser shows it no more."""
    at = here(request)
    if request.method != "POST":
        return show(request, "visit_leave.html", base=at.place.base)
    ended = show(request, "visit_ended.html", base=at.place.base, report=None, finished=False)
    return _closed(request, ended)


def _closed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """End what lets this browser in; a tablet stays locked until staff sign in."""
    token = token_in(request)
    if token:
        end_token(token)
        if token.kind == "tablet":
            give_cookie(request, response, new_token("tablet"))
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """A tablet that nobody is using, which shows nothing of anybody."""
    response = show(request, "locked.html", base="desk/visit.html")
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """A link for somebody's own phone: used by pressing Start, as others only look at links."""
    if request.method != "POST":
        template = "invited.html" if is_open(secret) else "worthless.html"
        status = 200 if is_open(secret) else 410
        return show(request, template, status, base="desk/visit.html", secret=secret)
    accepted = accept(secret)
    if accepted is None:
        return show(request, "worthless.html", 410, base="desk/visit.html")
    if before := token_in(request):
        end_token(before)
    response = HttpResponseRedirect(reverse("visit:start"), status=303)
    give_cookie(request, response, accepted[0])
    return response


# Staff who fill in together with the person.


@require_safe
def fill_start(request: HttpRequest, intake: str) -> HttpResponse:
    """To where the conversation is; one that is over is corrected, not filled in."""
    kept = kept_or_404(intake)
    if kept.page.visit.state.over:
        return to("intake", intake=intake)
    return to_step(here(request), kept.page.visit)


@require_safe
def fill_result(_: HttpRequest, intake: str) -> HttpResponse:
    """To the intake."""
    return to("intake", intake=intake)
