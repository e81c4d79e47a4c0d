"""Who is let in: whoever was given the key of this run, by an address or by the browser it opened.

The cookie holds the key of a visit, signed: it says that its browser was let in, also when the
visit has ended.  It is the only one, and dies with the program.
"""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import cast

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_SESSION_KEY

from questionnaire.web.assets import PREFIX
from questionnaire.web.place import HERE, Here, here, place_of
from questionnaire.web.problems import problem
from questionnaire.web.visits import new_key

ENVIRON = "acuscreen.entrance"
ENTER = "/enter/"

View = Callable[[HttpRequest], HttpResponse]


class Entrance:
    """The keys of one run: one that stays, and tickets that let in once."""

    def __init__(self) -> None:
        """A key that nobody has seen yet."""
        self.key = new_key()
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._tickets: set[str] = set()

    def ticket(self) -> str:
        """A key that lets in once: what a browser is started with is seen by other users."""
        ticket = new_key()
        with self._lock:
            self._tickets.add(ticket)
        return ticket

    def admits(self, key: str) -> bool:
        """Whether the key lets in; a ticket does no more from now on."""
        with self._lock:
            if key in self._tickets:
                self._tickets.remove(key)
                return True
        return hmac.compare_digest(key.encode(), self.key.encode())

    def cookie(self, key: str) -> str:
        """The value of the cookie for the visit of this key."""
        return f"{key}.{self._mac('visit', key)}"

    def key_in(self, cookie: str) -> str:
        """The key of the visit in a cookie; empty when the cookie is none of ours."""
        key, _, mac = cookie.partition(".")
        return key if hmac.compare_digest(mac.encode(), self._mac("visit", key).encode()) else ""

    def csrf_secret(self, key: str) -> str:
        """What Django tells by whether a form is ours: as long as it wants it, and kept nowhere."""
        return self._mac("csrf", key)[:32]

    def _mac(self, use: str, key: str) -> str:
        return hmac.new(self._secret, f"{use}:{key}".encode(), sha256).hexdigest()


def entrance_of(request: HttpRequest) -> Entrance:
    """The entrance that a request has come through."""
    return cast("Entrance", request.META[ENVIRON])


def admitted(following: View) -> View:
    """Middleware: let in whoever has the cookie, and to the door whoever has not."""

    def view(request: HttpRequest) -> HttpResponse:
        entrance, place = entrance_of(request), place_of(request)
        key = entrance.key_in(request.COOKIES.get(cookie_name(request), ""))
        request.META[HERE] = Here(place, key)
        token = {CSRF_SESSION_KEY: entrance.csrf_secret(key)} if key else {}
        request.session = cast("SessionBase", token)  # all that Django's CSRF asks of a session
        if key or request.path.startswith((PREFIX, ENTER)):
            response = following(request)
            if here(request).key != key:
                give_cookie(request, response, here(request).key)
            return response
        return problem(request, "closed", 403)

    return view


def cookie_name(request: HttpRequest) -> str:
    """The cookie of this run: browsers do not tell the ports of a computer apart."""
    return f"acuscreen_{request.META['SERVER_PORT']}"


def give_cookie(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Let this browser in, with the key of a visit."""
    value = entrance_of(request).cookie(key)
    response.set_cookie(cookie_name(request), value, httponly=True, samesite="Strict")
