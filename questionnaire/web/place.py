"""Where conversations are held: what all pages of one place share, and whose visit a page is.

A request finds its place in its WSGI environment, so that one process may hold several.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from questionnaire.content.content import Content, Country, read_content
from questionnaire.content.versions import read_released
from questionnaire.interview.flow import facts
from questionnaire.report.settings import Settings
from questionnaire.web.press import Press
from questionnaire.web.visits import Visit, Visits
from rules import read_toml

ENVIRON = "acuscreen.place"
"""The key of a place in the environment of a request."""

HERE = "acuscreen.here"
"""The key of what a middleware has found of the visit."""

WORDS = Path(__file__).parent / "words.toml"


@cache
def words() -> Mapping[str, str]:
    """What the pages say besides the questions."""
    return read_toml(WORDS).words()


@dataclass(frozen=True)
class Place:
    """A place where conversations are held.

    `namespace` is that of its addresses; `hosts` are the names under which it may be called, and
    `base` is the template around its pages.  `website`: whether strangers come to it by a clinic's
    website, and may send what they said to its desk.
    """

    content: Content
    settings: Settings
    visits: Visits
    press: Press
    namespace: str = "home"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    base: str = "base.html"
    website: bool = False

    def content_of(self, visit: Visit) -> Content:
        """The content that a visit is held under."""
        if visit.version in {"", self.content.version}:
            return self.content
        return _released(visit.version)

    def countries_of(self, visit: Visit | None) -> tuple[Country, ...]:
        """The countries whose numbers are shown: that of the answer, those of the place, or all."""
        if visit is None:
            return self.content.chosen_countries(self.settings.countries)
        content = self.content_of(visit)
        answers = facts(content.questions, visit.state.said)
        return content.chosen_countries(visit.state.countries, answers)


@lru_cache(maxsize=8)
def _released(version: str) -> Content:
    return read_released(version, read_content())


@dataclass(frozen=True)
class Here:
    """A request's place, and the key of the visit it is about, empty without one.

    `where` are parts of its addresses that stay the same on all its pages.
    """

    place: Place
    key: str = ""
    where: Mapping[str, object] = field(default_factory=dict)

    def address(self, name: str, /, **parts: object) -> str:
        """The address of a page of this place."""
        return reverse(f"{self.place.namespace}:{name}", kwargs={**self.where, **parts})

    def to(self, name: str, /, **parts: object) -> HttpResponseRedirect:
        """Send the browser to a page of this place, to be fetched anew."""
        return HttpResponseRedirect(self.address(name, **parts), status=303)


def place_of(request: HttpRequest) -> Place:
    """The place of a request."""
    return cast("Place", request.META[ENVIRON])


def here(request: HttpRequest) -> Here:
    """The place and the visit of a request, as a middleware has found them."""
    found = request.META.get(HERE)
    return found if isinstance(found, Here) else Here(place_of(request))


def give_key(request: HttpRequest, key: str) -> None:
    """Turn this browser to the visit of a key: whoever let it in gives it the cookie for that."""
    request.META[HERE] = replace(here(request), key=key)


def page(
    request: HttpRequest,
    template: str,
    status: int = 200,
    *,
    visit: Visit | None = None,
    **values: object,
) -> HttpResponse:
    """A page, with what every page takes; about a visit, with the numbers of its country."""
    at = here(request)
    countries = at.place.countries_of(visit)
    shared = {"here": at, "words": words(), "base": at.place.base}
    shared |= {"visit": visit, "countries": countries}
    return render(request, template, {**shared, **values}, status=status)
