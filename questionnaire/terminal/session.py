"""One interview from the welcome to the report, with the files that a person asks for.

Knows the files and the order; questions are asked in `dialogue`, reports made in `report`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from questionnaire.answers.aged import holding, how_old
from questionnaire.answers.draft import Draft, read_draft, write_draft
from questionnaire.answers.file import write_answers
from questionnaire.answers.given import in_full
from questionnaire.answers.jsonfile import LARGEST
from questionnaire.conclusion.case import Case, case_of
from questionnaire.content.content import Content
from questionnaire.errors import WriteError
from questionnaire.interview.conversation import State
from questionnaire.interview.flow import Said, next_question
from questionnaire.interview.wording import names
from questionnaire.report.settings import Settings, is_page
from questionnaire.system.files import read_file, refuse_existing, write_whole
from questionnaire.terminal.dialogue import Heard, converse
from questionnaire.terminal.drafting import Drafting
from questionnaire.terminal.files import Files
from questionnaire.terminal.paths import free, path_of
from questionnaire.terminal.prerender import Ahead
from questionnaire.terminal.voice import Voice

DONE, UNWRITTEN, STOPPED = 0, 3, 130
_NAME = "acupuncture-report"


@dataclass(frozen=True)
class Wishes:
    """The files asked for when the program was started; None where none was.

    `html`: the report is to be a page and no PDF.  `interactive`: there is somebody at the other
    end, who can be asked before leaving.
    """

    save: Path | None = None
    resume: Path | None = None
    answers: Path | None = None
    report: Path | None = None
    html: bool = False
    force: bool = False
    interactive: bool = True


@dataclass(frozen=True)
class Face:
    """How the answers come in: the command for it, its welcome, and what brings them.

    `is_today`: they are given while they come in, and were not written down before.
    """

    command: str
    welcome: str
    converse: Callable[[Voice, Content, State, Heard], Said]
    is_today: bool = True


INTERVIEW = Face("acuscreen", "welcome", converse)


@dataclass
class Session:
    """An interview under way: what was said, and the draft of it, if one is kept.

    `without_pdf`: it turned out that no PDF can be made here.  `ahead`: prints while there is time.
    """

    content: Content
    voice: Voice
    settings: Settings
    wishes: Wishes
    face: Face = INTERVIEW
    said: Said = field(default_factory=dict)
    without_pdf: bool = False
    ahead: Ahead | None = None

    def __post_init__(self) -> None:
        """Nothing is written yet."""
        self.files = Files(self.content, self.voice, self.face.command)
        self.draft = Drafting(self.files)

    def run(self) -> int:
        """Hold the interview and return the exit code.

        WriteError, ReadError or AnswersError before the first question, never after it.
        """
        self._begin()
        try:
            self._interview()
        except (KeyboardInterrupt, EOFError):
            self._leave()
            return UNWRITTEN if self.files.unwritten else STOPPED
        return UNWRITTEN if self.files.unwritten else DONE

    def _begin(self) -> None:
        """Refuse what cannot be done before anyone has answered anything."""
        wishes = self.wishes
        for path in (wishes.answers, wishes.report):
            if path is not None and not wishes.force:
                refuse_existing(path)
        self.draft.given = self.settings.today if self.face.is_today else None
        if wishes.resume is not None:
            self._resume(wishes.resume)
        if wishes.save is not None and wishes.save != wishes.resume:
            draft = write_draft(self.content, self.said, self.draft.given)
            write_whole(wishes.save, draft, force=wishes.force)
            self.draft.path = wishes.save

    def _resume(self, path: Path) -> None:
        draft = read_draft(read_file(str(path), LARGEST), self.content)
        self.files.say("resumed")
        if self.face.is_today:
            draft = self._brought_up(draft)
        self.said, self.draft.path = {**self.said, **draft.said}, path
        for key, ids in (("resumed_changed", draft.changed), ("resumed_removed", draft.removed)):
            if ids:
                self.files.say(key, questions=names(self.content.questions, ids))

    def _brought_up(self, draft: Draft) -> Draft:
        """The draft as far as it still holds; how old it is, is told."""
        today = self.settings.today
        if told := how_old(draft, today):
            self.files.say(told, day=in_full(draft.given) if draft.given else "")
        if draft.said:
            draft = holding(draft, today)
            self.draft.given = draft.given
        return draft

    def _interview(self) -> None:
        if self.wishes.resume is None:
            self.files.say(self.face.welcome, version=self.content.version)
        state = State(self.said, countries=self.settings.countries)
        self.said = self.face.converse(self.voice, self.content, state, self._heard)
        case = case_of(self.content, self.said, self.draft.given)
        from questionnaire.report.documents import to_text  # noqa: PLC0415  takes long to load

        self.voice.say(to_text(case, self.settings, self.voice.width))
        if self.wishes.answers is not None:
            self._write_answers(self.wishes.answers, case)
        self._write_report(case)
        self.draft.remind()

    def _heard(self, said: Said) -> None:
        self.said = said
        self._print_ahead()
        self.draft.update(said)

    def _print_ahead(self) -> None:
        """While the person answers get ready to print, and print while she looks it all over."""
        if not self.wishes.interactive:
            return
        complete = next_question(self.content.questions, self.said) is None
        if self.ahead is None or complete:
            self.ahead = self.ahead or Ahead(self.content, self.settings, self.draft.given)
            self.ahead.begin(self.said if complete else None)

    def _write_answers(self, path: Path, case: Case) -> None:
        file = write_answers(self.content, case.record, case.given)
        if self.files.write(path, file, force=self.wishes.force):
            self.files.say("answers_written", path=path)

    def _write_report(self, case: Case) -> None:
        """Make the report and put it where the person says; a place that fails is asked again."""
        path, failed = self.wishes.report or self._report_path(), set[Path]()
        while path is not None:
            report = self._made(path, case)
            if report and self.files.write(path, report, force=self.wishes.force):
                self.files.unwritten -= failed  # it is elsewhere now
                self.files.say("report_written", path=path)
                self.files.say("report_printing")
                return
            failed.add(path)
            path = self._report_path()
        if self.without_pdf:
            self.draft.offer(self.said)

    def _made(self, path: Path, case: Case) -> bytes:
        """The report, as the name of its file asks; empty when that is a PDF, and none can be."""
        self.files.say("report_making")
        as_page = is_page(path, wished=self._page_wished)
        printed = self.ahead.report(case) if self.ahead else b""
        if printed and not as_page:
            return printed
        from questionnaire.report.documents import to_file  # noqa: PLC0415  takes long to load

        try:
            return to_file(case, self.settings, as_page=as_page)
        except WriteError as error:
            if path == self.wishes.report:
                self.files.unwritten.add(path)
            self.files.fault(error)
            self.files.say("page_instead")
            self.without_pdf = True
            return b""

    @property
    def _page_wished(self) -> bool:
        return self.wishes.html or self.without_pdf

    def _report_path(self) -> Path | None:
        here, words = free(_NAME, ".html" if self._page_wished else ".pdf"), self.content.words
        choices = {
            "here": words["report_here"].format(path=here),
            "elsewhere": words["report_elsewhere"],
            "nowhere": words["report_nowhere"],
        }
        match self.voice.choose(words["report_asks"], choices):
            case "here":
                return here
            case "elsewhere":
                return path_of(self.voice.write(words["report_name"], str(here)))
            case _:
                return None

    def _leave(self) -> None:
        """Ask once whether to keep a draft; where nobody answers, one that is there stays."""
        try:
            if self.wishes.interactive:
                self.draft.offer(self.said)
                return
        except (KeyboardInterrupt, EOFError):
            pass
        self.draft.tell()
