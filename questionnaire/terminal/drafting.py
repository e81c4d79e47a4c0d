"""The draft of one interview: kept up to date, kept at the end or thrown away.

A draft that is there stays as it last was unless the person chooses to throw it away.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from questionnaire.answers.draft import write_draft
from questionnaire.errors import WriteError
from questionnaire.interview.flow import Said
from questionnaire.terminal.files import Files
from questionnaire.terminal.paths import free, path_of

_NAME = "acuscreen-draft"


@dataclass
class Drafting:
    """Where the draft is kept, if anywhere, and with which words that is told.

    `given` is the day of the oldest answer in it; None where nobody knows it.
    """

    files: Files
    path: Path | None = None
    given: date | None = None

    def update(self, said: Said) -> None:
        """Keep the draft up to date; a full disk is told, and does not end the interview."""
        if self.path is not None:
            self.files.write(self.path, self._draft(said), force=True)

    def offer(self, said: Said) -> None:
        """Ask whether to keep a draft, and do so or throw it away."""
        words = self.files.content.words
        choices = {"save": words["leave_save"], "drop": words["leave_drop"]}
        if self.files.voice.choose(words["leave_asks"], choices, ready=True) == "save":
            self._keep(said)
        else:
            self._drop()
        self.tell()

    def tell(self) -> None:
        """Say what there is now, as the last words before the end."""
        if self.path is None:
            self.files.say("no_draft_kept" if self.files.written else "nothing_kept")
        else:
            self.files.say("draft_behind" if self._is_behind else "draft_written", self.path)

    def remind(self) -> None:
        """Say that the draft is there still, after all is done."""
        if self.path is not None:
            self.files.say("draft_behind" if self._is_behind else "draft_kept", self.path)

    @property
    def _is_behind(self) -> bool:
        """Whether what was said last could not be written into it."""
        return self.path in self.files.unwritten

    def _keep(self, said: Said) -> None:
        files, words, failed = self.files, self.files.content.words, set[Path]()
        while self.path is None or self._is_behind:
            failed |= {self.path} if self.path else set()
            path = path_of(files.voice.write(words["draft_name"], str(free(_NAME, ".json"))))
            if files.write(path, self._draft(said), force=False):
                self.path = path
            failed.add(path)
        files.unwritten -= failed  # it is elsewhere now

    def _drop(self) -> None:
        if self.path is None:
            return
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            self.files.fault(WriteError(f"{self.path}: cannot be deleted: {error.strerror}."))
            return
        self.files.written.discard(self.path)
        self.path = None

    def _draft(self, said: Said) -> bytes:
        return write_draft(self.files.content, said, self.given)
