"""The gate for other programs: a token lets them in, and no cookie does.

They get no page: whatever goes wrong is told as an OperationOutcome.
"""

import sys
import traceback
from collections.abc import Callable

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch, resolve

from questionnaire.errors import ReadError
from questionnaire.system.output import print_aside
from questionnaire.web.desk.fhir.replies import PROGRAM, TYPE, RefusedError, outcome, refused
from questionnaire.web.desk.pages.rights import RIGHTS
from questionnaire.web.desk.people.programs import program_of, rights_of
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Program

View = Callable[[HttpRequest], HttpResponse]

ROOT = "/fhir"
_TAKEN = {TYPE, "application/json", "application/*", "*/*"}


def answered(following: View) -> View:
    """Middleware: answer what programs ask; all else goes on."""

    def view(request: HttpRequest) -> HttpResponse:
        if request.path_info != ROOT and not request.path_info.startswith(f"{ROOT}/"):
            return following(request)
        try:
            return _answer(request)
        except RefusedError as error:
            return outcome(error)
        except (ReadError, DatabaseError):
            _tell()
            return outcome(refused(503, "exception", "shut"))
        except Exception:  # noqa: BLE001  a bug of ours, told to a program in its own language
            _tell()
            return outcome(refused(500, "exception", "failed"))

    return view


def _answer(request: HttpRequest) -> HttpResponse:
    program = _let_in(request)
    request.META[PROGRAM] = program
    found = _found(request)
    if not RIGHTS.get(found.view_name, frozenset()) & rights_of(program):
        note(str(program), "refused over FHIR", more=str(found.url_name))
        raise refused(403, "forbidden", "no_right")
    wished = request.META.get("HTTP_ACCEPT", "*/*").split(",")
    if not _TAKEN & {each.partition(";")[0].strip().lower() for each in wished}:
        raise refused(406, "not-supported", "not_acceptable")
    response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return response


def _let_in(request: HttpRequest) -> Program:
    kind, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    asks = {"WWW-Authenticate": 'Bearer realm="acuscreen desk"'}
    if kind.lower() != "bearer" or not secret.strip():
        raise refused(401, "login", "no_token", asks)
    program = program_of(secret.strip())
    if program is None:
        note("nobody", "refused over FHIR")
        raise refused(401, "login", "bad_token", asks)
    return program


def _found(request: HttpRequest) -> ResolverMatch:
    try:
        return resolve(request.path_info)
    except Http404:
        raise refused(404, "not-found", "no_address") from None


def _tell() -> None:
    """Say on standard error where it failed, without the message, which may hold an answer."""
    kind, _, trace = sys.exc_info()
    lines = "".join(traceback.format_list(traceback.extract_tb(trace)))
    print_aside(f"acuscreen: a program was not answered: {kind.__name__ if kind else ''}\n{lines}")
