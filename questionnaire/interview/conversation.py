"""The conversation: ask, go back, review, act on an emergency, leave.

Knows what happens in which order, and nothing of how it looks: that is a voice's matter
(`terminal`, `plain`, one day a web page).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import (
    Progress,
    Said,
    facts,
    next_question,
    previous_question,
    progress,
    relevant,
)
from questionnaire.system.printable import printed
from rules import Answer, Conclusion


class Move(Enum):
    """What a person may do instead of answering."""

    BACK = auto()


@dataclass(frozen=True)
class Asked:
    """One question as it stands before the person.

    `said` is the answer so far (None when there is none); `first` tells that nothing is before it.
    """

    question: Question
    progress: Progress
    said: Answer | None
    first: bool


class Voice(Protocol):
    """How the conversation is held.  Each call may raise KeyboardInterrupt or EOFError."""

    @property
    def width(self) -> int:
        """Characters on a line."""

    def say(self, text: str) -> None:
        """Tell the person something, in paragraphs."""

    def ask(self, asked: Asked) -> Answer | Move | None:
        """One question: an answer it takes, a move, or None when the person would not say."""

    def choose(self, prompt: str, choices: Mapping[str, str], *, ready: bool = False) -> str:
        """One of the choices, by its key.  `ready`: the first may be taken straight away."""

    def write(self, prompt: str, default: str) -> str:
        """A line of text, such as the name of a file."""


@dataclass(frozen=True)
class Conversation:
    """What a conversation is about, how it is held, and whom to tell of every change."""

    content: Content
    voice: Voice
    alarm: Callable[[Conclusion], str]
    heard: Callable[[Said], None]


def converse(talk: Conversation, said: Said) -> Said:
    """Ask until everything is said and reviewed, or an emergency stops it; what was said."""
    current: Question | None = None
    reviewing = False
    while True:
        current = current or next_question(talk.content.questions, said)
        if current is None:
            current = _review(talk, said)
            if current is None:
                return said
            reviewing = True
        answer = talk.voice.ask(_asked(talk, said, current))
        if answer is Move.BACK:
            current = None if reviewing else _before(talk, said, current)
            reviewing = False
            continue
        reviewing = False
        said = _with(talk, said, current, answer)
        is_sign = signs_among(talk, said, [current])
        choice = raise_alarm(talk, said) if is_sign else "go_on"
        if choice == "stop":
            return said
        current = current if choice == "change" else None


def _asked(talk: Conversation, said: Said, question: Question) -> Asked:
    questions = talk.content.questions
    first = previous_question(questions, said, question) is None
    return Asked(question, progress(questions, said, question), said.get(question.id), first)


def _before(talk: Conversation, said: Said, question: Question) -> Question:
    return previous_question(talk.content.questions, said, question) or question


def _with(talk: Conversation, said: Said, question: Question, answer: Answer | Move | None) -> Said:
    if isinstance(answer, Move):
        raise TypeError(answer)
    now = {**said, question.id: answer}
    talk.heard(now)
    return now


def signs_among(
    talk: Conversation, said: Said, answered: Sequence[Question]
) -> tuple[Question, ...]:
    """Those of the questions whose answers are emergency signs."""
    conclusion = talk.content.conclude(facts(talk.content.questions, said))
    signs = conclusion.of("warning", "emergency")
    behind = {ground.question for sign in signs for ground in sign.grounds}
    return tuple(question for question in answered if question.id in behind)


def raise_alarm(talk: Conversation, said: Said) -> str:
    """Say whom to call before anything more is asked; what the person would do then."""
    conclusion = talk.content.conclude(facts(talk.content.questions, said))
    words = talk.content.words
    talk.voice.say(talk.alarm(conclusion))
    return talk.voice.choose(
        words["emergency_asks"],
        {
            "stop": words["emergency_stop"],
            "go_on": words["emergency_go_on"],
            "change": words["emergency_change"],
        },
    )


def _review(talk: Conversation, said: Said) -> Question | None:
    """Show all the answers; the one to change, or None when they are all right."""
    words, questions = talk.content.words, relevant(talk.content.questions, said)
    choices = {"done": words["review_done"]} | {
        question.id: words["review_line"].format(
            short=question.short, answer=in_words(question, said.get(question.id), words)
        )
        for question in questions
    }
    talk.voice.say(words["review_title"])
    chosen = talk.voice.choose(words["review_hint"], choices)
    return next((question for question in questions if question.id == chosen), None)


def in_words(question: Question, answer: Answer | None, words: Mapping[str, str]) -> str:
    """An answer as the person would read it."""
    match answer:
        case None:
            return words["not_said"]
        case tuple(options):
            return "; ".join(question.option(option).label for option in options)
        case str(option) if question.kind == "one":
            return question.option(option).label
        case _:
            return printed(str(answer)) or words["not_said"]


def names(content: Content, question_ids: Sequence[str]) -> str:
    """Questions by their short names, as far as they still exist."""
    shorts = {question.id: question.short for question in content.questions}
    return ", ".join(shorts.get(question_id, question_id) for question_id in question_ids)
