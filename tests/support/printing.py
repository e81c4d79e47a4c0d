"""Reports, printed once for all tests of a run, and what stands on their pages."""

import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import pypdfium2 as pdfium
from vignettes import TODAY, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.report.documents import to_pdf
from questionnaire.report.pdf import render as printer
from questionnaire.report.settings import Settings

_BETWEEN = b"\0"


@dataclass(frozen=True)
class Printed:
    """The page that was chosen, of several that are set more or less closely, and its PDF."""

    page: str
    pdf: bytes


class Press:
    """Prints what nobody has printed yet, in this process or in one that runs beside it.

    A PDF takes a second or two. Whatever the renderer warns of is missing on paper: a failure.
    """

    def __init__(self, content, folder):
        self._content = content
        self._folder = folder

    def __call__(self, said, **settings):
        if isinstance(said, str):
            said = answers_of(said, self._content)
        chosen = Settings(TODAY, **settings)
        kept = self._folder / sha256(repr((sorted(said.items()), chosen)).encode()).hexdigest()
        if not kept.exists():
            self._keep(kept, self._print(said, chosen))
        page, _, pdf = kept.read_bytes().partition(_BETWEEN)
        return Printed(page.decode(), pdf)

    def _print(self, said, settings):
        pages, warnings = [], _Warnings()
        lay_out = printer._laid_out
        printer._laid_out = lambda page: pages.append(page) or lay_out(page)
        logging.getLogger("weasyprint").addHandler(warnings)
        try:
            pdf = to_pdf(case_of(self._content, said), settings)
        finally:
            printer._laid_out = lay_out
            logging.getLogger("weasyprint").removeHandler(warnings)
        assert warnings.messages == []
        return Printed(pages[-1], pdf)

    def _keep(self, kept, printed):
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_bytes(printed.page.encode() + _BETWEEN + printed.pdf)
        new.replace(kept)


class _Warnings(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


@lru_cache(maxsize=64)
def pages(pdf):
    """What each page says, with its line ends made spaces."""
    document = pdfium.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def run_together(text):
    """The text without spaces; a hyphen at the end of a line is a hyphen."""
    return "".join(text.split()).replace("\ufffe", "-").replace("\x02", "-")
