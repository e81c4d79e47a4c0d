"""What views of a conversation have in common: their visit, and what follows from it."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse

from questionnaire.conclusion.case import Case, case_of
from questionnaire.content.content import Content
from questionnaire.interview.conversation import Done, State, screen
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


def on_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is given the visit and what follows; until then, the person is asked on."""

    @on_visit
    @wraps(view)
    def called(request: HttpRequest, visit: Visit, **parts: object) -> HttpResponse:
        at = here(request)
        concluded = _case(at, visit)
        return to_step(at, visit) if concluded is None else view(request, visit, concluded, **parts)

    return called


def _case(at: Here, visit: Visit) -> Case | None:
    """What follows, once the person has said that all is right, or has stopped; before, None."""
    content = at.place.content_of(visit)
    done = screen(content, visit.state)
    return case_of(content, done.said, visit.given) if isinstance(done, Done) else None


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
