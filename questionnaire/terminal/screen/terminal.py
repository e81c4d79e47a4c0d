"""The conversation in a terminal, one question at a time, in the place of the one before.

Knows what stands in a list; how a list works and is wrapped is a matter of `prompts`.
"""

from collections.abc import Mapping, Sequence

from questionnaire.content.question import Question
from questionnaire.interview.conversation import Answered, Ask, Back, Reply, Skipped
from questionnaire.interview.flow import Unsaid
from questionnaire.interview.validation import Fault, validate
from questionnaire.interview.wording import fault_in_words
from questionnaire.system.output import print_text
from questionnaire.terminal.lines import wrapped
from questionnaire.terminal.screen.prompts import line, select, tick
from questionnaire.terminal.screen.rows import Head, Row, Value, Way, room


class Terminal:
    """A voice that asks with lists to move in."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Speak with these words."""
        self._words = words

    @property
    def width(self) -> int:
        """Characters on a line."""
        return room()

    def say(self, text: str) -> None:
        """Print paragraphs, wrapped to the terminal, with an empty line after them."""
        lines = (wrapped(each, self.width) for each in text.strip().splitlines())
        print_text("\n".join(lines) + "\n\n")

    def ask(self, asked: Ask) -> Reply:
        """Ask one question, with its answer so far as the place to start from."""
        match asked.question.kind:
            case "many":
                return self._ask_many(asked)
            case "text":
                return self._ask_text(asked)
            case "one" | "scale":
                return self._ask_one(asked)

    def choose(self, prompt: str, choices: Mapping[str, str], *, ready: bool = False) -> str:
        """One of the choices, by its key."""
        rows = [Row(key, title) for key, title in choices.items()]
        head = Head("", prompt, self._words["hint_one"] if ready else "")
        return str(self._select(head, rows, next(iter(choices)) if ready else None))

    def write(self, prompt: str, default: str) -> str:
        """A line of text that is not empty."""
        while True:
            typed = line(Head("", prompt, ""), default, self._empty)
            if typed is not Way.BACK:
                return str(typed).strip()

    def _ask_one(self, asked: Ask) -> Reply:
        question = asked.question
        options = [Row(option.id, option.label) for option in question.options]
        rows = [*(options or _numbers(question)), *self._ways_out(asked)]
        before = asked.answer if isinstance(asked.answer, str | int) else None
        return _reply(question, self._select(self._head(asked), rows, before))

    def _ask_many(self, asked: Ask) -> Reply:
        question = asked.question
        before = asked.answer if isinstance(asked.answer, tuple) else ()
        rows = [
            Row(option.id, option.label, ticked=option.id in before) for option in question.options
        ]
        head = self._head(asked, self._words["hint_many"])
        ticked = tick(
            head,
            [*rows, *self._ways_out(asked)],
            lambda chosen: self._wrong(question, chosen),
        )
        if isinstance(ticked, Way):
            return _reply(question, ticked)
        return Answered(question.id, _in_order(question, ticked))

    def _ask_text(self, asked: Ask) -> Reply:
        """A list first, so that going back and saying nothing are there to be seen."""
        said = "" if isinstance(asked.answer, Unsaid) else str(asked.answer)
        write = Row("write", self._words["change_words" if said else "write_something"])
        head = self._head(asked, self._words["hint_text"])
        while True:
            chosen = self._select(self._head(asked), [write, *self._ways_out(asked)], None)
            if chosen != "write":
                return _reply(asked.question, chosen)
            typed = line(head, said, lambda typed: self._unreadable(asked.question, typed[0]))
            if typed is not Way.BACK:
                return Answered(asked.question.id, str(typed).strip())

    def _select(self, head: Head, rows: Sequence[Row], said: Value | None) -> Value:
        if said is None:
            said = Way.START
            rows = [Row(Way.START, f"({self._words['hint_one']})"), *rows]
        return select(head, rows, said, self._words["error_not_moved"])

    def _ways_out(self, asked: Ask) -> list[Row]:
        skip = [Row(Way.SKIP, self._words["rather_not_say"])]
        back = [Row(Way.BACK, f"← {self._words['go_back']}")]
        return (skip if asked.may_skip else []) + ([] if asked.first else back)

    def _head(self, asked: Ask, hint: str = "") -> Head:
        question, progress = asked.question, asked.progress
        place = self._words["progress"].format(
            section=question.section, number=progress.number, about=progress.about
        )
        hints = "\n".join(part for part in (question.help, hint) if part)
        return Head(place, question.ask, hints)

    def _wrong(self, question: Question, chosen: Sequence[str]) -> str:
        return self._first(validate(question, _in_order(question, chosen)))

    def _empty(self, typed: Sequence[str]) -> str:
        return "" if typed[0].strip() else self._words["error_empty"]

    def _unreadable(self, question: Question, text: str) -> str:
        return self._first(validate(question, text)) or self._empty([text])

    def _first(self, faults: Sequence[Fault]) -> str:
        return fault_in_words(faults[0], self._words) if faults else ""


def _reply(question: Question, value: Value) -> Reply:
    match value:
        case Way.BACK:
            return Back()
        case Way():
            return Skipped(question.id)
        case _:
            return Answered(question.id, value)


def _in_order(question: Question, chosen: Sequence[str]) -> tuple[str, ...]:
    """Options as the question lists them, in whichever order they were ticked."""
    return tuple(option.id for option in question.options if option.id in chosen)


def _numbers(question: Question) -> list[Row]:
    ends = {question.lowest: question.low, question.highest: question.high}
    return [
        Row(number, f"{number}  {ends.get(number, '')}".rstrip())
        for number in range(question.lowest, question.highest + 1)
    ]
