"""The door: the address that the program prints, or that it has opened a browser at."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from questionnaire.web.home.entrance import entrance_of, give_cookie
from questionnaire.web.place import here
from questionnaire.web.problems import problem
from questionnaire.web.visits import new_key


@require_safe
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Let a browser in, and take the key out of its address."""
    if not entrance_of(request).admits(key):
        return problem(request, "closed", 403)
    at = here(request)
    response = at.to("start")
    if not at.key:
        give_cookie(request, response, new_key())
    return response
