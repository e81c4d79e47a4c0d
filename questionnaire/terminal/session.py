"""One interview from the welcome to the report, with the files that a person asks for.

Knows the files and the order; questions are asked in `conversation`, reports made in `telling`.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from questionnaire.answers.draft import read_draft, write_draft
from questionnaire.answers.file import write_answers
from questionnaire.answers.jsonfile import LARGEST
from questionnaire.content.content import Content
from questionnaire.errors import WriteError
from questionnaire.interview.alarm import alarm
from questionnaire.interview.conversation import Conversation, Voice, converse, names
from questionnaire.interview.flow import Said, next_question
from questionnaire.report.documents import Settings, is_page, to_file, to_text
from questionnaire.system.files import read_file, refuse_existing, write_whole
from questionnaire.terminal.prerender import Ahead
from rules import Conclusion

DONE, STOPPED = 0, 130
REPORT, DRAFT = "acupuncture-report", "acuscreen-draft"


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
class Way:
    """How the answers come in: the command for it, its welcome, and what brings them."""

    command: str
    welcome: str
    converse: Callable[[Conversation, Said], Said]


INTERVIEW = Way("acuscreen", "welcome", converse)


@dataclass
class Session:
    """An interview under way: what was said, and where a draft of it is kept, if anywhere.

    `without_pdf`: it turned out that no PDF can be made here.  `ahead`: prints while there is time.
    """

    content: Content
    voice: Voice
    settings: Settings
    wishes: Wishes
    way: Way = INTERVIEW
    said: Said = field(default_factory=dict)
    draft: Path | None = None
    without_pdf: bool = False
    ahead: Ahead | None = None

    def run(self) -> int:
        """Hold the interview and return the exit code.

        WriteError, ReadError or AnswersError before the first question, never after it.
        """
        self._begin()
        try:
            self._interview()
        except (KeyboardInterrupt, EOFError):
            self._leave()
            return STOPPED
        return DONE

    def _begin(self) -> None:
        """Refuse what cannot be done before anyone has answered anything."""
        wishes = self.wishes
        for path in (wishes.answers, wishes.report):
            if path is not None and not wishes.force:
                refuse_existing(path)
        if wishes.resume is not None:
            self._resume(wishes.resume)
        if wishes.save is not None and wishes.save != wishes.resume:
            self.draft = wishes.save
            write_whole(wishes.save, write_draft(self.content, self.said), force=wishes.force)

    def _resume(self, path: Path) -> None:
        draft = read_draft(read_file(str(path), LARGEST), self.content)
        self.said, self.draft = draft.said, path
        self._say("resumed")
        for key, ids in (("resumed_changed", draft.changed), ("resumed_removed", draft.removed)):
            if ids:
                self._say(key, questions=names(self.content, ids))

    def _interview(self) -> None:
        if self.wishes.resume is None:
            self._say(self.way.welcome, version=self.content.version)
        talk = Conversation(self.content, self.voice, self._alarm, self._heard)
        self.said = self.way.converse(talk, self.said)
        self.voice.say(to_text(self.content, self.said, self.settings, self.voice.width))
        if self.wishes.answers is not None:
            self._write_answers(self.wishes.answers)
        self._write_report()
        if self.draft is not None:
            self._say("draft_kept", path=self.draft)

    def _alarm(self, conclusion: Conclusion) -> str:
        countries = self.content.chosen_countries(self.settings.countries)
        return alarm(self.content, countries, conclusion)

    def _heard(self, said: Said) -> None:
        """Keep the draft up to date; a full disk is told, and does not end the interview."""
        self.said = said
        self._print_ahead()
        if self.draft is not None:
            self._written(self.draft, write_draft(self.content, said), force=True)

    def _print_ahead(self) -> None:
        """While the person answers get ready to print, and print while she looks it all over."""
        if not self.wishes.interactive:
            return
        complete = next_question(self.content.questions, self.said) is None
        if self.ahead is None or complete:
            self.ahead = self.ahead or Ahead(self.content, self.settings)
            self.ahead.begin(self.said if complete else None)

    def _write_report(self) -> None:
        """Make the report and put it where the person says; a place that fails is asked again."""
        path = self.wishes.report or self._report_path()
        while path is not None:
            report = self._made(path)
            if report and self._written(path, report, force=self.wishes.force):
                self._say("report_written", path=path)
                self._say("report_printing")
                return
            path = self._report_path()
        if self.without_pdf:
            self._offer_draft()

    def _made(self, path: Path) -> bytes:
        """The report, as the name of its file asks; empty when that is a PDF, and none can be."""
        self._say("report_making")
        as_page = is_page(path, wished=self._page_wished)
        printed = self.ahead.report(self.said) if self.ahead else b""
        if printed and not as_page:
            return printed
        try:
            return to_file(self.content, self.said, self.settings, as_page=as_page)
        except WriteError as error:
            self._fault(error)
            self._say("page_instead")
            self.without_pdf = True
            return b""

    @property
    def _page_wished(self) -> bool:
        return self.wishes.html or self.without_pdf

    def _report_path(self) -> Path | None:
        here = _free(REPORT, ".html" if self._page_wished else ".pdf")
        words = self.content.words
        choices = {
            "here": words["report_here"].format(path=here),
            "elsewhere": words["report_elsewhere"],
            "nowhere": words["report_nowhere"],
        }
        match self.voice.choose(words["report_asks"], choices):
            case "here":
                return here
            case "elsewhere":
                return _path(self.voice.write(words["report_name"], str(here)))
            case _:
                return None

    def _write_answers(self, path: Path) -> None:
        if self._written(path, write_answers(self.content, self.said), force=self.wishes.force):
            self._say("answers_written", path=path)

    def _leave(self) -> None:
        """Ask once whether to keep a draft.  Where nobody can be asked, one asked for is kept."""
        if not self.wishes.interactive:
            self._say(*(("draft_written", self.draft) if self.draft else ("nothing_kept", "")))
            return
        try:
            self._offer_draft()
        except (KeyboardInterrupt, EOFError):
            self._drop()

    def _offer_draft(self) -> None:
        words = self.content.words
        choices = {"save": words["leave_save"], "drop": words["leave_drop"]}
        if self.voice.choose(words["leave_asks"], choices, ready=True) == "save":
            self._keep()
        else:
            self._drop()

    def _drop(self) -> None:
        if self.draft is not None:
            self.draft.unlink(missing_ok=True)
        self._say("nothing_kept")

    def _keep(self) -> None:
        words = self.content.words
        while self.draft is None:
            path = _path(self.voice.write(words["draft_name"], str(_free(DRAFT, ".json"))))
            if self._written(path, write_draft(self.content, self.said), force=False):
                self.draft = path
        self._say("draft_written", self.draft)

    def _written(self, path: Path, content: bytes, *, force: bool) -> bool:
        """Write a file; a failure is told, and False."""
        try:
            write_whole(path, content, force=force)
        except WriteError as error:
            self._fault(error)
            return False
        return True

    def _fault(self, error: WriteError) -> None:
        self.voice.say(self.content.words["error"].format(error=error))

    def _say(self, key: str, path: Path | str = "", **values: str) -> None:
        told = self.content.words[key]
        self.voice.say(told.format(path=path, command=self.way.command, **values))


def _free(stem: str, suffix: str) -> Path:
    """A name that no file in this folder has yet."""
    path, number = Path(stem + suffix), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-{number}{suffix}")
    return path


def _path(typed: str) -> Path:
    name = typed.replace("\0", "").strip().strip("\"'")
    return Path(os.path.expanduser(name))  # noqa: PTH111  Path's raises for a user it cannot find
