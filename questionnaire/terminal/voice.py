"""What a face can do that shows one thing at a time and waits for the reply."""

from collections.abc import Mapping
from typing import Protocol

from questionnaire.interview.conversation import Ask, Reply


class Voice(Protocol):
    """How a conversation is held.  Each call may raise KeyboardInterrupt or EOFError."""

    @property
    def width(self) -> int:
        """Characters on a line."""

    def say(self, text: str) -> None:
        """Tell the person something, in paragraphs."""

    def ask(self, asked: Ask) -> Reply:
        """One question, until the reply has no fault."""

    def choose(self, prompt: str, choices: Mapping[str, str], *, ready: bool = False) -> str:
        """One of the choices, by its key.  `ready`: the first may be taken straight away."""

    def write(self, prompt: str, default: str) -> str:
        """A line of text, such as the name of a file."""
