"""Pages for what went wrong: each says what, and the way out."""

import sys
import traceback

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from questionnaire.errors import ReadError
from questionnaire.system.output import print_aside
from questionnaire.web.desk.pages.frame import refusal


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
    """A bug of ours, or records that cannot be read.  Told without its message."""
    kind, _, trace = sys.exc_info()
    if kind is not None:
        lines = "".join(traceback.format_list(traceback.extract_tb(trace)))
        print_aside(f"acuscreen: a page failed: {kind.__name__}\n{lines}")
    if kind is not None and issubclass(kind, (ReadError, DatabaseError)):
        return HttpResponse(_SHUT, status=503, content_type="text/plain; charset=utf-8")
    return refusal(request, "failed", 500)


_SHUT = (
    "The desk is shut: its keys or its records cannot be read.\n"
    "Ask whoever looks after it to start: acuscreen clinic status\n"
)
