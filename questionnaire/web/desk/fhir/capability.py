"""What there is for other programs, as a CapabilityStatement."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from questionnaire.content.content import Content
from questionnaire.fhir.names import Resource, form_of, name
from questionnaire.web.desk.fhir.gate import ROOT
from questionnaire.web.desk.fhir.replies import TYPE, only, program_in, replied
from questionnaire.web.desk.pages.frame import clinic_of, words
from questionnaire.web.desk.records.log import note


def metadata(request: HttpRequest) -> HttpResponse:
    """The CapabilityStatement."""
    only(request, "GET", "HEAD")
    note(str(program_in(request)), "read over FHIR", more="metadata")
    return replied(statement(clinic_of(request).content, request.build_absolute_uri(ROOT)))


def statement(content: Content, address: str) -> Resource:
    """What the desk at this address can do."""
    told = words()
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": str(content.rulebook.about["published"]),
        "publisher": name("publisher"),
        "kind": "instance",
        "implementation": {"description": told["fhir_about"], "url": address},
        "fhirVersion": "4.0.1",
        "format": [TYPE, "json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": told["fhir_security"]},
                "resource": [*_resources(content)],
            }
        ],
    }


def _resources(content: Content) -> Iterable[Resource]:
    told = words()
    form = _resource("Questionnaire", ("read", "search-type"), "")
    yield form | {"searchParam": [{"name": each, "type": kind} for each, kind in SEARCHED]}
    answers = _resource("QuestionnaireResponse", ("create", "read"), told["fhir_sending"])
    yield answers | {"documentation": f"{told['fhir_sending']} ({form_of(content)})"}
    yield _resource("Bundle", ("read",), told["fhir_reading"])
    yield _resource("DocumentReference", ("read",), told["fhir_reading"])


SEARCHED = (("url", "uri"), ("version", "token"))
"""By what a Questionnaire can be searched."""


def _resource(kind: str, codes: Iterable[str], documentation: str) -> Resource:
    return {
        "type": kind,
        "interaction": [{"code": each} for each in codes],
        "versioning": "no-version",
        **({"documentation": documentation} if documentation else {}),
    }
