"""What views of a conversation have in common: the visit they are about, or that it has ended."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse

from questionnaire.content.content import Content
from questionnaire.interview.conversation import State
from questionnaire.web.course import step
from questionnaire.web.place import Here, here
from questionnaire.web.problems import ended
from questionnaire.web.visits import Visit

Act = Callable[[Content, State], State]


def on_visit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is given the visit, and is not called when there is none."""

    @wraps(view)
    def called(request: HttpRequest, **parts: object) -> HttpResponse:
        at = here(request)
        visit = at.place.visits.read(at.key) if at.key else None
        return ended(request) if visit is None else view(request, visit, **parts)

    return called


def changed(request: HttpRequest, act: Act) -> HttpResponse:
    """Let the conversation go on by `act`, and lead to where it is then."""
    at = here(request)

    def go_on(visit: Visit) -> Visit:
        content = at.place.content_of(visit)
        return replace(visit, state=act(content, visit.state), notices=())

    visit = at.place.visits.change(at.key, go_on)
    return ended(request) if visit is None else to_step(at, visit)


def to_step(at: Here, visit: Visit) -> HttpResponse:
    """Lead to where the conversation is."""
    name, parts = step(at.place.content_of(visit), visit.state)
    return at.to(name, **parts)
