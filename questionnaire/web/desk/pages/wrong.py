"""Pages for what went wrong: each says what, and the way out."""

import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from questionnaire.errors import ReadError
from questionnaire.web.desk.pages.frame import refusal
from questionnaire.web.desk.records.database import is_locked
from questionnaire.web.problems import tell_failure


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  as Django calls it
    """The request is none that we understand."""
    return refusal(request, "unreadable", 400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's words
    """A form came without the token that we gave it: an old one, or somebody else's."""
    return refusal(request, "forged", 403)


def unknown(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  as Django calls it
    """There is no page of this address, or none for whoever asks: both look the same."""
    return refusal(request, "missing", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """A bug of ours, or records that cannot be read."""
    tell_failure()
    error = sys.exception()
    if isinstance(error, ReadError | DatabaseError):
        said = _LOCKED if is_locked(error) else _SHUT
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    return refusal(request, "failed", 500)


# Both stand here and in no template: what cannot read its records cannot make a page of them.
_LOCKED = (
    "Please try again: the records are busy just now.\n"
    "What you sent last was not kept. What was kept before is still there.\n"
    "Go back one page and send it again. If it stays so, tell whoever looks after the desk.\n"
)

_SHUT = (
    "The desk is shut: its keys or its records cannot be read.\n"
    "Ask whoever looks after it to start: acuscreen clinic status\n"
)
