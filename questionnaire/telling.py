"""Tell what was concluded: as text for a screen, and as a PDF for paper.

The page and PDF sides are imported when first needed: they take longer to load than it takes to
ask the first question.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import get_args

from questionnaire.carried import carried_by
from questionnaire.code import code_for
from questionnaire.content import Content
from questionnaire.explaining import Explanation
from questionnaire.files import WriteError
from questionnaire.interview import Said
from questionnaire.packing import pack
from questionnaire.recovering import Recovered
from questionnaire.report import Paper, Report, Setting, compose

MOST_PAGES = 5
"""A report that would have more is set more closely, as far as that goes."""


@dataclass(frozen=True)
class Settings:
    """How a report is made: its date, its paper, whose emergency numbers it names (() for all).

    `data` attaches the answers and the result to the PDF; `code` prints the answers as a code.
    """

    today: date
    paper: Paper = "a4"
    countries: tuple[str, ...] = ()
    data: bool = True
    code: bool = True


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


def given_back(recovered: Recovered, width: int) -> str:
    """What a report gave back, as lines of text, no longer than the width in characters."""
    from questionnaire import page  # noqa: PLC0415  see the module's first lines

    return page.given_back(recovered, width)


def to_pdf(content: Content, said: Said, settings: Settings) -> bytes:
    """The report as a PDF file; WriteError when the machine lacks what it takes to make one."""
    from questionnaire import page  # noqa: PLC0415  see the module's first lines

    code = code_for(pack(content, said)) if settings.code else None
    report = replace(_composed(content, said, settings), code=code)
    carried = carried_by(content, said) if settings.data else {}
    versions = (
        page.to_html(replace(report, setting=each), content.templates) for each in get_args(Setting)
    )
    try:
        from questionnaire import pdf  # noqa: PLC0415  see the module's first lines

        return pdf.first_that_fits(versions, 1 if report.brief else MOST_PAGES, carried)
    except OSError as error:
        # A library that is missing, or no room for the fonts, which are laid out in a folder.
        raise WriteError(
            f"the report: cannot be made: {error}. Start ./run again, which checks what is "
            "missing, or make room in the folder for temporary files."
        ) from error


def to_workbook(content: Content, paper: Paper, *, as_table: bool) -> tuple[bytes, tuple[str, ...]]:
    """The reviewer's workbook as a file, and the rules for which it shows nobody."""
    from questionnaire import page, pdf, spreadsheet, workbook  # noqa: PLC0415  see above

    made = workbook.make_workbook(content, today=today(), paper=paper)
    if as_table:
        return spreadsheet.to_csv(made), made.unshown
    return pdf.to_pdf(page.workbook_to_html(made)), made.unshown


def _composed(content: Content, said: Said, settings: Settings) -> Report:
    return compose(
        content,
        said,
        today=settings.today,
        paper=settings.paper,
        countries=settings.countries,
    )
