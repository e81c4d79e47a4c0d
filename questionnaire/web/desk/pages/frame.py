"""What every page of the desk takes: its words, who is signed in, where the request has come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from questionnaire.content.content import Content
from questionnaire.report.settings import Settings
from questionnaire.web.desk.records.intakes import Kept, read
from questionnaire.web.desk.records.models import Token
from questionnaire.web.desk.records.options import country
from questionnaire.web.place import here
from questionnaire.web.place import words as shared_words
from questionnaire.web.press import Press
from questionnaire.web.problems import problem
from rules import read_toml

CLINIC, TOKEN, COOKIE = "acuscreen.clinic", "acuscreen.token", "acuscreen_desk"
WORDS = Path(__file__).parent.parent / "words.toml"


@dataclass(frozen=True)
class Clinic:
    """What all requests share: the content, how reports are made, and who prints them.

    `hosts` are the names by which the pages are called.  `aside` prints for strangers, who are not
    to hold up what the desk prints.
    """

    content: Content
    settings: Settings
    press: Press
    hosts: tuple[str, ...]
    aside: Press = field(default_factory=partial(Press, 1))


@cache
def words() -> Mapping[str, str]:
    """What the pages of the desk say, and those that they share."""
    return {**shared_words(), **read_toml(WORDS).words()}


def clinic_of(request: HttpRequest) -> Clinic:
    """The clinic of a request, in the country that an administrator has named."""
    clinic = cast("Clinic", request.META[CLINIC])
    own = country()
    if own not in {each.id for each in clinic.content.countries}:
        return clinic
    return replace(clinic, settings=replace(clinic.settings, countries=(own,)))


def token_in(request: HttpRequest) -> Token | None:
    """Whoever was let in, as the guard has found."""
    return cast("Token | None", request.META.get(TOKEN))


def name_of(request: HttpRequest) -> str:
    """Who the request is from, as the log names them."""
    token = token_in(request)
    if token is None:
        return "nobody"
    return token.person.name if token.person else f"the person at the {token.kind}"


def role_of(request: HttpRequest) -> str:
    """The role of whoever is signed in; empty for all others."""
    token = token_in(request)
    return token.person.role if token and token.person and token.full else ""


def show(request: HttpRequest, template: str, status: int = 200, **values: object) -> HttpResponse:
    """A page of the desk."""
    shared = {
        "here": here(request),
        "words": words(),
        "base": "desk/base.html",
        "who": name_of(request),
        "role": role_of(request),
        "go": address,
    }
    return render(request, f"desk/{template}", {**shared, **values}, status=status)


def address(name: str, /, **parts: object) -> str:
    """The address of a page of the desk."""
    return reverse(f"desk:{name}", kwargs=parts)


def to(name: str, /, **parts: object) -> HttpResponseRedirect:
    """Send the browser to a page of the desk, to be fetched anew."""
    return HttpResponseRedirect(address(name, **parts), status=303)


def refusal(request: HttpRequest, what: str, status: int) -> HttpResponse:
    """A page that says what cannot be, and the way out; to a stranger it says nothing of a desk."""
    if here(request).place.website:
        return problem(request, what, status)
    return show(request, "problem.html", status, what=what)


def kept_or_404(intake: str) -> Kept:
    """The intake of an address."""
    kept = read(intake)
    if kept is None:
        raise Http404
    return kept
