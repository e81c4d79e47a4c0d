"""Everything that was said, to be looked over and changed, before anything is concluded."""

from dataclasses import replace
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from questionnaire.content.content import Content
from questionnaire.interview.conversation import Back, Change, GoOn, Review, State, reply, screen
from questionnaire.interview.wording import words_of
from questionnaire.web.course import digest, reopened
from questionnaire.web.pages.emergency import SEEN
from questionnaire.web.pages.printing import begin_report
from questionnaire.web.pages.visiting import changed, on_visit, to_step
from questionnaire.web.place import here, page
from questionnaire.web.visits import Visit


@require_http_methods(["GET", "HEAD", "POST"])
@on_visit
def review(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All the answers; while they are looked over the report is printed."""
    if request.method == "POST":
        return changed(request, lambda content, state: _replied(request, content, state))
    content, state = here(request).place.content_of(visit), reopened(visit.state)
    looked_over = screen(content, state)
    if not isinstance(looked_over, Review):
        return to_step(here(request), replace(visit, state=state))
    begin_report(here(request), visit)
    sections = groupby(looked_over.rows, lambda row: row[0].section)
    told = [
        (section, [(asked, words_of(asked, said)) for asked, said in rows])
        for section, rows in sections
    ]
    return page(
        request,
        "review.html",
        visit=visit,
        sections=told,
        seen=digest(state),
        notices=visit.notices,
    )


def _replied(request: HttpRequest, content: Content, state: State) -> State:
    before, state = state, reopened(state)
    if not isinstance(screen(content, state), Review):
        return before
    form = request.POST
    if "change" in form:
        return reply(content, state, Change(form["change"]))
    if "back" in form:
        return reply(content, state, Back())
    if form.get(SEEN) != digest(state):  # something was changed on another page: look again
        return state
    return reply(content, state, GoOn())
