"""Pages for what went wrong: each says what, and the way out."""

import sys
import traceback

from django.http import HttpRequest, HttpResponse

from questionnaire.system.output import print_aside
from questionnaire.web.place import page


def problem(request: HttpRequest, what: str, status: int) -> HttpResponse:
    """The page for this, with its words `what_title` and `what_text`."""
    return page(request, "problem.html", status, what=what)


def ended(request: HttpRequest) -> HttpResponse:
    """There is no such visit, or it has ended."""
    return problem(request, "ended", 410)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django's words
    """A form came without the token that we gave it: an old one, or somebody else's."""
    return problem(request, "forged", 403)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  as Django calls it
    """The request is none that we understand."""
    return problem(request, "unreadable", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  as Django calls it
    """There is no page of this address."""
    return problem(request, "not_found", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """A bug of ours."""
    tell_failure()
    return problem(request, "failed", 500)


def tell_failure() -> None:
    """Print the error that is being handled without its message, which may hold an answer."""
    kind, _, trace = sys.exc_info()
    if kind is not None:
        lines = "".join(traceback.format_list(traceback.extract_tb(trace)))
        print_aside(f"acuscreen: a page failed: {kind.__name__}\n{lines}")
