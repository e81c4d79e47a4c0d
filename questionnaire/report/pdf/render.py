"""A page as a PDF.  The only module that knows WeasyPrint, but for its inside (`speedups`).

Nothing is fetched.  Every file is PDF/UA-1, for readers who hear it or see it large, and PDF/A-3a,
for keeping, at once.  The same page gives the same bytes, as long as the page itself holds its
dates.
"""

import gc
import logging
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from types import MappingProxyType

from questionnaire.system.quick_import import quick_weasyprint

with quick_weasyprint():
    import weasyprint  # noqa: F401  before anything of it

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from questionnaire.handover.attachments import carried_id
from questionnaire.report.pdf import speedups
from questionnaire.report.pdf.conformance import finish, is_doubtful
from questionnaire.report.pdf.diacritics import set_whole
from questionnaire.report.pdf.fonts import UNDRAWABLE, faces, other_letters, undrawable
from questionnaire.report.pdf.speedups.memory import once, one_report
from questionnaire.system.scratch import scratch_folder

NOTHING: Mapping[str, bytes] = MappingProxyType({})
"""A PDF that carries no file."""

_VARIANT = "pdf/a-3a"
_LINE_ENDS = {0x2028: "\n", 0x2029: "\n"}
"""Ends of lines and paragraphs that the layout takes for letters."""

_SHEET = re.compile("<style>(.*?)</style>", re.DOTALL)

_SPACE_AT_END = re.compile(r"\s+(?P<tag><(?:b|span)>)|\s+(?=</(?:p|li|td|th)>)")
"""WeasyPrint breaks a text after its first word if it fits a line but for the space at its end."""

_TOLD = ".undrawable { display: block !important }"


class _Packaged(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Hands out the fonts it was given, and nothing else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__()
        self._fonts = fonts

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """The font of that address; whatever else a page asks for is a bug."""
        if url not in self._fonts:
            raise FatalURLFetchingError(f"A report needs only its fonts, and asked for {url}.")
        return URLFetcherResponse(url, self._fonts[url])


class _Raising(logging.Handler):
    """Lets nothing fail in silence: WeasyPrint logs that a picture failed, and leaves it out.

    It does so even when it was interrupted.
    """

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Raise what WeasyPrint caught."""
        if caught := sys.exc_info()[1]:
            raise caught


LOGGER.addHandler(_Raising(logging.ERROR))
speedups.enable()


def to_pdf(html: str, carried: Mapping[str, bytes] = NOTHING) -> bytes:
    """The page as a tagged PDF that carries these files, by name; their dates are the page's.

    What cannot be drawn is marked, and the page's element of class `undrawable` says so.
    """
    return first_that_fits([html], 0, carried)


def first_that_fits(
    versions: Iterable[str],
    most: int,
    carried: Mapping[str, bytes] = NOTHING,
    *,
    on_nobody: bool = False,
) -> bytes:
    """The first version on no more than `most` sheets, or else the last, as a PDF.

    What may be left out of print, the part whose id is "last", does not count.

    `on_nobody`: the answers are made up, and what the page teaches may be kept for later reports.
    """
    with _garbage_collected_once(), one_report(on_nobody=on_nobody):
        return _written_out(_fitting(versions, most), carried)


@contextmanager
def _garbage_collected_once() -> Iterator[None]:
    """Pause the garbage collection while a page is laid out, as nearly all that is made stays.

    At the end it is run: else words of the person would stay in reference cycles.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _fitting(versions: Iterable[str], most: int) -> Document:
    document = None
    for version in versions:
        document = None  # two at once take twice the memory
        document = _laid_out(version)
        if sheets_to_read(document) <= most:
            break
    return document


def sheets_to_read(document: Document) -> int:
    """How many sheets stand before the last part, or are there in all."""
    for at, page in enumerate(document.pages):
        if "last" in page.anchors:
            return at
    return len(document.pages)


def _written_out(document: Document, carried: Mapping[str, bytes]) -> bytes:
    """As a file whose every length is beyond doubt: one in some hundred is written once more."""
    file = _as_file(document, carried, 0)
    for spare in range(1, 9):
        if not is_doubtful(file):
            break
        file = _as_file(document, carried, spare)
    return file


def _as_file(document: Document, carried: Mapping[str, bytes], spare: int) -> bytes:
    """As a file that can be told from one that carries others by the first half of its /ID."""
    pdf: bytes = document.write_pdf(
        pdf_variant=_VARIANT,
        attachments=[_attachment(document, name, carried[name]) for name in sorted(carried)],
        pdf_identifier=carried_id(carried) if carried else True,
        finisher=lambda _, file: finish(file, spare),
    )
    return pdf


def _attachment(document: Document, name: str, file: bytes) -> Attachment:
    return Attachment(
        string=file,
        name=name,
        relationship="Data",
        created=datetime.fromisoformat(document.metadata.created),
        modified=datetime.fromisoformat(document.metadata.modified),
    )


def _laid_out(html: str) -> Document:
    whole = set_whole(html)
    unknown = undrawable(whole.html)
    page = whole.html.translate(_LINE_ENDS | dict.fromkeys(unknown, UNDRAWABLE))
    letters, fonts = _faces(other_letters(page) - whole.marks, whole.parts)
    told = _TOLD if page.count(UNDRAWABLE) > html.count(UNDRAWABLE) else ""
    page = without_space_at_ends(page)
    sheets = [letters, *map(_style, filter(None, [*_SHEET.findall(page), whole.style, told]))]
    return HTML(string=_SHEET.sub("", page), url_fetcher=_Packaged({})).render(
        stylesheets=sheets, font_config=fonts, pdf_variant=_VARIANT
    )


def without_space_at_ends(html: str) -> str:
    """The page with no space at the end of a text: it stands at the beginning of what follows."""
    return _SPACE_AT_END.sub(lambda at: f"{at['tag']} " if at["tag"] else "", html)


def _faces(others: frozenset[int], parts: frozenset[int]) -> tuple[CSS, FontConfiguration]:
    """The faces that a page needs, ready for layout."""
    if others or parts:  # in which somebody has written
        return once(("faces", others, parts), lambda: _loaded_faces(others, parts))
    return _usual_faces()


@cache
def _usual_faces() -> tuple[CSS, FontConfiguration]:
    """Those that every page needs: loaded once, as what they take is not given back (0.3 MB).

    They tell of nobody.
    """
    return _loaded_faces(frozenset(), frozenset())


def _loaded_faces(others: frozenset[int], parts: frozenset[int]) -> tuple[CSS, FontConfiguration]:
    sheet, files = faces(others, parts)
    scratch_folder()  # which WeasyPrint lays its fonts into
    fonts = FontConfiguration()
    return CSS(string=sheet, font_config=fonts, url_fetcher=_Packaged(files)), fonts


def _style(sheet: str) -> CSS:
    """A style sheet, parsed."""
    return once(("sheet", sheet), lambda: CSS(string=sheet))
