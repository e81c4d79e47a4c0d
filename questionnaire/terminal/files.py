"""The files of one interview: written, and told of.  A failure is told, and ends nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from questionnaire.content.content import Content
from questionnaire.errors import WriteError
from questionnaire.system.files import write_whole
from questionnaire.terminal.voice import Voice


@dataclass
class Files:
    """What is said of files, and which of those asked for could not be written so far.

    `command` is what is typed to go on with a draft.
    """

    content: Content
    voice: Voice
    command: str
    written: set[Path] = field(default_factory=set)
    unwritten: set[Path] = field(default_factory=set)

    def write(self, path: Path, file: bytes, *, force: bool) -> bool:
        """Write a file; a failure is told, and False."""
        try:
            write_whole(path, file, force=force)
        except WriteError as error:
            self.unwritten.add(path)  # first: Ctrl-C may come while it is told
            self.fault(error)
            return False
        self.unwritten.discard(path)
        self.written.add(path)
        return True

    def say(self, key: str, path: Path | str = "", **values: str) -> None:
        """Say these words, with the path in them."""
        told = self.content.words[key]
        self.voice.say(told.format(path=path, command=self.command, **values))

    def fault(self, error: Exception) -> None:
        """Say what went wrong."""
        self.voice.say(self.content.words["error"].format(error=error))
