"""Files to take along: PDFs, the answers, the result for programs, the code, and a draft."""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from questionnaire.answers.draft import write_draft
from questionnaire.answers.file import write_answers
from questionnaire.conclusion.case import Case
from questionnaire.conclusion.result import to_json
from questionnaire.handover.payload import pack
from questionnaire.handover.qr import code_for
from questionnaire.web.pages.printing import order_of
from questionnaire.web.pages.result import case
from questionnaire.web.pages.visiting import on_visit, to_step
from questionnaire.web.place import Here, here, page
from questionnaire.web.press import BusyError, Failed, Order
from questionnaire.web.problems import problem
from questionnaire.web.visits import Visit

_PATIENCE = 6.0
"""Seconds that a browser waits for a PDF before it is shown that one is being made."""

_AGAIN = 2
"""Seconds after which that page looks again."""

_waiting = BoundedSemaphore(3)
"""So few may wait: all others' pages need a thread too."""


@require_safe
@on_visit
def draft(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was said so far, as a file to go on with another day."""
    content = here(request).place.content_of(visit)
    file = write_draft(content, visit.state.said, visit.given)
    return _download(file, "acuscreen-draft.json", "application/json")


@require_safe
@on_visit
def pdf(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """A PDF; a page that waits for it, while it is being made."""
    at = here(request)
    if case(at, visit) is None:
        return to_step(at, visit)
    try:
        made = _made(at, order_of(at, visit, name))
    except BusyError:
        return problem(request, "busy", 503)
    if made is None:
        waits = page(request, "making.html", 202)
        waits.headers["Refresh"] = str(_AGAIN)
        return waits
    if isinstance(made, Failed):
        return problem(request, "unprinted", 503)
    return _download(made, f"{name}.pdf", "application/pdf")


def _made(at: Here, order: Order) -> bytes | Failed | None:
    press = at.place.press
    if (there := press.result(order)) is not None:
        return there
    press.begin(order, is_urgent=True)
    if not _waiting.acquire(blocking=False):
        return None
    try:
        return press.result(order, _PATIENCE)
    finally:
        _waiting.release()


@require_safe
@on_visit
def answers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The answers file."""
    return _of_case(request, visit, _answers, "answers.json", "application/json")


@require_safe
@on_visit
def result_json(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The result for programs."""
    return _of_case(request, visit, to_json, "result.json", "application/json")


@require_safe
@on_visit
def code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The answers as a QR code, without name and own words."""
    return _of_case(request, visit, _code, "acuscreen-code.svg", "image/svg+xml")


def _answers(concluded: Case) -> bytes:
    return write_answers(concluded.content, concluded.record, concluded.given)


def _code(concluded: Case) -> bytes:
    drawn = code_for(pack(concluded.content, concluded.record))
    side = drawn.size + 8
    box = f'viewBox="-4 -4 {side} {side}" width="{side}mm" height="{side}mm"'
    ground = f'<path fill="#fff" d="M-4-4h{side}v{side}h-{side}z"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{ground}<path d="{drawn.path}"/></svg>\n'
    ).encode()


def _of_case(
    request: HttpRequest, visit: Visit, make: Callable[[Case], bytes], name: str, kind: str
) -> HttpResponse:
    at = here(request)
    concluded = case(at, visit)
    if concluded is None:
        return to_step(at, visit)
    return _download(make(concluded), name, kind)


def _download(file: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type=kind, headers=headers)
