"""What other programs read: the questions, and of finished intakes the answers and the report."""

import json
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from questionnaire.conclusion.case import Case, case_of
from questionnaire.content.content import Content
from questionnaire.content.versions import read_named, released_versions
from questionnaire.fhir import bundle as bundles
from questionnaire.fhir.names import Resource, name
from questionnaire.fhir.questionnaire import questionnaire as form_of
from questionnaire.fhir.response import Circumstances
from questionnaire.fhir.response import response as response_of
from questionnaire.report.settings import today
from questionnaire.web.desk.fhir.capability import SEARCHED
from questionnaire.web.desk.fhir.replies import only, program_in, refused, replied
from questionnaire.web.desk.pages.frame import clinic_of
from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.intakes import Kept, origin_of, read
from questionnaire.web.desk.records.log import note
from questionnaire.web.place import place_of
from questionnaire.web.press import BusyError, Failed, Order

_PATIENCE = 30.0
_AGAIN = {"Retry-After": "5"}


def key_of(intake: str) -> str:
    """The id of an intake's resources: FHIR allows no underscore, and ours have no dot."""
    return intake.replace("_", ".")


def questionnaires(request: HttpRequest) -> HttpResponse:
    """The present Questionnaire, if it is what is searched."""
    only(request, "GET", "HEAD")
    form = form_of(clinic_of(request).content)
    fits = all(request.GET.get(key, form[key]) == form[key] for key, _ in SEARCHED)
    address = request.build_absolute_uri(f"{request.path}/{form['id']}")
    entry = {"fullUrl": address, "resource": form, "search": {"mode": "match"}}
    _note(request, more="Questionnaire")
    found: Resource = {"resourceType": "Bundle", "type": "searchset", "total": int(fits)}
    return replied({**found, "entry": [entry]} if fits else found)


def questionnaire(request: HttpRequest, key: str) -> HttpResponse:
    """The present Questionnaire, or a released one."""
    only(request, "GET", "HEAD")
    present = clinic_of(request).content
    version = key.removeprefix(f"{name('id')}-")
    if key == version or version not in {present.version, *released_versions()}:
        raise refused(404, "not-found", "not_found")
    _note(request, more=f"Questionnaire {version}")
    return replied(form_of(_content(version, present)))


def _content(version: str, present: Content) -> Content:
    return present if version == present.version else read_named(version, present)


def response(request: HttpRequest, key: str) -> HttpResponse:
    """The answers that count."""
    kept, case = _finished(request, key)
    _note(request, kept.id, "QuestionnaireResponse")
    return replied({**response_of(case, _circumstances(kept)), "id": key})


def bundle(request: HttpRequest, key: str) -> HttpResponse:
    """The answers, what follows from them, and the report, ready to post."""
    kept, case = _finished(request, key)
    made = bundles.bundle(case, _pdf(request, kept, case), _circumstances(kept), _told(now()))
    _note(request, kept.id, "Bundle")
    return replied({**made, "id": key})


def document(request: HttpRequest, key: str) -> HttpResponse:
    """The report."""
    kept, case = _finished(request, key)
    answers = f"QuestionnaireResponse/{key}"
    pdf = _pdf(request, kept, case)
    made = bundles.document(pdf, _circumstances(kept), _told(now()), answers)
    _note(request, kept.id, "DocumentReference")
    return replied({**made, "id": key})


def _finished(request: HttpRequest, key: str) -> tuple[Kept, Case]:
    only(request, "GET", "HEAD")
    kept = None if "_" in key else read(key.replace(".", "_"))
    if kept is None or not kept.page.visit.state.over:
        raise refused(404, "not-found", "not_found")
    return kept, case_of(place_of(request).content_of(kept.page.visit), kept.page.visit.state.said)


def _circumstances(kept: Kept) -> Circumstances:
    """When it was finished, and what the program that sent it said of the person."""
    origin = origin_of(kept.id)
    authored = _told(kept.finished) if kept.finished else ""
    return Circumstances(authored, json.loads(origin) if origin else {})


def _pdf(request: HttpRequest, kept: Kept, case: Case) -> bytes:
    """The report; RefusedError while too many are being made, and where it cannot be."""
    clinic = clinic_of(request)
    day = kept.finished.astimezone().date() if kept.finished else today()
    settings = replace(clinic.settings, today=day, countries=kept.page.visit.state.countries)
    order = Order(f"fhir {kept.id}", dict(case.record.said), case.content.version, settings)
    try:
        clinic.press.begin(order, is_urgent=True)
    except BusyError:
        raise refused(503, "throttled", "busy", _AGAIN) from None
    made = clinic.press.result(order, _PATIENCE)
    clinic.press.forget(order.key)
    if made is None:
        raise refused(503, "throttled", "busy", _AGAIN)
    if isinstance(made, Failed):
        raise refused(500, "exception", "unprinted")
    return made


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _note(request: HttpRequest, intake: str = "", more: str = "") -> None:
    note(str(program_in(request)), "read over FHIR", intake, more)
