"""What follows from the answers, and the report as a page."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from questionnaire.conclusion.case import Case, case_of
from questionnaire.interview.conversation import Done, screen
from questionnaire.report.documents import to_page
from questionnaire.report.report import compose
from questionnaire.web.pages.printing import begin_report, settings_of
from questionnaire.web.pages.visiting import on_visit, to_step
from questionnaire.web.place import Here, here, page
from questionnaire.web.visits import Visit

_MAIN = re.compile(r"<main>(.*)</main>", re.DOTALL)


def case(at: Here, visit: Visit) -> Case | None:
    """What follows, once the person has said that all is right, or has stopped; before, None."""
    content = at.place.content_of(visit)
    done = screen(content, visit.state)
    return case_of(content, done.said, visit.given) if isinstance(done, Done) else None


@require_safe
@on_visit
def result(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Whom to talk to first, why, and what to take along."""
    at = here(request)
    concluded = case(at, visit)
    if concluded is None:
        return to_step(at, visit)
    begin_report(at, visit)
    settings = settings_of(at, visit)
    report = compose(
        concluded, today=settings.today, paper=settings.paper, countries=settings.countries
    )
    return page(request, "result.html", visit=visit, report=report)


@require_safe
@on_visit
def report(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The whole report, as a page among the others."""
    at = here(request)
    concluded = case(at, visit)
    if concluded is None:
        return to_step(at, visit)
    whole = to_page(concluded, settings_of(at, visit)).decode()
    (sheet,) = _MAIN.findall(whole)
    return page(request, "report.html", visit=visit, sheet=mark_safe(sheet))  # noqa: S308  our own page
