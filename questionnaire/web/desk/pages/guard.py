"""The guard: finds out who a request is from, and lets it go only where `rights` says.

A cookie is a name by chance, and tells nothing; without one a browser is given one, so that forms
cannot be sent from elsewhere.  At each step up there is another one.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_SESSION_KEY
from django.urls import ResolverMatch, resolve, reverse

from questionnaire.web.desk.pages.frame import (
    COOKIE,
    TOKEN,
    name_of,
    refusal,
    to,
)
from questionnaire.web.desk.pages.rights import HALF, NOBODY, PHONE, RIGHTS, TABLET, TODAY_ONLY
from questionnaire.web.desk.pages.strangers import OPEN, served
from questionnaire.web.desk.pages.wrong import unknown
from questionnaire.web.desk.people.tokens import token_of, touch
from questionnaire.web.desk.records.clock import clinic_day
from questionnaire.web.desk.records.models import Intake, Token
from questionnaire.web.desk.records.settings import keys
from questionnaire.web.desk.records.visits import Recorded
from questionnaire.web.desk.records.website import is_waiting
from questionnaire.web.place import ENVIRON, HERE, Here, Place

View = Callable[[HttpRequest], HttpResponse]

_BY_ITSELF = {"desk:rows", "desk:revision", "static", "health"}
"""Pages that a browser asks for by itself, so that they show nobody to be there."""


def guarded(following: View) -> View:
    """Middleware: let through whoever may, and send away whoever may not."""

    def view(request: HttpRequest) -> HttpResponse:
        cookie = request.COOKIES.get(COOKIE, "")
        given = cookie or secrets.token_urlsafe(32)
        token = token_of(cookie) if cookie else None
        if request.path_info.startswith(OPEN):
            may = token is None or token.kind != TABLET
            return served(following, request) if may else _sent_away(request, token)
        request.META[TOKEN] = token
        secret = keys().mark(f"csrf:{given}")[:32]
        token_kept = {CSRF_SESSION_KEY: secret}
        request.session = token_kept  # type: ignore[assignment]  # all that CSRF asks of one
        response = _admitted(following, request, token)
        if not cookie and COOKIE not in response.cookies:
            give_cookie(request, response, given)
        return response

    return view


def _admitted(following: View, request: HttpRequest, token: Token | None) -> HttpResponse:
    try:
        found = resolve(request.path_info)
    except Http404:
        return following(request)
    request.META[HERE] = _here(request, found, token)
    if who_is(token) not in RIGHTS.get(found.view_name, frozenset()):
        return _sent_away(request, token)
    if not _may_see(token, found):
        return unknown(request)
    if found.namespace == "fill" and _is_closed(found.kwargs["intake"]):
        return to("intake", intake=found.kwargs["intake"])
    if token and found.view_name not in _BY_ITSELF:
        touch(token)
    return following(request)


def who_is(token: Token | None) -> str:
    """The role, or what stands for one in `rights`."""
    if token is None:
        return NOBODY
    if token.kind in {TABLET, PHONE}:
        return token.kind if token.intake_id else NOBODY
    if token.person is None or not token.full:
        return HALF
    return token.person.role


def _may_see(token: Token | None, found: ResolverMatch) -> bool:
    """Whether the intake of an address is there, and for this role."""
    intake = found.kwargs.get("intake")
    if intake is None or found.view_name == "desk:invited":
        return True
    row = Intake.objects.filter(pk=intake).values_list("day", flat=True).first()
    today = who_is(token) not in TODAY_ONLY or row == clinic_day()
    return row is not None and (today or is_waiting(intake))


def _is_closed(intake: str) -> bool:
    """Whether it is finished: then it is corrected, and no more filled in."""
    return Intake.objects.filter(pk=intake, status__in=("done", "seen")).exists()


def _sent_away(request: HttpRequest, token: Token | None) -> HttpResponse:
    match who_is(token):
        case "tablet" | "phone":
            return HttpResponseRedirect(reverse("visit:start"), status=303)
        case "half":
            return to("code" if token and token.person and token.person.secret else "authenticator")
        case "nobody":
            return to("locked") if token else to("sign_in")
        case _:
            return refusal(request, "forbidden", 403)


def _here(request: HttpRequest, found: ResolverMatch, token: Token | None) -> Here:
    """The place of an address: a conversation's own, or the desk."""
    place: Place = request.META[ENVIRON]
    visits = Recorded(place.content_of, name_of(request))
    match found.namespace:
        case "fill":
            intake = str(found.kwargs.get("intake", ""))
            mine = replace(place, namespace="fill", base="desk/base.html", visits=visits)
            # The pages of a conversation know nothing of whose it is.
            return Here(mine, intake, {"intake": intake})
        case "visit":
            base = "desk/phone.html" if token and token.kind == PHONE else "desk/visit.html"
            mine = replace(place, namespace="visit", base=base, visits=visits)
            return Here(mine, (token.intake_id or "") if token else "")
        case _:
            return Here(place)


def give_cookie(request: HttpRequest, response: HttpResponse, value: str) -> None:
    """Another cookie for this browser; what it had before lets nobody in any more.

    Lax: whoever follows a link of another site to the desk stays signed in.  Looking at a page
    changes no record, and a form of another site comes without the cookie.
    """
    response.set_cookie(
        COOKIE, value, httponly=True, samesite="Lax", secure=request.is_secure(), path="/"
    )
