"""Tell what was concluded: as text or a page for a screen, and as a PDF for paper.

What makes a report is imported when the first is made: it takes longer to load than it takes to
ask the first question.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaire.conclusion.case import Case
from questionnaire.content.content import Content
from questionnaire.errors import WriteError
from questionnaire.system.beside import begun

if TYPE_CHECKING:
    from questionnaire.conclusion.explain import Explanation
    from questionnaire.handover.recover import Recovered
    from questionnaire.report.report import Paper, Report

Ready = tuple[Iterable[str], int, Mapping[str, bytes]]
"""What is to be printed: the ways to set it, the most pages, and the files that it carries."""


@dataclass(frozen=True)
class Settings:
    """How a report is made: its date, its paper, whose emergency numbers it names (() for all).

    `large`: in large print; `summary_only`: the practitioner's page alone.
    `data` attaches the answers and the result to the PDF; `code` prints the answers as a code.
    """

    today: date
    paper: Paper = "a4"
    countries: tuple[str, ...] = ()
    large: bool = False
    summary_only: bool = False
    data: bool = True
    code: bool = True


def today() -> date:
    """The date of the report: of SOURCE_DATE_EPOCH where that is a time, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        with suppress(ValueError, OverflowError, OSError):  # a year that no calendar has
            return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()


def to_text(case: Case, settings: Settings, width: int) -> str:
    """The result as lines of text, no longer than the width in characters."""
    from questionnaire.report import html as page  # noqa: PLC0415  see the module's first lines

    return page.to_text(_composed(case, settings), width, case.content.templates)


def explained(content: Content, explanation: Explanation, width: int) -> str:
    """The explanation as lines of text, no longer than the width in characters."""
    from questionnaire.report import html as page  # noqa: PLC0415  see the module's first lines

    return page.explained(explanation, width, content.templates)


def given_back(recovered: Recovered, width: int) -> str:
    """What a report gave back, as lines of text, no longer than the width in characters."""
    from questionnaire.report import html as page  # noqa: PLC0415  see the module's first lines

    return page.given_back(recovered, width)


def to_pdf(case: Case, settings: Settings) -> bytes:
    """The report as a PDF file; WriteError when the machine lacks what it takes to make one."""
    with _whole("the report"), _begun(case, settings) as ready:
        from questionnaire.report.pdf import render as pdf  # noqa: PLC0415  see the module's first lines

        return pdf.first_that_fits(*ready())


def to_blank(content: Content, settings: Settings) -> bytes:
    """The form to fill in by hand as a PDF file; WriteError as for the report."""
    from questionnaire.report import form as blank  # noqa: PLC0415  see the module's first lines
    from questionnaire.report import html as page  # noqa: PLC0415  see the module's first lines

    form = blank.make_form(
        content, today=settings.today, paper=settings.paper, countries=settings.countries
    )
    with _whole("the form"):
        from questionnaire.report.pdf import render as pdf  # noqa: PLC0415  see the module's first lines

        return pdf.to_pdf(page.blank_to_html(form))


def load() -> None:
    """Load what a PDF takes, for processes that are made from this one; not what is missing."""
    with suppress(OSError):  # told when the first report is made
        from questionnaire.report import html as page  # noqa: F401, PLC0415  see the module's first lines
        from questionnaire.report.pdf import render as pdf  # noqa: F401, PLC0415  see the module's first lines


def to_page(case: Case, settings: Settings) -> bytes:
    """The report as a page for a web browser; the machine needs no library for it."""
    report = _printed(case, settings)
    return _html(case.content, report, settings, on_screen=True).encode()


def is_page(path: Path, *, wished: bool) -> bool:
    """Whether a report of this name is a page; a name that does not tell follows the wish."""
    kind = path.suffix.lower()
    return kind in {".html", ".htm"} or (wished and kind != ".pdf")


def to_file(case: Case, settings: Settings, *, as_page: bool) -> bytes:
    """The report as a page, or as a PDF; WriteError as with `to_pdf`."""
    return (to_page if as_page else to_pdf)(case, settings)


def to_workbook(
    content: Content, claims: Mapping[str, bool], paper: Paper, *, as_table: bool
) -> tuple[bytes, tuple[str, ...]]:
    """The reviewer's workbook as a file, and the rules for which it shows nobody."""
    from questionnaire.report import html as page  # noqa: PLC0415  see above
    from questionnaire.report import workbook  # noqa: PLC0415  see above
    from questionnaire.report import workbook_csv as spreadsheet  # noqa: PLC0415  see above
    from questionnaire.report.pdf import render as pdf  # noqa: PLC0415  see above

    made = workbook.make_workbook(content, claims, today=today(), paper=paper)
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


def _begun(case: Case, settings: Settings) -> AbstractContextManager[Callable[[], Ready]]:
    """What is to be printed; the first time it is made while what prints it is loaded."""

    def ready() -> Ready:
        # See the module's first lines.
        from questionnaire.handover.attachments import carried_by  # noqa: PLC0415
        from questionnaire.report.density import most_pages, ways_to_set  # noqa: PLC0415

        report, summary_only = _printed(case, settings), settings.summary_only
        ways = ways_to_set(
            report,
            lambda each: _html(case.content, each, settings),
            large=settings.large,
            summary_only=summary_only,
        )
        carried = carried_by(case) if settings.data else {}
        return ways, most_pages(report, summary_only=summary_only), carried

    def whole() -> Ready:
        ways, most, carried = ready()
        return list(ways), most, dict(carried)

    return nullcontext(ready) if "questionnaire.report.pdf.render" in sys.modules else begun(whole)


def _html(content: Content, report: Report, settings: Settings, *, on_screen: bool = False) -> str:
    from questionnaire.report import html as page  # noqa: PLC0415  see the module's first lines

    return page.to_html(
        report,
        content.templates,
        large=settings.large,
        summary_only=settings.summary_only,
        on_screen=on_screen,
    )


def _printed(case: Case, settings: Settings) -> Report:
    from questionnaire.handover.payload import pack  # noqa: PLC0415  the same
    from questionnaire.handover.qr import code_for  # noqa: PLC0415  see the module's first lines

    code = code_for(pack(case.content, case.record)) if settings.code else None
    return replace(_composed(case, settings), code=code)


def _composed(case: Case, settings: Settings) -> Report:
    from questionnaire.report.report import compose  # noqa: PLC0415  see the module's first lines

    return compose(
        case,
        today=settings.today,
        paper=settings.paper,
        countries=settings.countries,
    )
