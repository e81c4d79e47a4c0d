"""One question a page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from questionnaire.content.content import Content
from questionnaire.interview.conversation import Ask, Back, State, reply, screen
from questionnaire.interview.flow import relevant
from questionnaire.web.course import asked_at, reopened
from questionnaire.web.forms import ASKED, fault_in_words, reply_in
from questionnaire.web.pages.visiting import changed, on_visit, to_step
from questionnaire.web.place import here, page
from questionnaire.web.visits import Visit


@require_http_methods(["GET", "HEAD", "POST"])
@on_visit
def question(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """The question of this number, or the reply to the one that the form asks."""
    content = here(request).place.content_of(visit)
    if request.method == "POST":
        return _replied(request, content, visit)
    asked = asked_at(content, visit.state, number)
    if asked is None:
        return to_step(here(request), visit)
    return _shown(request, visit, asked)


def _shown(request: HttpRequest, visit: Visit, asked: Ask) -> HttpResponse:
    faults = [fault_in_words(each, asked.question) for each in asked.faults]
    return page(
        request,
        "question.html",
        ask=asked,
        question=asked.question,
        faults=faults,
        alarmed=bool(visit.state.signs),
        notices=visit.notices,
        visit=visit,
    )


def _replied(request: HttpRequest, content: Content, visit: Visit) -> HttpResponse:
    ids = [each.id for each in relevant(content.questions, visit.state.said)]
    asked = request.POST.get(ASKED, "")
    if asked not in ids:  # an old page, whose question does not apply any more
        return to_step(here(request), visit)
    if "back" in request.POST:
        return _gone_back(request, content, visit, ids.index(asked))
    given = reply_in(request.POST, content.question(asked))
    return changed(request, lambda content, state: reply(content, reopened(state), given))


def _gone_back(request: HttpRequest, content: Content, visit: Visit, before: int) -> HttpResponse:
    """From the question where the conversation is; from any other to the one before it."""
    at, now = here(request), screen(content, visit.state)
    asked = request.POST[ASKED]
    if isinstance(now, Ask) and now.question.id == asked:
        if now.first and not visit.state.reviewing:
            return at.to("start")
        return changed(request, lambda content, state: _back(content, state, asked))
    return at.to("question", number=before) if before else at.to("start")


def _back(content: Content, state: State, asked: str) -> State:
    """One back, unless another page has left this question meanwhile."""
    now = screen(content, state)
    is_there = isinstance(now, Ask) and now.question.id == asked
    return reply(content, state, Back()) if is_there else state
