"""Files to take along: PDFs, the answers, the result for programs, the code, and a draft."""

from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from questionnaire.answers.draft import write_draft
from questionnaire.answers.file import write_answers
from questionnaire.conclusion.case import Case
from questionnaire.conclusion.result import to_json
from questionnaire.handover.payload import pack
from questionnaire.handover.qr import Code, code_for
from questionnaire.web.pages.printing import order_of
from questionnaire.web.pages.visiting import on_case, on_visit
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
@on_case
def pdf(request: HttpRequest, visit: Visit, _concluded: Case, name: str) -> HttpResponse:
    """A PDF; a page that waits for it, while it is being made."""
    at = here(request)
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
@on_case
def answers(_request: HttpRequest, _visit: Visit, concluded: Case) -> HttpResponse:
    """The answers file."""
    file = write_answers(concluded.content, concluded.record, concluded.given)
    return _download(file, "answers.json", "application/json")


@require_safe
@on_case
def result_json(_request: HttpRequest, _visit: Visit, concluded: Case) -> HttpResponse:
    """The result for programs."""
    return _download(to_json(concluded), "result.json", "application/json")


@require_safe
@on_case
def code(_request: HttpRequest, _visit: Visit, concluded: Case) -> HttpResponse:
    """The answers as a QR code, without name and own words."""
    drawn = code_for(pack(concluded.content, concluded.record))
    return _download(_picture(drawn), "acuscreen-code.svg", "image/svg+xml")


def _picture(drawn: Code) -> bytes:
    side = drawn.size + 8
    box = f'viewBox="-4 -4 {side} {side}" width="{side}mm" height="{side}mm"'
    ground = f'<path fill="#fff" d="M-4-4h{side}v{side}h-{side}z"/>'
    dark = f'<path stroke="#000" d="{drawn.path}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{ground}{dark}</svg>\n'.encode()


def _download(file: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type=kind, headers=headers)
