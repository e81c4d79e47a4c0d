"""Render the report as an HTML page, and its gist as plain text.  The only module that knows Jinja.

Texts cite their sources by id, in brackets; readers see numbers, in the order of first use.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup, escape

from questionnaire.report.columns import halves
from questionnaire.system.printable import is_from_the_right
from rules import REFERENCE, UNCHECKED

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from questionnaire.conclusion.explain import Explanation
    from questionnaire.handover.recover import Recovered
    from questionnaire.report.form import Form
    from questionnaire.report.report import Report
    from questionnaire.report.workbook import Workbook
    from rules import Source

TEMPLATES = Path(__file__).parent.parent.parent / "report_templates"
COMPILED = TEMPLATES / "__pycache__"

_MARKS = re.compile(r"\s*((?:\[\w+\])+)")
_DETAIL = re.compile(r" \(|, such as|\. ")
_JOIN = ",\N{NO-BREAK SPACE}"
_NUMBER = re.compile(r"(?<=\d) (?=\w)")


class References:
    """The works cited so far: each gets its number when it is first cited."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        """Begin with nothing cited; without works, no number is printed."""
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def marks(self, ids: Iterable[str]) -> Markup:
        """The numbers of these works as they are printed; a dagger for what has no source."""
        ids = tuple(ids)
        if not self._sources:
            return Markup()
        works = (each for each in ids if each != UNCHECKED)
        numbers = sorted({self._numbers.setdefault(each, len(self._numbers) + 1) for each in works})
        signs = [*map(str, numbers), *(["†"] if UNCHECKED in ids else [])]
        return escape(f"[{_JOIN.join(signs)}]")

    def cited(self, text: str) -> Markup:
        """A text with its references as numbers, and no line break after a number in it."""

        def numbered(found: re.Match[str]) -> Markup:
            marks = self.marks(REFERENCE.findall(found[1]))
            return Markup("\N{NO-BREAK SPACE}") + marks if marks else marks

        kept = _NUMBER.sub("\N{NO-BREAK SPACE}", str(escape(text)))
        return Markup(_MARKS.sub(numbered, kept))  # noqa: S704 - escaped on the line above

    def used(self) -> tuple[Source, ...]:
        """Every work cited so far, in the order of its number."""
        return tuple(self._sources[each] for each in self._numbers)


def to_html(
    report: Report,
    templates: Path = TEMPLATES,
    *,
    large: bool = False,
    summary_only: bool = False,
    on_screen: bool = False,
) -> str:
    """The report as one HTML page that needs no other file: for paper, or for a screen."""
    base = "practitioner.html" if summary_only else "report.html"
    page = _environment(templates).get_template("screen.html" if on_screen else base)
    references = References({} if report.brief or report.without_last else report.sources)
    return page.render(report=report, references=references, base=base, large=large)


def workbook_to_html(workbook: Workbook) -> str:
    """The reviewer's workbook as one HTML page that needs no other file."""
    return _environment(TEMPLATES).get_template("workbook.html").render(workbook=workbook)


def blank_to_html(form: Form) -> str:
    """The form to fill in by hand as one HTML page that needs no other file."""
    return _environment(TEMPLATES).get_template("blank.html").render(form=form)


def to_text(report: Report, width: int, templates: Path = TEMPLATES) -> str:
    """The gist of the report for a terminal, wrapped to lines of `width` between words."""
    template = _environment(templates).get_template("result.txt")
    return _lines(template.render(report=report), width)


def explained(explanation: Explanation, width: int, templates: Path = TEMPLATES) -> str:
    """The explanation for a terminal, wrapped in the same way."""
    template = _environment(templates).get_template("explain.txt")
    references = References(explanation.sources)
    return _lines(template.render(explanation=explanation, references=references), width)


def given_back(recovered: Recovered, width: int) -> str:
    """What a report gave back, for a terminal, wrapped in the same way."""
    template = _environment(TEMPLATES).get_template("read.txt")
    return _lines(template.render(recovered=recovered), width)


def _lines(text: str, width: int) -> str:
    return "\n".join(_wrapped(line, width) for line in text.splitlines()) + "\n"


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip(" -")))
    kept = wrap(
        line, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
    return "\n".join(kept)


@cache
def _environment(templates: Path) -> Environment:
    return environment_for(templates)


def environment_for(templates: Path) -> Environment:
    """What renders the templates in a folder, which may use the parts of ours."""
    environment = Environment(
        autoescape=select_autoescape(["html"]),
        bytecode_cache=_Compiled(str(COMPILED)),
        loader=FileSystemLoader([templates, TEMPLATES]),  # what a folder lacks, ours has
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": _day,
        "fingerprint": _fingerprint,
        "gist": _gist,
        "halves": halves,
        "kept": _kept,
        "own": _own,
        "sentence": _sentence,
    }
    return environment


class _Compiled(FileSystemBytecodeCache):
    """Bytecode cache: the templates that the set-up has compiled.

    One that was changed since is compiled at each use.
    """

    is_kept = False

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write for the set-up alone."""
        if self.is_kept:
            super().dump_bytecode(bucket)


def compile_templates() -> None:
    """Compile the templates for all later runs, which saves 7 % of a first report's time.

    OSError when the folder cannot be written.
    """
    COMPILED.mkdir(exist_ok=True)
    environment = _environment(TEMPLATES)
    compiled = _Compiled(str(COMPILED))
    compiled.clear()
    compiled.is_kept, environment.bytecode_cache = True, compiled
    for name in environment.list_templates(extensions=["css", "html", "txt"]):
        environment.get_template(name)
    for each in COMPILED.iterdir():
        each.chmod(0o644)  # the set-up may run as another user than the program


def _day(day: date) -> str:
    return f"{day.day}\N{NO-BREAK SPACE}{day:%B %Y}"


def _fingerprint(text: str) -> str:
    """The SHA-256 of a style sheet, by which the Content-Security-Policy of a page allows it."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _kept(text: str) -> str:
    """The text, with no line break between a number and the word that follows."""
    return _NUMBER.sub("\N{NO-BREAK SPACE}", text)


def _own(text: str) -> Markup:
    """What somebody may have typed, so that letters from right to left turn nothing beside them."""
    kept = escape(text)
    return Markup("<bdi>") + kept + Markup("</bdi>") if is_from_the_right(text) else kept


def _gist(label: str) -> str:
    """The label of an option without its examples and explanations."""
    return _DETAIL.split(label, maxsplit=1)[0]


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
