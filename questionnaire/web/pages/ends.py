"""Where a conversation begins, and how it ends."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from questionnaire.report.settings import today
from questionnaire.web.course import opening
from questionnaire.web.pages.visiting import to_step
from questionnaire.web.place import Here, give_key, here, page
from questionnaire.web.problems import problem
from questionnaire.web.visits import TooManyError, Visit, new_key

FORGET = '"cache", "storage"'
"""What the browser is to clear.  Not the cookies: those of all other programs on this computer
would go, whatever their ports; ours is replaced."""


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What this is for, and what it is not."""
    at = here(request)
    visit = at.place.visits.read(at.key)
    if request.method == "POST":
        return to_step(at, visit) if visit else begun(request, new_visit(at))
    return page(request, "start.html", visit=visit)


def new_visit(at: Here) -> Visit:
    """A visit in which nothing was said yet."""
    place = at.place
    return Visit(opening(place.content, place.settings.countries), given=today())


def begun(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Begin a visit; where there are too many, the page that says so."""
    at = here(request)
    try:
        give_key(request, at.place.visits.begin(visit, at.key))
    except TooManyError:
        return problem(request, "full", 503)
    return to_step(at, visit)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Erase everything; asked once more, as a slip would lose all."""
    at = here(request)
    if request.method != "POST":
        return page(request, "leave.html", visit=at.place.visits.read(at.key))
    at.place.visits.forget(at.key)
    give_key(request, new_key())
    response = at.to("erased")
    response.headers["Clear-Site-Data"] = FORGET
    return response


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """All is forgotten."""
    response = page(request, "erased.html")
    response.headers["Clear-Site-Data"] = FORGET
    return response
