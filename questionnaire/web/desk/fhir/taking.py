"""Answers that another program sends: they wait at the desk, to be confirmed with the person."""

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.conclusion.case import case_of
from questionnaire.content.versions import content_of
from questionnaire.errors import AnswersError
from questionnaire.fhir.faults import Fault
from questionnaire.fhir.reading import Answers, named_in, read_response
from questionnaire.fhir.response import Circumstances
from questionnaire.system.printable import printed
from questionnaire.web.desk.fhir.replies import (
    TYPE,
    RefusedError,
    only,
    program_in,
    refused,
    replied,
)
from questionnaire.web.desk.fhir.resources import key_of
from questionnaire.web.desk.pages.coming import LONGEST, taken_up
from questionnaire.web.desk.pages.frame import clinic_of, words
from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.log import note

_TYPES = {TYPE, "application/json"}


def send(request: HttpRequest) -> HttpResponse:
    """Make an intake of a QuestionnaireResponse: as brought along, with nothing confirmed."""
    only(request, "POST")
    program, clinic = program_in(request), clinic_of(request)
    try:
        raw = _body(request)
        content = content_of(named_in(raw), clinic.content)
        answers = _read(read_response(raw, content))
    except (RefusedError, AnswersError) as error:
        note(str(program), "refused over FHIR", more="QuestionnaireResponse")
        raise _refusal(error) from None
    notice = words()["brought_fhir"].format(program=program.name)
    visit = taken_up(clinic, case_of(content, answers.sheet.said, answers.sheet.given), notice)
    intake = intakes.begin(
        str(program),
        "brought",
        _label(answers.circumstances) or words()["fhir_label"].format(program=program.name),
        visit,
        need=intakes.need_of(clinic.content, visit.state.said),
        origin=json.dumps(dict(answers.circumstances.kept)).encode(),
    )
    address = request.build_absolute_uri(f"{request.path}/{key_of(intake)}")
    issue = {
        "severity": "information",
        "code": "informational",
        "diagnostics": words()["fhir_kept"],
    }
    outcome = {"resourceType": "OperationOutcome", "issue": [issue]}
    return replied(outcome, 201, {"Location": address})


def _body(request: HttpRequest) -> bytes:
    """What was sent; RefusedError for what is no JSON by its name, or too large."""
    if request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() not in _TYPES:
        raise refused(415, "not-supported", "no_type")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        raise refused(413, "too-long", "too_large", most=LARGEST)
    return request.read()


def _read(found: Answers | tuple[Fault, ...]) -> Answers:
    match found:
        case Answers():
            return found
        case faults:
            unreadable = all(each.code == "structure" for each in faults)
            raise RefusedError(400 if unreadable else 422, faults)


def _refusal(error: RefusedError | AnswersError) -> RefusedError:
    """A content of that name that is not ours is told as what it is."""
    if isinstance(error, RefusedError):
        return error
    return RefusedError(422, [Fault("", each, code="business-rule") for each in error.faults])


def _label(circumstances: Circumstances) -> str:
    """How the program names the person; empty where it does not, or nobody could print it."""
    subject = circumstances.kept.get("subject")
    named = subject if isinstance(subject, Mapping) else {}
    identifier = named.get("identifier")
    number = identifier.get("value") if isinstance(identifier, Mapping) else None
    for each in (named.get("display"), number, named.get("reference")):
        label = " ".join(str(each or "").split())
        if label and printed(label) and label.isprintable() and len(label) <= LONGEST:
            return label
    return ""
