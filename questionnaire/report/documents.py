"""Every document that is made: as text or a page for a screen, and as a PDF for paper.

Each takes a case, or the content alone, and only reads it.  What prints is loaded when the first
PDF is made: it takes longer than all the rest, and a machine may lack what it needs.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Protocol

from questionnaire.conclusion.baseline import mild
from questionnaire.conclusion.case import Case, case_of
from questionnaire.conclusion.explain import Explanation
from questionnaire.content.content import Content
from questionnaire.errors import WriteError
from questionnaire.handover.attachments import carried_by
from questionnaire.handover.payload import pack
from questionnaire.handover.qr import code_for
from questionnaire.handover.recover import Recovered
from questionnaire.report import html
from questionnaire.report.density import most_pages, ways_to_set
from questionnaire.report.form import make_form
from questionnaire.report.report import Report, compose
from questionnaire.report.settings import Paper, Settings, today
from questionnaire.report.workbook import make_workbook
from questionnaire.report.workbook_csv import to_csv

_REHEARSALS = 4
"""Reports on nobody: with each the next ones are quicker, and with more hardly any further."""


class _Printer(Protocol):
    """What `pdf.render` does, as it is known before it is loaded."""

    def first_that_fits(
        self, versions: Iterable[str], most: int, carried: Mapping[str, bytes], *, on_nobody: bool
    ) -> bytes: ...

    def to_pdf(self, html: str) -> bytes: ...


def to_text(case: Case, settings: Settings, width: int) -> str:
    """The result as lines of text, no longer than the width in characters."""
    return html.to_text(_composed(case, settings), width, case.content.templates)


def explained(content: Content, explanation: Explanation, width: int) -> str:
    """The explanation as lines of text, no longer than the width in characters."""
    return html.explained(explanation, width, content.templates)


def given_back(recovered: Recovered, width: int) -> str:
    """What a report gave back, as lines of text, no longer than the width in characters."""
    return html.given_back(recovered, width)


def to_page(case: Case, settings: Settings) -> bytes:
    """The report as a page for a web browser; the machine needs no library for it."""
    return _html(case, _with_code(case, settings), settings, on_screen=True).encode()


def to_pdf(case: Case, settings: Settings, *, on_nobody: bool = False) -> bytes:
    """The report as a PDF file; WriteError when the machine lacks what it takes to make one.

    `on_nobody`: the answers are made up, and what the report teaches may be kept.
    """
    report = _with_code(case, settings)
    pages = ways_to_set(
        report,
        lambda each: _html(case, each, settings),
        large=settings.large,
        summary_only=settings.summary_only,
    )
    most = most_pages(report, summary_only=settings.summary_only)
    carried = carried_by(case) if settings.data else {}
    with _printer("the report") as printer:
        return printer.first_that_fits(pages, most, carried, on_nobody=on_nobody)


def to_file(case: Case, settings: Settings, *, as_page: bool) -> bytes:
    """The report as a page, or as a PDF; WriteError as with `to_pdf`."""
    return (to_page if as_page else to_pdf)(case, settings)


def to_blank(content: Content, settings: Settings) -> bytes:
    """The form to fill in by hand as a PDF file; WriteError as for the report."""
    form = make_form(
        content, today=settings.today, paper=settings.paper, countries=settings.countries
    )
    with _printer("the form") as printer:
        return printer.to_pdf(html.blank_to_html(form))


def to_workbook(
    content: Content, claims: Mapping[str, bool], paper: Paper, *, as_table: bool
) -> tuple[bytes, tuple[str, ...]]:
    """The reviewer's workbook as a file, and the rules for which it shows nobody."""
    made = make_workbook(content, claims, today=today(), paper=paper)
    if as_table:
        return to_csv(made), made.unshown
    with _printer("the workbook") as printer:
        return printer.to_pdf(html.workbook_to_html(made)), made.unshown


def rehearse(content: Content, settings: Settings) -> Iterator[None]:
    """Load what a PDF takes and print reports on nobody, from which all later ones are quicker.

    One at each step, so that whoever is waited for can stop.  What is missing is told when the
    first report is made.
    """
    with suppress(WriteError):
        for said in mild(content, _REHEARSALS):
            to_pdf(case_of(content, said), settings, on_nobody=True)
            gc.freeze()  # what is kept from now on is not looked at in every garbage collection
            yield


@contextmanager
def _printer(what: str) -> Iterator[_Printer]:
    """What prints; WriteError when a library is missing, or there is no room for the fonts."""
    try:
        from questionnaire.report.pdf import render  # noqa: PLC0415  see the module's first lines

        yield render
    except OSError as error:
        raise WriteError(
            f"{what}: cannot be made: {error}. Start ./run again, which checks what is "
            "missing, or make room in the folder for temporary files."
        ) from error


def _html(case: Case, report: Report, settings: Settings, *, on_screen: bool = False) -> str:
    return html.to_html(
        report,
        case.content.templates,
        large=settings.large,
        summary_only=settings.summary_only,
        on_screen=on_screen,
    )


def _with_code(case: Case, settings: Settings) -> Report:
    code = code_for(pack(case.content, case.record)) if settings.code else None
    return replace(_composed(case, settings), code=code)


def _composed(case: Case, settings: Settings) -> Report:
    report = compose(case, today=settings.today, paper=settings.paper, countries=settings.countries)
    return replace(report, without_last=settings.brief)
