"""The conversation as plain numbered lines: for pipes, screen readers and simple terminals.

No colour, no cursor movement.  An empty line is never an answer, nor is the end of the input.
"""

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping

from questionnaire.content.question import Question
from questionnaire.interview.conversation import Answered, Ask, Back, Reply, Skipped
from questionnaire.interview.flow import Unsaid
from questionnaire.interview.validation import validate
from questionnaire.interview.wording import fault_in_words, in_words
from questionnaire.system.files import print_text
from rules import Answer

_WIDTH, _NARROWEST = 76, 16


class MistakeError(Exception):
    """What was typed is not an answer; the message tells what is."""


class Plain:
    """A voice that prints lines and reads lines."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Speak with these words."""
        self._words = words

    @property
    def width(self) -> int:
        """Characters on a line: as many as the screen has, if it is a narrow one."""
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except OSError:
            return _WIDTH
        # Some say that they have no columns at all.
        return min(columns - 1, _WIDTH) if columns > _NARROWEST else _WIDTH

    def say(self, text: str) -> None:
        """Print paragraphs, wrapped, with an empty line before them."""
        self._print("")
        for line in text.strip().splitlines():
            self._print(line)

    def ask(self, asked: Ask) -> Reply:
        """Print a question and read lines until one is an answer."""
        self._print_question(asked)
        while True:
            line = self._read()
            if line == "?":
                self.say(self._words["help_plain"])
                self._print_question(asked)
                continue
            try:
                return self._understood(asked, line)
            except MistakeError as mistake:
                self._print(f"Error: {mistake}")

    def choose(self, prompt: str, choices: Mapping[str, str], *, ready: bool = False) -> str:  # noqa: ARG002  an empty line never chooses, ready or not
        """Print numbered choices and read lines until one is the number of one."""
        self._print("")
        self._print(prompt)
        self._print_numbered(choices.values())
        while True:
            try:
                return list(choices)[self._numbers(self._read(), len(choices), most=1)[0]]
            except MistakeError as mistake:
                self._print(f"Error: {mistake}")

    def write(self, prompt: str, default: str) -> str:  # noqa: ARG002  an empty line takes no default
        """Read a line that is not empty."""
        self._print(f"{prompt}:")
        while not (line := self._read()):
            self._print(f"Error: {self._words['error_empty']}")
        return line

    def line(self, prompt: str) -> str:
        """Whatever is typed on a line; EOFError at the end of the input."""
        self._print("")
        return self._read(textwrap.fill(prompt, self.width) + " ")

    def _print_question(self, asked: Ask) -> None:
        question, words, progress = asked.question, self._words, asked.progress
        place = words["progress_plain"].format(
            section=question.section, number=progress.number, about=progress.about
        )
        for line in ("", place, question.ask, *filter(None, [question.help])):
            self._print(line)
        self._print_numbered(option.label for option in question.options)
        if not isinstance(asked.answer, Unsaid):
            said = in_words(question, asked.answer, words)
            self._print(words["answered_before"].format(answer=said))
        self._print(self._hint(question))

    def _hint(self, question: Question) -> str:
        words = self._words
        hint = words[f"hint_plain_{question.kind}"].format(
            lowest=question.lowest, highest=question.highest, low=question.low, high=question.high
        )
        skip = [words["hint_plain_skip"]] if question.optional else []
        return " ".join([hint, *skip, words["hint_plain_keys"]])

    def _understood(self, asked: Ask, line: str) -> Reply:
        """The reply that a line stands for; MistakeError when it stands for none."""
        question, words = asked.question, self._words
        match line:
            case "":
                raise MistakeError(words["error_empty"])
            case "q":
                raise KeyboardInterrupt
            case "b" if asked.first:
                raise MistakeError(words["error_first"])
            case "b":
                return Back()
            case "s" if asked.may_skip:
                return Skipped(question.id)
            case "s" if question.kind != "text":
                raise MistakeError(words["error_must_answer"])
            case _:
                return Answered(question.id, self._answer(question, line))

    def _answer(self, question: Question, line: str) -> Answer:
        answer = self._meant(question, line)
        for fault in validate(question, answer):
            raise MistakeError(fault_in_words(fault, self._words))
        return answer

    def _meant(self, question: Question, line: str) -> Answer:
        """What a line says, as far as it can be an answer of this kind."""
        match question.kind:
            case "text":
                return line
            case "scale":
                return int(line) if re.fullmatch(r"[0-9]{1,3}", line) else line
            case "one":
                chosen = self._numbers(line, len(question.options), most=1)
                return question.options[chosen[0]].id
            case "many":
                numbers = sorted(set(self._numbers(line, len(question.options))))
                return tuple(question.options[number].id for number in numbers)

    def _numbers(self, line: str, highest: int, most: int | None = None) -> list[int]:
        """The numbers on a line, counted from 0; MistakeError when they are none of the choices."""
        if line == "q":
            raise KeyboardInterrupt
        parts = re.split(r"[\s,;]+", line.strip(" ,;"))
        right = all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts)
        numbers = [int(part) for part in parts] if right else []
        if not numbers or not all(1 <= number <= highest for number in numbers):
            numbers = []
        if not numbers or (most is not None and len(numbers) > most):
            key = "error_one_number" if most == 1 else "error_numbers"
            raise MistakeError(self._words[key].format(highest=highest))
        return [number - 1 for number in numbers]

    def _read(self, ready: str = "") -> str:
        """One line; EOFError at the end of the input, which is never an answer."""
        print_text(ready or self._words["plain_ready"])
        line = sys.stdin.readline()
        if not (line and sys.stdin.isatty()):
            self._print("")  # nobody has pressed Enter on this screen
        if not line:
            raise EOFError
        return line.strip()

    def _print_numbered(self, labels: Iterable[str]) -> None:
        for number, label in enumerate(labels, 1):
            self._print(f"{number}. {label}", indent="   ")

    def _print(self, line: str, indent: str = "") -> None:
        print_text(textwrap.fill(line, self.width, subsequent_indent=indent) + "\n")
