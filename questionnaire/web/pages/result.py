"""What follows from the answers, and the report as a page."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from questionnaire.conclusion.case import Case
from questionnaire.report.documents import to_page
from questionnaire.report.report import compose
from questionnaire.web.pages.printing import begin_report, settings_of
from questionnaire.web.pages.visiting import on_case
from questionnaire.web.place import here, page
from questionnaire.web.visits import Visit

_MAIN = re.compile(r"<main>(.*)</main>", re.DOTALL)


@require_safe
@on_case
def result(request: HttpRequest, visit: Visit, concluded: Case) -> HttpResponse:
    """Whom to talk to first, why, and what to take along."""
    at = here(request)
    begin_report(at, visit)
    settings = settings_of(at, visit)
    report = compose(
        concluded, today=settings.today, paper=settings.paper, countries=settings.countries
    )
    return page(request, "result.html", visit=visit, report=report)


@require_safe
@on_case
def report(request: HttpRequest, visit: Visit, concluded: Case) -> HttpResponse:
    """The whole report, as a page among the others."""
    whole = to_page(concluded, settings_of(here(request), visit)).decode()
    (sheet,) = _MAIN.findall(whole)
    return page(request, "report.html", visit=visit, sheet=mark_safe(sheet))  # noqa: S308  our own page
