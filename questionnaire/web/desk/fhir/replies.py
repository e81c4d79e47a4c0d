"""What other programs are answered: resources, and what is wrong as an OperationOutcome."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import cast

from django.http import HttpRequest, HttpResponse

from questionnaire.fhir.faults import Fault, operation_outcome
from questionnaire.fhir.models import checked
from questionnaire.fhir.names import Resource
from questionnaire.system.json import json_file
from questionnaire.web.desk.pages.frame import words
from questionnaire.web.desk.records.models import Program

TYPE = "application/fhir+json"
PROGRAM = "acuscreen.program"
"""The key of the program in the environment of a request."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


class RefusedError(Exception):
    """Why a request is not answered as it was meant: a status, faults, and headers."""

    def __init__(
        self, status: int, faults: Iterable[Fault], headers: Mapping[str, str] = _NOTHING
    ) -> None:
        super().__init__(status)
        self.status, self.faults, self.headers = status, tuple(faults), headers


def refused(
    status: int, code: str, key: str, headers: Mapping[str, str] = _NOTHING, **values: object
) -> RefusedError:
    """One fault, in the words of this key; `code` is one of FHIR's types of issues."""
    matter = words()[f"fhir_{key}"].format(**values)
    return RefusedError(status, [Fault("", matter, code=code)], headers)


def outcome(error: RefusedError) -> HttpResponse:
    """The refusal as a response."""
    return replied(operation_outcome(error.faults), error.status, error.headers)


def replied(
    resource: Resource, status: int = 200, headers: Mapping[str, str] = _NOTHING
) -> HttpResponse:
    """A resource as a response, found right by the standard's models."""
    return HttpResponse(
        json_file(checked(resource)), status=status, content_type=TYPE, headers=dict(headers)
    )


def only(request: HttpRequest, *methods: str) -> None:
    """RefusedError for any other method."""
    if request.method not in methods:
        allowed = ", ".join(methods)
        raise refused(405, "not-supported", "no_method", {"Allow": allowed}, allowed=allowed)


def program_in(request: HttpRequest) -> Program:
    """The program that asks, as the gate has found it."""
    return cast("Program", request.META[PROGRAM])
