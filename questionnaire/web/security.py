"""What every request passes first: whom it may come from, how large it may be, what is kept of it.

Each is a middleware of Django: it takes what comes next, and gives a view.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from questionnaire.web.assets import PREFIX
from questionnaire.web.limits import LARGEST_FORM, LARGEST_UPLOAD, SPARE
from questionnaire.web.place import place_of
from questionnaire.web.problems import problem

View = Callable[[HttpRequest], HttpResponse]

UPLOAD = "multipart/form-data"
_HTTP = "80"

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # with none at all a form would come from "null"
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def pinned(following: View) -> View:
    """Refuse whatever does not call this place by its name, or comes from another page.

    A page that has rebound its name to this computer calls it by that name, and gets nothing.
    """

    def view(request: HttpRequest) -> HttpResponse:
        hosts = _hosts(request)
        host = request.META.get("HTTP_HOST", "")
        origin = request.META.get("HTTP_ORIGIN")
        scheme = "https" if request.is_secure() else "http"
        if host not in hosts or origin not in {None, f"{scheme}://{host}"}:
            return HttpResponse(status=421, content_type="text/plain")
        return following(request)

    return view


def _hosts(request: HttpRequest) -> set[str]:
    place, port = place_of(request), request.META["SERVER_PORT"]
    names = {f"{name}:{port}" for name in place.hosts}
    return names | set(place.hosts) if port == _HTTP else names


def private(following: View) -> View:
    """Let nothing be kept of a page, but for our style and script, which are about nobody."""

    def view(request: HttpRequest) -> HttpResponse:
        response = following(request)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(PREFIX) or response.status_code != 200:  # noqa: PLR2004  OK
            response.headers["Cache-Control"] = "no-store"
        return response

    return view


def limited(following: View) -> View:
    """Refuse what is too large with a page, before it is read."""

    def view(request: HttpRequest) -> HttpResponse:
        upload = request.META.get("CONTENT_TYPE", "").startswith(UPLOAD)
        most = LARGEST_UPLOAD + SPARE if upload else LARGEST_FORM
        if _length(request) > most:
            return problem(request, "too_large", 413)
        return following(request)

    return view


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
