"""A sign that cannot wait: whom to call, before anything more is asked."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from questionnaire.content.content import Content
from questionnaire.interview.alarm import Alarm
from questionnaire.interview.conversation import Change, GoOn, Reply, State, Stop, reply, screen
from questionnaire.web.course import digest, reopened
from questionnaire.web.pages.visiting import changed, on_visit, to_step
from questionnaire.web.place import here, page
from questionnaire.web.visits import Visit

SEEN = "seen"
"""The field that tells what a page has shown."""

_REPLIES = ("stop", "go_on", "change")


@require_http_methods(["GET", "HEAD", "POST"])
@on_visit
def emergency(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The alarm, or what the person would do after it."""
    alarm = screen(here(request).place.content_of(visit), reopened(visit.state))
    if not isinstance(alarm, Alarm):
        return to_step(here(request), visit)
    if request.method == "POST":
        return changed(request, lambda content, state: _acted_on(request, content, state))
    return page(request, "emergency.html", visit=visit, alarm=alarm, seen=digest(visit.state))


def _acted_on(request: HttpRequest, content: Content, state: State) -> State:
    """An alarm is acted on by whoever has seen it as it is: not by the form of an older one."""
    before, state = state, reopened(state)
    alarm = screen(content, state)
    chosen = next((each for each in _REPLIES if each in request.POST), "")
    if not isinstance(alarm, Alarm) or request.POST.get(SEEN) != digest(state) or not chosen:
        return before
    replies: dict[str, Reply] = {"stop": Stop(), "go_on": GoOn(), "change": Change(alarm.question)}
    return reply(content, state, replies[chosen])
