"""The order of an interview: which questions apply, which is next, what counts.

Pure functions over what was said.  Knows no terminal, no browser and no file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from questionnaire.content.content import Content
from questionnaire.content.question import Question
from rules import Answer, chosen_options


class Unsaid(Enum):
    """Why a question has no answer: the person would rather not say, or was not asked."""

    SKIPPED = "skipped"
    NOT_ASKED = "not_asked"


SKIPPED: Final = Unsaid.SKIPPED
NOT_ASKED: Final = Unsaid.NOT_ASKED

Response = Answer | Literal[Unsaid.SKIPPED]
"""What a person says to a question: an answer, or that she would rather not."""

Said = Mapping[str, Response]
"""Everything said so far, by question, also what no longer applies; what is not there was not
asked, or not yet."""


@dataclass(frozen=True)
class Progress:
    """Where in the interview a question stands: its number, and about how many there will be."""

    number: int
    about: int


@dataclass(frozen=True)
class Record:
    """What counts of all that was said.

    `asked` are the questions that apply, in order; `answers` and `skipped` is what was said to
    them; `ended` tells that an answer has ended the questionnaire before its last question.
    """

    asked: tuple[Question, ...]
    answers: Mapping[str, Answer]
    skipped: tuple[str, ...]
    ended: bool

    @property
    def said(self) -> Said:
        """The answers and the skips, in the order asked."""
        skips: Said = dict.fromkeys(self.skipped, SKIPPED)
        said = {**self.answers, **skips}
        return {each.id: said[each.id] for each in self.asked if each.id in said}

    @property
    def facts(self) -> dict[str, Answer]:
        """The answers that rules may rest on: all but what was typed in words."""
        in_words = {question.id for question in self.asked if question.kind == "text"}
        return {each: answer for each, answer in self.answers.items() if each not in in_words}


def record(questions: Sequence[Question], said: Said) -> Record:
    """What counts of what was said.

    A question rests on earlier answers that count only, so an answer left behind in a branch that
    no longer applies opens nothing.  An option that ends the questionnaire ends the list.
    """
    asked: list[Question] = []
    answers: dict[str, Answer] = {}
    skipped: list[str] = []
    ended = False
    for question in questions:
        if ended or not question.when.holds(answers):
            continue
        asked.append(question)
        response = said.get(question.id, NOT_ASKED)
        if response is SKIPPED:
            skipped.append(question.id)
        elif not isinstance(response, Unsaid):
            answers[question.id] = response
            ended = _ends(question, answers)
    return Record(tuple(asked), answers, tuple(skipped), ended)


def _ends(question: Question, answers: Mapping[str, Answer]) -> bool:
    chosen = chosen_options(answers, question.id)
    return any(option.ends and option.id in chosen for option in question.options)


def relevant(questions: Sequence[Question], said: Said) -> tuple[Question, ...]:
    """The questions that apply, in order, as far as what was said tells."""
    return record(questions, said).asked


def ended(questions: Sequence[Question], said: Said) -> bool:
    """Whether an answer has ended the questionnaire before its last question."""
    return record(questions, said).ended


def visible(questions: Sequence[Question], said: Said) -> Mapping[str, Answer]:
    """The answers that count: given, and to questions that apply."""
    return record(questions, said).answers


def skipped(questions: Sequence[Question], said: Said) -> tuple[str, ...]:
    """The questions that apply and that the person would rather not answer."""
    return record(questions, said).skipped


def facts(questions: Sequence[Question], said: Said) -> dict[str, Answer]:
    """The answers that rules may rest on: those that count, without what was typed in words."""
    return record(questions, said).facts


def next_question(questions: Sequence[Question], said: Said) -> Question | None:
    """The first question that applies and has no answer yet; None when all is said."""
    return next((each for each in relevant(questions, said) if each.id not in said), None)


def previous_question(
    questions: Sequence[Question], said: Said, current: Question | None
) -> Question | None:
    """The question that applies just before this one (None: the last); None at the first."""
    before: Question | None = None
    for question in relevant(questions, said):
        if current is not None and question.id == current.id:
            return before
        before = question
    return before


def progress(questions: Sequence[Question], said: Said, current: Question) -> Progress:
    """The number of a question, and about how many there will be.

    Questions that rest on an answer still to come are not counted: hence "about".
    """
    ids = [question.id for question in relevant(questions, said)]
    return Progress(ids.index(current.id) + 1, len(ids))


def missing(content: Content, said: Said) -> tuple[Question, ...]:
    """The questions that apply and must still be answered; none where the interview may end.

    An answer that ends the questionnaire, and an emergency, need no more answers.
    """
    known = record(content.questions, said)
    open_questions = tuple(each for each in known.asked if each.id not in said)
    if known.ended or not open_questions:
        return ()
    return () if content.conclude(known.facts).outcome == "emergency" else open_questions
