"""One row made into one report in the folder.

A report that is there is done: it was written whole, and other answers would have another name.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from questionnaire.answers.file import Sheet, read_answers, stamp_of
from questionnaire.answers.rows import Row
from questionnaire.batch.names import report_name
from questionnaire.content.content import Content, ContentStamp
from questionnaire.content.question import Question
from questionnaire.content.versions import content_of, notice
from questionnaire.errors import AnswersError, WriteError
from questionnaire.interview.flow import Said, facts
from questionnaire.report.documents import Settings
from questionnaire.system.files import write_whole
from rules import EngineError, Finding, RulesError

Maker = Callable[[Content, Said, Settings], bytes]

_MOST_FAULTS = 50
_FIRST, _LAST = b"%PDF-", b"%%EOF"


@dataclass(frozen=True)
class Bad:
    """A row without a report, and every fault in it."""

    place: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Filed:
    """A report that is in the folder, and what it comes to; ids and no more."""

    place: str
    report: str
    outcome: str
    warnings: tuple[str, ...]
    doctor_first: tuple[str, ...]
    cautions: tuple[str, ...]
    benefits: tuple[str, ...]
    content: str
    notice: str
    is_new: bool


class Desk:
    """Where reports are made, all in the same way, and put into one folder.

    `is_fixed`: every row is read under this content, whichever it names.
    """

    def __init__(
        self, content: Content, settings: Settings, folder: Path, make: Maker, *, is_fixed: bool
    ) -> None:
        """Nothing is run yet: an engine is made in the process that it works in."""
        self._present, self._settings, self._folder = content, settings, folder
        self._make, self._is_fixed = make, is_fixed
        self._known: dict[ContentStamp, Content] = {}

    @property
    def questions(self) -> tuple[Question, ...]:
        """What tables of answers may ask: the questions of the content at hand."""
        return self._present.questions

    def attempt(self, row: Row) -> Filed | Bad | WriteError:
        """File a row; what stops the whole run is given back, as another process is to raise it."""
        try:
            return self.file(row)
        except WriteError as error:
            return error

    def file(self, row: Row) -> Filed | Bad:
        """Make the report unless it is there; WriteError when it cannot be made or written."""
        if row.fault:
            return Bad(row.place, (row.fault,))
        try:
            return self._file(row)
        except AnswersError as error:
            return Bad(row.place, _told(error.faults))
        except (EngineError, RulesError) as error:
            return Bad(row.place, (str(error),))
        except WriteError:
            raise
        except Exception as error:  # noqa: BLE001  one row must not stop the others
            failed = type(error).__name__  # and no more: its text may hold answers
            return Bad(row.place, (f"no report could be made ({failed}); please tell its makers",))

    def _file(self, row: Row) -> Filed | Bad:
        content = self._content(row.raw)
        sheet = read_answers(row.raw, content)
        path = self._folder / report_name(row.name, content, sheet.said, self._settings)
        is_new = self._is_made(path, content, sheet)
        if not _is_whole(path):
            fault = f"{path.name} is there and is no whole report; move it elsewhere"
            return Bad(row.place, (fault,))
        conclusion = content.conclude(facts(content.questions, sheet.said))
        return Filed(
            place=row.place,
            report=path.name,
            outcome=conclusion.outcome,
            warnings=_ids(conclusion.of("warning")),
            doctor_first=_ids(conclusion.of("doctor_first")),
            cautions=_ids(conclusion.of("caution")),
            benefits=_ids(conclusion.benefits),
            content=content.version,
            notice=notice(sheet.version, content),
            is_new=is_new,
        )

    def _is_made(self, path: Path, content: Content, sheet: Sheet) -> bool:
        """Make the report, and say so; unless it was there, or the same row makes it elsewhere."""
        if os.path.lexists(path):
            return False
        pdf = self._make(content, sheet.said, self._settings)
        try:
            write_whole(path, pdf)
        except WriteError:
            if not os.path.lexists(path):
                raise
            return False
        return True

    def _content(self, raw: bytes) -> Content:
        """The content to read under; a released one is read once, as its engine is kept."""
        if self._is_fixed:
            return self._present
        stamp = stamp_of(raw)
        if stamp in self._known:
            return self._known[stamp]
        content = content_of(stamp, self._present)
        if content is not self._present:
            alike = (each for each in self._known.values() if each.sha256 == content.sha256)
            content = self._known[stamp] = next(alike, content)
        return content


def _told(faults: Sequence[str]) -> tuple[str, ...]:
    """The faults as far as anybody will mend them one by one."""
    more = len(faults) - _MOST_FAULTS
    return (*faults[:_MOST_FAULTS], *([f"and {more:,} more faults"] if more > 0 else []))


def _is_whole(path: Path) -> bool:
    """Whether a file begins and ends as a PDF does."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_FIRST)) == _FIRST
            file.seek(-len(_LAST) - 1, os.SEEK_END)
            return begins and file.read().rstrip().endswith(_LAST)
    except OSError:
        return False


def _ids(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(each.rule.id for each in findings)
