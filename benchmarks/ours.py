"""What is ours: the program, and the page that a report is printed from."""

import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from questionnaire.conclusion.case import case_of
from questionnaire.content.content import Content
from questionnaire.interview.flow import Said
from questionnaire.report import documents as telling
from questionnaire.report.pdf import render as pdf
from questionnaire.report.settings import Settings

ME = (sys.executable, "-m", "questionnaire")
SETTINGS = Settings(date(2026, 11, 24))
"""A day on which nobody's file here has to be written twice, as one in a hundred has to."""


def page_of(content: Content, said: Said) -> str:
    """The page that the report of this person is printed from."""
    return printed(content, said)[1][-1]


def printed(content: Content, said: Said) -> tuple[bytes, list[str]]:
    """The report of this person, and every page that was laid out for it; only one is printed."""
    pages: list[str] = []
    lay_out = pdf._laid_out
    pdf._laid_out = lambda html: pages.append(html) or lay_out(html)  # type: ignore[func-returns-value]
    try:
        return telling.to_pdf(case_of(content, said), SETTINGS), pages
    finally:
        pdf._laid_out = lay_out


def ran(command: Sequence[str | Path]) -> float:
    """The seconds that a program takes, from its start to its end; one that fails is heard."""
    start = time.perf_counter()
    try:
        subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.CalledProcessError as error:
        sys.stderr.buffer.write(error.stdout)
        raise
    return time.perf_counter() - start
