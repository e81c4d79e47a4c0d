"""One intake: the report, why and why not, the answers and when they were given, the papers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from questionnaire.answers.file import write_answers
from questionnaire.conclusion.case import Case, case_of
from questionnaire.conclusion.explain import explain
from questionnaire.interview.flow import NOT_ASKED, relevant
from questionnaire.interview.wording import words_of
from questionnaire.report.documents import explained, to_page
from questionnaire.report.settings import Settings, today
from questionnaire.web.desk.pages.fetching import forget_later
from questionnaire.web.desk.pages.frame import (
    clinic_of,
    kept_or_404,
    name_of,
    refusal,
    role_of,
    show,
)
from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.intakes import Kept, versions
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Intake
from questionnaire.web.desk.records.options import option
from questionnaire.web.desk.records.visit_json import Page
from questionnaire.web.pages.printing import LARGE, PDFS, SUMMARY
from questionnaire.web.place import place_of
from questionnaire.web.press import BusyError, Failed, Order

_MAIN = re.compile(r"<main>(.*)</main>", re.DOTALL)
_WIDTH, _AGAIN, _PATIENCE = 90, 2, 8.0


@dataclass(frozen=True)
class Line:
    """An answer as the practitioner sees it: when it was given, and whether that is long ago."""

    question: str
    said: tuple[str, ...]
    given: datetime | None
    old: bool


@require_safe
def intake(request: HttpRequest, intake: str) -> HttpResponse:
    """What there is of an intake, and what can be done with it."""
    kept = kept_or_404(intake)
    note(name_of(request), "saw", intake)
    return show(
        request,
        "intake.html",
        kept=kept,
        old=_is_old(kept.finished),
        papers=PDFS,
        faults=(),
        practitioner=role_of(request) == "practitioner",
    )


@require_safe
def revision(_: HttpRequest, intake: str) -> HttpResponse:
    """How often it was changed: an open page asks, so as to tell that somebody else has."""
    number = Intake.objects.filter(pk=intake).values_list("revision", flat=True).first()
    return JsonResponse({"revision": number})


@require_safe
def report(request: HttpRequest, intake: str) -> HttpResponse:
    """The whole report as a page."""
    kept, case = _concluded(request, intake)
    note(name_of(request), "saw the report", intake)
    whole = to_page(case, _settings(request, kept)).decode()
    (sheet,) = _MAIN.findall(whole)
    return show(
        request,
        "report.html",
        kept=kept,
        sheet=mark_safe(sheet),  # noqa: S308  our own page
    )


@require_safe
def why(request: HttpRequest, intake: str) -> HttpResponse:
    """What each finding rests on, and why the others were not found."""
    kept, case = _concluded(request, intake)
    note(name_of(request), "saw why", intake)
    return show(
        request, "why.html", kept=kept, text=explained(case.content, explain(case, ""), _WIDTH)
    )


@require_safe
def answers(request: HttpRequest, intake: str) -> HttpResponse:
    """The answers, when each was given, and what stood there before it was corrected."""
    kept = kept_or_404(intake)
    note(name_of(request), "saw the answers", intake)
    before = [(each, list(_lines(request, page))) for each, page in versions(intake)]
    lines = list(_lines(request, kept.page))
    return show(request, "answers.html", kept=kept, lines=lines, versions=before)


@require_safe
def export(request: HttpRequest, intake: str) -> HttpResponse:
    """The answers file."""
    _, case = _concluded(request, intake)
    note(name_of(request), "exported", intake)
    return _file(
        write_answers(case.content, case.record, case.given), "answers.json", "application/json"
    )


@require_safe
def paper(request: HttpRequest, intake: str, name: str) -> HttpResponse:
    """A PDF to print; a page that waits for it while it is being made."""
    kept, case = _concluded(request, intake)
    press, said = clinic_of(request).press, dict(case.record.said)
    order = Order(intake, said, case.content.version, _settings(request, kept, name), case.given)
    try:
        press.begin(order, is_urgent=True)
    except BusyError:
        return refusal(request, "busy", 503)
    made = press.result(order, _PATIENCE)
    if made is None:
        forget_later(press, intake)
        waits = show(request, "making.html", 202, kept=kept)
        waits.headers["Refresh"] = str(_AGAIN)
        return waits
    press.forget(intake)
    if isinstance(made, Failed):
        return refusal(request, "unprinted", 503)
    note(name_of(request), "printed", intake, name)
    return _file(made, f"{name}.pdf", "application/pdf", shown=True)


def _file(content: bytes, name: str, kind: str, *, shown: bool = False) -> HttpResponse:
    how = "inline" if shown else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _concluded(request: HttpRequest, intake: str) -> tuple[Kept, Case]:
    """The intake, and what follows, once it is finished."""
    kept = kept_or_404(intake)
    if not kept.page.visit.state.over:
        raise Http404
    content = place_of(request).content_of(kept.page.visit)
    return kept, case_of(content, kept.page.visit.state.said, kept.page.day)


def _settings(request: HttpRequest, kept: Kept, name: str = "") -> Settings:
    """How its report is made; its date is the day on which the answers were finished."""
    day = kept.finished.astimezone().date() if kept.finished else today()
    return replace(
        clinic_of(request).settings,
        today=day,
        countries=kept.page.visit.state.countries,
        large=name == LARGE,
        summary_only=name == SUMMARY,
    )


def _lines(request: HttpRequest, page: Page) -> Iterator[Line]:
    content, said = place_of(request).content_of(page.visit), page.visit.state.said
    for question in relevant(content.questions, said):
        given = page.given.get(question.id)
        moment = datetime.fromisoformat(given) if given else None
        told = tuple(words_of(question, said.get(question.id, NOT_ASKED)))
        yield Line(question.short, told, moment, _is_old(moment))


def _is_old(moment: datetime | None) -> bool:
    return moment is not None and now() - moment > timedelta(days=option("old_days"))
