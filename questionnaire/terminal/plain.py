"""The conversation as plain numbered lines: for pipes, screen readers and simple terminals.

No colour, no cursor movement.  An empty line is never an answer, nor is the end of the input.  A
line answers one question: what else was typed or pasted by then is dropped, and that is told.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn, TypeVar

from questionnaire.content.question import Question
from questionnaire.interview.conversation import Answered, Ask, Back, Reply, Skipped
from questionnaire.interview.flow import Unsaid
from questionnaire.interview.validation import validate
from questionnaire.interview.wording import fault_in_words, in_words
from questionnaire.system.output import print_text
from questionnaire.terminal.keyboard import forget_what_waits, is_terminal, is_text, typed_line
from questionnaire.terminal.lines import width, wrapped
from questionnaire.terminal.voice import Voice
from rules import Answer

Understood = TypeVar("Understood")

MOST_MISTAKES = 20
"""Lines in a row that fit nothing: then nobody reads what is asked, as with `yes | acuscreen`."""


def give_up(voice: Voice, words: Mapping[str, str]) -> NoReturn:
    """Leave as at the end of the input, as too many lines in a row fitted nothing."""
    voice.say(words["gives_up"].format(most=MOST_MISTAKES))
    raise EOFError


class MistakeError(Exception):
    """What was typed is not an answer; the message tells what is."""


class Plain:
    """A voice that prints lines and reads lines."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Speak with these words."""
        self._words = words

    @property
    def width(self) -> int:
        """Cells for text on a line."""
        return width(edge=1)

    def say(self, text: str) -> None:
        """Print paragraphs, wrapped, with an empty line before them."""
        self._print("")
        for line in text.strip().splitlines():
            self._print(line)

    def ask(self, asked: Ask) -> Reply:
        """Print a question and read lines until one is an answer."""
        self._print_question(asked)
        return self._until(lambda line: self._reply(asked, line))

    def choose(self, prompt: str, choices: Mapping[str, str], *, ready: bool = False) -> str:  # noqa: ARG002  an empty line never chooses, ready or not
        """Print numbered choices and read lines until one is the number of one."""
        self._print("")
        self._print(prompt)
        self._print_numbered(choices.values())
        return self._until(lambda line: list(choices)[self._numbers(line, len(choices), most=1)[0]])

    def write(self, prompt: str, default: str) -> str:  # noqa: ARG002  an empty line takes no default
        """Read a line that is not empty."""
        self._print(f"{prompt}:")
        return self._until(self._anything)

    def line(self, prompt: str) -> str:
        """Whatever is typed on a line; EOFError at the end of the input."""
        self._print("")
        return self._until(lambda line: line, wrapped(prompt, self.width) + " ")

    def _until(self, understand: Callable[[str], Understood], ready: str = "") -> Understood:
        """What the first line means that means anything; a mistake is told."""
        for _ in range(MOST_MISTAKES):
            try:
                return understand(self._read(ready))
            except MistakeError as mistake:
                if told := str(mistake):
                    self._print(f"Error: {told}")
        return give_up(self, self._words)

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
        self._print(self._hint(asked))

    def _hint(self, asked: Ask) -> str:
        question, words = asked.question, self._words
        hint = words[f"hint_plain_{question.kind}"].format(
            lowest=question.lowest, highest=question.highest, low=question.low, high=question.high
        )
        skip = [words["hint_plain_skip"]] if asked.may_skip else []
        return " ".join([hint, *skip, words["hint_plain_keys"]])

    def _reply(self, asked: Ask, line: str) -> Reply:
        """The reply that a line stands for; MistakeError when it stands for none."""
        question, words = asked.question, self._words
        match line:
            case "":
                raise MistakeError(words["error_empty"])
            case "?":
                self.say(words["help_plain"])
                self._print_question(asked)
                raise MistakeError
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

    def _anything(self, line: str) -> str:
        if not line:
            raise MistakeError(self._words["error_empty"])
        return line

    def _read(self, ready: str) -> str:
        """One line; EOFError at the end of the input, which is never an answer."""
        if forget_what_waits():
            self._print(self._words["typed_ahead"])
        print_text(ready or self._words["plain_ready"])
        try:
            line = typed_line()
        except EOFError:
            self._print("")
            raise
        if not is_terminal():
            self._print("")  # nobody has pressed Enter on this screen
        if not is_text(line):
            raise MistakeError(self._words["error_unreadable"])
        return line

    def _print_numbered(self, labels: Iterable[str]) -> None:
        for number, label in enumerate(labels, 1):
            self._print(f"{number}. {label}", indent="   ")

    def _print(self, line: str, indent: str = "") -> None:
        print_text(wrapped(line, self.width, indent) + "\n")
