"""One row made into one report, wherever that is done.  Writes nothing, and knows no folder."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from questionnaire.answers.file import Sheet, answers_of, write_answers
from questionnaire.answers.rows import Row
from questionnaire.batch.names import report_name
from questionnaire.conclusion.case import Case, case_of
from questionnaire.content.content import Content, ContentStamp
from questionnaire.content.question import Question
from questionnaire.content.versions import content_of, notice
from questionnaire.errors import AnswersError, WriteError
from questionnaire.fhir.either import read_answers, stamp_of
from questionnaire.report.settings import Settings
from rules import EngineError, Finding, RulesError

Maker = Callable[[Case, Settings], bytes]

_MOST_FAULTS = 50


@dataclass(frozen=True)
class Bad:
    """A row without a report, and every fault in it."""

    place: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Filed:
    """What a report that is in the folder comes to; ids and no more.

    `is_new`: this run has put it there.
    """

    place: str
    report: str
    outcome: str
    warnings: tuple[str, ...]
    doctor_first: tuple[str, ...]
    cautions: tuple[str, ...]
    benefits: tuple[str, ...]
    content: str
    notice: str
    is_new: bool = False


@dataclass(frozen=True)
class Task:
    """A row, and whether its report is there already."""

    row: Row
    is_there: bool


@dataclass(frozen=True)
class Made:
    """What a task comes to, and the report as a file; none where it was there."""

    filed: Filed
    pdf: bytes = field(repr=False)


Result = Made | Bad | WriteError


@dataclass(frozen=True)
class Reporter:
    """Where reports are made, all in the same way.

    `is_fixed`: every row is read under this content, whichever it names.
    Nothing is run yet: an engine is made in the process that it works in.
    """

    content: Content
    settings: Settings
    make: Maker
    is_fixed: bool
    _known: dict[ContentStamp, Content] = field(default_factory=dict, init=False, repr=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What tables of answers may ask: the questions of the content at hand."""
        return self.content.questions

    def name(self, row: Row) -> str:
        """What the report is called; nothing where the row is bad, which `attempt` tells."""
        with suppress(Exception):
            content = self._content(row.raw)
            sheet = self._read(row, content)
            answers = answers_of(content, sheet.said, sheet.given)
            return report_name(row.name, answers, self.settings)
        return ""

    def attempt(self, task: Task) -> Result:
        """Make a report; what stops the whole run is given back, for another process to raise."""
        row = task.row
        if row.fault:
            return Bad(row.place, (row.fault,))
        try:
            return self._made(task)
        except AnswersError as error:
            return Bad(row.place, _foremost(error.faults))
        except (EngineError, RulesError) as error:
            return Bad(row.place, (str(error),))
        except WriteError as error:
            return error
        except Exception as error:  # noqa: BLE001  one row must not stop the others
            failed = type(error).__name__  # and no more: its text may hold answers
            return Bad(row.place, (f"no report could be made ({failed}); please tell its makers",))

    def _made(self, task: Task) -> Made:
        content = self._content(task.row.raw)
        sheet = self._read(task.row, content)
        case = case_of(content, sheet.said, sheet.given)
        pdf = b"" if task.is_there else self.make(case, self.settings)
        conclusion = case.conclusion
        answers = write_answers(content, case.record, case.given)
        filed = Filed(
            place=task.row.place,
            report=report_name(task.row.name, answers, self.settings),
            outcome=conclusion.outcome,
            warnings=_ids(conclusion.of("warning")),
            doctor_first=_ids(conclusion.of("doctor_first")),
            cautions=_ids(conclusion.of("caution")),
            benefits=_ids(conclusion.benefits),
            content=content.version,
            notice=notice(sheet.version, content),
        )
        return Made(filed, pdf)

    def _read(self, row: Row, content: Content) -> Sheet:
        return read_answers(row.raw, content, content.answers_of_country(self.settings.countries))

    def _content(self, raw: bytes) -> Content:
        """The content to read under; a released one is read once, as its engine is kept."""
        if self.is_fixed:
            return self.content
        stamp = stamp_of(raw)
        if stamp in self._known:
            return self._known[stamp]
        content = content_of(stamp, self.content)
        if content is not self.content:
            alike = (each for each in self._known.values() if each.sha256 == content.sha256)
            content = self._known[stamp] = next(alike, content)
        return content


def _foremost(faults: Sequence[str]) -> tuple[str, ...]:
    """The faults as far as anybody will mend them one by one."""
    more = len(faults) - _MOST_FAULTS
    return (*faults[:_MOST_FAULTS], *([f"and {more:,} more faults"] if more > 0 else []))


def _ids(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    return tuple(each.rule.id for each in findings)
