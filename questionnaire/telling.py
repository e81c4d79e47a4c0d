"""Tell what was concluded: as text for a screen, and as a PDF for paper.

The page and PDF sides are imported when first needed: they take longer to load than it takes to
ask the first question.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import get_args

from questionnaire.content import Content
from questionnaire.explaining import Explanation
from questionnaire.files import WriteError
from questionnaire.interview import Said
from questionnaire.report import Paper, Report, Setting, compose

MOST_PAGES = 5
"""A report that would have more is set more closely, as far as that goes."""


@dataclass(frozen=True)
class Settings:
    """How a report is made: its date, its paper, whose emergency numbers it names (() for all)."""

    today: date
    paper: Paper = "a4"
    countries: tuple[str, ...] = ()


def today() -> date:
    """The date of the report: of SOURCE_DATE_EPOCH where that is a time, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        with suppress(ValueError, OverflowError, OSError):  # a year that no calendar has
            return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()


def to_text(content: Content, said: Said, settings: Settings, width: int) -> str:
    """The result as lines of text, no longer than the width in characters."""
    from questionnaire import page  # noqa: PLC0415  see the module's first lines

    return page.to_text(_composed(content, said, settings), width, content.templates)


def explained(content: Content, explanation: Explanation, width: int) -> str:
    """The explanation as lines of text, no longer than the width in characters."""
    from questionnaire import page  # noqa: PLC0415  see the module's first lines

    return page.explained(explanation, width, content.templates)


def to_pdf(content: Content, said: Said, settings: Settings) -> bytes:
    """The report as a PDF file; WriteError when the machine lacks what it takes to make one."""
    from questionnaire import page  # noqa: PLC0415  see the module's first lines

    report = _composed(content, said, settings)
    versions = (
        page.to_html(replace(report, setting=each), content.templates) for each in get_args(Setting)
    )
    with _whole("the report"):
        from questionnaire import pdf  # noqa: PLC0415  see the module's first lines

        return pdf.first_that_fits(versions, most=1 if report.brief else MOST_PAGES)


def to_blank(content: Content, settings: Settings) -> bytes:
    """The form to fill in by hand as a PDF file; WriteError as for the report."""
    from questionnaire import blank, page  # noqa: PLC0415  see the module's first lines

    form = blank.make_form(
        content, today=settings.today, paper=settings.paper, countries=settings.countries
    )
    with _whole("the form"):
        from questionnaire import pdf  # noqa: PLC0415  see the module's first lines

        return pdf.to_pdf(page.blank_to_html(form))


def to_workbook(content: Content, paper: Paper, *, as_table: bool) -> tuple[bytes, tuple[str, ...]]:
    """The reviewer's workbook as a file, and the rules for which it shows nobody."""
    from questionnaire import page, pdf, spreadsheet, workbook  # noqa: PLC0415  see above

    made = workbook.make_workbook(content, today=today(), paper=paper)
    if as_table:
        return spreadsheet.to_csv(made), made.unshown
    return pdf.to_pdf(page.workbook_to_html(made)), made.unshown


@contextmanager
def _whole(what: str) -> Iterator[None]:
    """WriteError when a library is missing, or there is no room for the fonts, laid in a folder."""
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"{what}: cannot be made: {error}. Start ./run again, which checks what is "
            "missing, or make room in the folder for temporary files."
        ) from error


def _composed(content: Content, said: Said, settings: Settings) -> Report:
    return compose(
        content,
        said,
        today=settings.today,
        paper=settings.paper,
        countries=settings.countries,
    )
