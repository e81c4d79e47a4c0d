"""The ways in: filled in with staff, on this tablet, on the person's phone, or brought along."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from questionnaire.conclusion.case import Case
from questionnaire.content.content import Content
from questionnaire.errors import AnswersError
from questionnaire.handover.qr import code_for
from questionnaire.handover.recover import Recovered, from_file, from_text
from questionnaire.interview.flow import Said
from questionnaire.system.printable import printed
from questionnaire.web.course import opening
from questionnaire.web.desk.pages.door import CLEARED
from questionnaire.web.desk.pages.frame import (
    Clinic,
    clinic_of,
    kept_or_404,
    name_of,
    refusal,
    show,
    token_in,
    words,
)
from questionnaire.web.desk.pages.guard import give_cookie
from questionnaire.web.desk.people.invites import invite as invited
from questionnaire.web.desk.people.tokens import end_token, end_tokens_of, new_token
from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.log import note
from questionnaire.web.limits import LARGEST_UPLOAD
from questionnaire.web.visits import Visit

LONGEST = 100
"""Characters of a name or a number."""

_WAYS = ("staff", "tablet", "phone")
_MOST_FAULTS = 10


def label_in(request: HttpRequest) -> str:
    """The name or the number in a form; empty when there is none that can be printed."""
    label = " ".join(request.POST.get("label", "").split())
    return label if printed(label) and label.isprintable() and len(label) <= LONGEST else ""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new intake: for whom, and how it is to be filled in."""
    way, label = request.POST.get("way", ""), label_in(request)
    if request.method != "POST":
        return show(request, "new.html", faults=())
    if not label or way not in _WAYS:
        fault = words()["error_label" if not label else "error_way"]
        return show(request, "new.html", 422, faults=(fault,))
    clinic = clinic_of(request)
    visit = Visit(opening(clinic.content, clinic.settings.countries), clinic.content.version)
    status = "invited" if way == "phone" else "answering"
    intake = intakes.begin(name_of(request), way, label, visit, status=status)
    match way:
        case "tablet":
            return _handed_over(request, intake)
        case "phone":
            return _with_link(request, intake)
        case _:
            return to_fill(intake)


def to_fill(intake: str) -> HttpResponse:
    """To the questions of an intake, for staff."""
    return HttpResponseRedirect(reverse("fill:start", kwargs={"intake": intake}), status=303)


@require_POST
def hand_over(request: HttpRequest, intake: str) -> HttpResponse:
    """Make this tablet the person's: it shows nothing else until staff sign in again."""
    if kept_or_404(intake).page.visit.state.over:
        return refusal(request, "stale", 409)
    return _handed_over(request, intake)


def _handed_over(request: HttpRequest, intake: str) -> HttpResponse:
    """The member of staff is signed out before the person gets the tablet."""
    note(name_of(request), "handed over", intake)
    if token := token_in(request):
        end_token(token)
    end_tokens_of(intake)
    response = HttpResponseRedirect(reverse("visit:start"), status=303)
    give_cookie(request, response, new_token("tablet", intake=intake))
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@require_POST
def invite(request: HttpRequest, intake: str) -> HttpResponse:
    """A new link for the person's own phone; the one before is worthless."""
    if kept_or_404(intake).page.visit.state.over:
        return refusal(request, "stale", 409)
    return _with_link(request, intake)


def _with_link(request: HttpRequest, intake: str) -> HttpResponse:
    """The link and its code, shown this once: they are not kept."""
    kept = kept_or_404(intake)
    secret = invited(intake, name_of(request))
    link = request.build_absolute_uri(reverse("desk:invited", kwargs={"secret": secret}))
    return show(request, "link.html", kept=kept, link=link, drawn=code_for(link))


@require_http_methods(["GET", "HEAD", "POST"])
def brought(request: HttpRequest) -> HttpResponse:
    """A report from home: its code by a hand scanner, a picture of its page, or its PDF."""
    if request.method != "POST":
        return show(request, "brought.html", faults=())
    label, file = label_in(request), request.FILES.get("file")
    if not label:
        return _refused(request, words()["error_label"])
    if file and (file.size is None or file.size > LARGEST_UPLOAD):
        return _refused(request, words()["too_large_text"])
    try:
        recovered = _recovered(request, file.read() if file else b"")
    except AnswersError as error:
        return _refused(request, *error.faults[:_MOST_FAULTS])
    made, told = recovered.made, words()
    notice = (
        told["brought_made"].format(day=f"{made:%d %B %Y}") if made else told["brought_undated"]
    )
    visit = taken_up(clinic_of(request), recovered.case, notice, made=made)
    need = intakes.need_of(clinic_of(request).content, visit.state.said)
    intake = intakes.begin(name_of(request), "brought", label, visit, need=need)
    return to_fill(intake)


def _refused(request: HttpRequest, *faults: str) -> HttpResponse:
    return show(request, "brought.html", 422, faults=faults)


def _recovered(request: HttpRequest, raw: bytes) -> Recovered:
    content, text = clinic_of(request).content, request.POST.get("text", "").strip()
    if raw:
        return from_file(raw, content)
    if not text:
        raise AnswersError([words()["error_nothing_brought"]])
    return from_text(text, content)


def taken_up(clinic: Clinic, case: Case, *notices: str, made: date | None = None) -> Visit:
    """The visit in which the answers are confirmed: what was asked otherwise is asked anew.

    `made`: the day of what they were brought along in, where they tell none of their own.
    """
    content = clinic.content
    said = _unchanged(case, content)
    lost = (words()["brought_changed"],) if len(said) < len(case.record.said) else ()
    state = opening(content, clinic.settings.countries, said)
    return Visit(state, content.version, (*notices, *lost), case.given or made)


def _unchanged(case: Case, content: Content) -> Said:
    """What was said to questions that are the same today, word for word."""
    asked = {each.id: each.digest for each in case.content.questions}
    same = {each.id for each in content.questions if asked.get(each.id) == each.digest}
    return {each: said for each, said in case.record.said.items() if each in same}
