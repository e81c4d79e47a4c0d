"""Going on with what was brought along: a draft, an answers file, or a report."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from questionnaire.answers.draft import FORMAT as DRAFT
from questionnaire.answers.draft import read_draft
from questionnaire.answers.file import FORMAT, read_answers, stamp_of
from questionnaire.answers.jsonfile import read_table
from questionnaire.content.content import Content
from questionnaire.content.versions import content_of, notice
from questionnaire.errors import AnswersError
from questionnaire.handover.recover import from_file
from questionnaire.interview.conversation import State, signs_among
from questionnaire.interview.flow import Said, facts
from questionnaire.interview.wording import names
from questionnaire.web.home.views import begun
from questionnaire.web.limits import LARGEST_UPLOAD
from questionnaire.web.place import here, page, words
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
        visit = taken_up(file.read(), at.place.content)
    except AnswersError as error:
        return _asked(request, *error.faults[:MOST_FAULTS])
    at.place.visits.forget(at.key)
    countries = at.place.settings.countries
    return begun(request, replace(visit, state=replace(visit.state, countries=countries)))


def _asked(request: HttpRequest, *faults: str) -> HttpResponse:
    at = here(request)
    visit = at.place.visits.read(at.key)
    return page(request, "bring.html", 422 if faults else 200, faults=faults, visit=visit)


def taken_up(raw: bytes, present: Content) -> Visit:
    """The visit that goes on with a file; AnswersError when nothing can be read from it."""
    if not raw.lstrip().startswith((b"{", b"\xef\xbb\xbf")):
        return _from_report(raw, present)
    table, _ = read_table(raw, FORMAT, ())
    if table.get("format") == DRAFT:
        return _from_draft(raw, present)
    content = content_of(stamp_of(raw), present)
    sheet = read_answers(raw, content)
    return _visit(content, sheet.said, notice(sheet.version, content))


def _from_draft(raw: bytes, present: Content) -> Visit:
    draft, told = read_draft(raw, present), words()
    lost = (("draft_changed", draft.changed), ("draft_removed", draft.removed))
    notices = (
        told[key].format(questions=names(present.questions, ids)) for key, ids in lost if ids
    )
    return _visit(present, draft.said, *notices)


def _from_report(raw: bytes, present: Content) -> Visit:
    recovered = from_file(raw, present)
    case = recovered.case
    key = "report_carried" if recovered.carried else "report_code"
    return _visit(case.content, case.record.said, words()[key].format(made=recovered.made))


def _visit(content: Content, said: Said, *notices: str) -> Visit:
    """A sign that cannot wait comes first here too."""
    conclusion = content.conclude(facts(content.questions, said))
    state = State(said, signs=signs_among(conclusion, tuple(said)))
    return Visit(state, content.version, tuple(filter(None, notices)))
