"""Going on with what was brought along: a draft, an answers file, or a report."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from questionnaire.answers.aged import holding, how_old
from questionnaire.answers.draft import FORMAT as DRAFT
from questionnaire.answers.draft import Draft, read_draft
from questionnaire.answers.file import FORMAT
from questionnaire.answers.given import in_full
from questionnaire.answers.jsonfile import read_table
from questionnaire.content.content import Content
from questionnaire.content.versions import content_of, notice
from questionnaire.errors import AnswersError
from questionnaire.fhir.either import is_resource, read_answers, stamp_of
from questionnaire.handover.recover import from_file
from questionnaire.interview.wording import names
from questionnaire.report.settings import today
from questionnaire.web.course import opening
from questionnaire.web.limits import LARGEST_UPLOAD
from questionnaire.web.pages.ends import begun
from questionnaire.web.place import Place, here, page, words
from questionnaire.web.problems import problem
from questionnaire.web.visits import Visit

FIELD = "file"
MOST_FAULTS = 10
"""Faults of a file that are told; a file with more is another kind of file."""


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Ask for the file, and take it up."""
    at = here(request)
    if request.method != "POST":
        return _asked(request)
    file = request.FILES.get(FIELD)
    if file is None:
        return _asked(request, words()["error_no_file"])
    if file.size is None or file.size > LARGEST_UPLOAD:
        return problem(request, "too_large", 413)
    try:
        visit = _taken_up(at.place, file.read())
    except AnswersError as error:
        return _asked(request, *error.faults[:MOST_FAULTS])
    at.place.visits.forget(at.key)
    return begun(request, visit)


def _asked(request: HttpRequest, *faults: str) -> HttpResponse:
    at = here(request)
    visit = at.place.visits.read(at.key)
    return page(request, "bring.html", 422 if faults else 200, faults=faults, visit=visit)


def _taken_up(place: Place, raw: bytes) -> Visit:
    """A clinic opens no document and no picture that a stranger has made."""
    if place.website and not _is_json(raw):
        raise AnswersError([words()["error_only_json"]])
    return taken_up(raw, place.content, place.settings.countries)


def _is_json(raw: bytes) -> bool:
    return raw.lstrip().startswith((b"{", b"\xef\xbb\xbf"))


def taken_up(raw: bytes, present: Content, countries: Sequence[str] = ()) -> Visit:
    """The visit that goes on with a file; AnswersError when nothing can be read from it."""
    if not _is_json(raw):
        return _from_report(raw, present, countries)
    if not is_resource(raw) and read_table(raw, FORMAT, ())[0].get("format") == DRAFT:
        return _from_draft(raw, present, countries)
    content = content_of(stamp_of(raw), present)
    sheet = read_answers(raw, content, content.answers_of_country(countries))
    draft = Draft(sheet.said, (), (), sheet.given)
    return _visit(content, draft, countries, notice(sheet.version, content))


def _from_draft(raw: bytes, present: Content, countries: Sequence[str]) -> Visit:
    draft, told = read_draft(raw, present), words()
    lost = (("draft_changed", draft.changed), ("draft_removed", draft.removed))
    notices = (
        told[key].format(questions=names(present.questions, ids)) for key, ids in lost if ids
    )
    return _visit(present, draft, countries, *notices, undated=True)


def _from_report(raw: bytes, present: Content, countries: Sequence[str]) -> Visit:
    recovered = from_file(raw, present)
    case = recovered.case
    key = "report_carried" if recovered.carried else "report_code"
    notice = words()[key].format(made=recovered.made)
    given = case.given or recovered.made
    return _visit(case.content, Draft(case.record.said, (), (), given), countries, notice)


def _visit(
    content: Content,
    brought: Draft,
    countries: Sequence[str],
    *notices: str,
    undated: bool = False,
) -> Visit:
    """What is too old is asked again, and how old it is, is told.

    `undated`: what does not tell its day counts as old.
    """
    day, told = today(), ""
    if undated or brought.given:
        key = how_old(brought, day)
        told = content.word(key).format(day=in_full(brought.given or day)) if key else ""
        brought = holding(brought, day) if brought.said else replace(brought, given=day)
    state = opening(content, countries, brought.said)
    return Visit(state, content.version, tuple(filter(None, (told, *notices))), brought.given)
