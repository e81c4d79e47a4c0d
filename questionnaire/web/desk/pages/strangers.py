"""The gate to the pages that stand open to the clinic's website: strangers, who sign in nowhere.

They have a cookie of another name, which is sent to these pages alone.  Whoever is signed in at the
desk, or was invited, is a stranger here like all others, and no stranger is anybody there.
"""

from collections.abc import Callable
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SESSION_KEY
from django.urls import resolve

from questionnaire.web.desk.pages.frame import clinic_of, show
from questionnaire.web.desk.pages.rights import NOBODY, RIGHTS
from questionnaire.web.desk.records.open_visits import OpenVisits, was_sent
from questionnaire.web.desk.records.settings import keys
from questionnaire.web.desk.records.website import is_open
from questionnaire.web.place import ENVIRON, HERE, Here, Place, here
from questionnaire.web.problems import not_found
from questionnaire.web.visits import new_key

View = Callable[[HttpRequest], HttpResponse]

OPEN, COOKIE = "/open/", "acuscreen_open"
"""Where the addresses of these pages begin, and where the cookie is sent to."""

_AFTER = {"start", "sent", "leave", "erased"}
"""Pages that are shown once the answers were sent; all others lead to `sent`."""


def served(following: View, request: HttpRequest) -> HttpResponse:
    """The page that was asked for; while the pages are closed, one that says so."""
    if not is_open():
        return show(request, "website_closed.html", 403, base="desk/visit.html")
    given = request.COOKIES.get(COOKIE, "")
    key = given or new_key()
    request.META[HERE] = Here(_place(request), key)
    session = {CSRF_SESSION_KEY: keys().mark(f"csrf open:{key}")[:32]}
    request.session = session  # type: ignore[assignment]  # all that CSRF asks of one
    response = _answered(following, request)
    if here(request).key != given:
        _give_cookie(request, response, here(request).key)
    return response


def _answered(following: View, request: HttpRequest) -> HttpResponse:
    at = here(request)
    try:
        found = resolve(request.path_info)
    except Http404:
        return not_found(request)
    if NOBODY not in RIGHTS.get(found.view_name, frozenset()):
        return not_found(request)
    if found.url_name not in _AFTER and was_sent(at.key):
        return at.to("sent")
    return following(request)


def _place(request: HttpRequest) -> Place:
    """The desk's place for strangers, whose press is not that of the desk: they hold up nobody."""
    place: Place = request.META[ENVIRON]
    clinic = clinic_of(request)
    return replace(
        place,
        namespace="open",
        base="base.html",
        settings=clinic.settings,
        visits=OpenVisits(clinic.aside.forget),
        press=clinic.aside,
        website=True,
    )


def _give_cookie(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Lax, as people come from a page of another name, and find what they have begun."""
    response.set_cookie(
        COOKIE, key, httponly=True, samesite="Lax", secure=request.is_secure(), path=OPEN
    )
