"""What strangers can do on the clinic's website besides answering: take a PDF, send it all."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from questionnaire.conclusion.case import Case
from questionnaire.web.desk.pages.coming import LONGEST, label_in
from questionnaire.web.desk.pages.fetching import forget_later
from questionnaire.web.desk.pages.frame import words
from questionnaire.web.desk.pages.strangers import OPEN
from questionnaire.web.desk.records.open_visits import was_sent
from questionnaire.web.desk.records.options import option
from questionnaire.web.desk.records.sending import send as to_desk
from questionnaire.web.pages import files
from questionnaire.web.pages.ends import FORGET
from questionnaire.web.pages.visiting import on_case
from questionnaire.web.place import here, page
from questionnaire.web.problems import problem
from questionnaire.web.visits import TooManyError, Visit

_NAME = "name"
"""The question that asks for a name."""


@require_safe
def to_start(_: HttpRequest) -> HttpResponse:
    """The address as people type it."""
    return HttpResponseRedirect(OPEN, status=303)


def pdf(request: HttpRequest, name: str) -> HttpResponse:
    """A PDF, of which nothing stays in the memory of this process."""
    at = here(request)
    response = files.pdf(request, name=name)
    if response.status_code == 202:  # noqa: PLR2004  it is still being made
        forget_later(at.place.press, at.key)
    else:
        at.place.press.forget(at.key)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@on_case
def send(request: HttpRequest, visit: Visit, concluded: Case) -> HttpResponse:
    """Ask whether the clinic is to have it, and send it after a plain yes."""
    at = here(request)
    label = label_in(request)
    if "yes" not in request.POST:
        return _asked(request, visit, concluded)
    if request.POST.get("label", "").strip() and not label:
        return _asked(request, visit, concluded, words()["error_own_label"])
    try:
        to_desk(at.key, label or words()["website_label"], at.place.content_of)
    except TooManyError:
        return problem(request, "unsent", 503)
    at.place.press.forget(at.key)
    return at.to("sent")


def _asked(request: HttpRequest, visit: Visit, concluded: Case, *faults: str) -> HttpResponse:
    said = visit.state.said.get(_NAME)
    return page(
        request,
        "desk/website_send.html",
        422 if faults else 200,
        visit=visit,
        faults=faults,
        outcome=concluded.conclusion.outcome,
        label=request.POST.get("label", said if isinstance(said, str) else ""),
        longest=LONGEST,
        days=option("days_kept"),
    )


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The desk has it, and nothing of it is here any more."""
    if not was_sent(here(request).key):
        return here(request).to("start")
    response = page(request, "desk/website_sent.html")
    response.headers["Clear-Site-Data"] = FORGET
    return response
