"""The order of an interview: which questions apply, which is next, what counts.

Pure functions over what was said.  Knows no terminal, no browser and no file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from questionnaire.content.question import Question
from rules import Answer, chosen_options

SKIPPED: Final = None
"""What is said of a question that the person would rather not answer."""

Said = Mapping[str, Answer | None]
"""Everything said so far, skips included, and also what no longer applies."""


@dataclass(frozen=True)
class Progress:
    """Where in the interview a question stands: its number, and about how many there will be."""

    number: int
    about: int


def relevant(questions: Sequence[Question], said: Said) -> tuple[Question, ...]:
    """The questions that apply, in order, as far as what was said tells.

    A question rests on earlier visible answers only, so an answer left behind in a branch that
    no longer applies opens nothing.  An option that ends the questionnaire ends the list.
    """
    applying: list[Question] = []
    answers: dict[str, Answer] = {}
    for question in questions:
        if not question.when.holds(answers):
            continue
        applying.append(question)
        answer = said.get(question.id)
        if answer is not None:
            answers[question.id] = answer
            if _ends(question, answers):
                break
    return tuple(applying)


def _ends(question: Question, answers: Mapping[str, Answer]) -> bool:
    chosen = chosen_options(answers, question.id)
    return any(option.ends and option.id in chosen for option in question.options)


def ended(questions: Sequence[Question], said: Said) -> bool:
    """Whether an answer has ended the questionnaire before its last question."""
    answers = visible(questions, said)
    return any(_ends(question, answers) for question in relevant(questions, said))


def visible(questions: Sequence[Question], said: Said) -> dict[str, Answer]:
    """The answers that count: given, and to questions that apply."""
    return {
        question.id: answer
        for question in relevant(questions, said)
        if (answer := said.get(question.id)) is not None
    }


def skipped(questions: Sequence[Question], said: Said) -> tuple[str, ...]:
    """The questions that apply and that the person would rather not answer."""
    return tuple(
        question.id
        for question in relevant(questions, said)
        if question.id in said and said[question.id] is SKIPPED
    )


def facts(questions: Sequence[Question], said: Said) -> dict[str, Answer]:
    """The answers that rules may rest on: those that count, without what was typed in words."""
    in_words = {question.id for question in questions if question.kind == "text"}
    return {
        question_id: answer
        for question_id, answer in visible(questions, said).items()
        if question_id not in in_words
    }


def next_question(questions: Sequence[Question], said: Said) -> Question | None:
    """The first question that applies and has no answer yet; None when all is said."""
    open_questions = (each for each in relevant(questions, said) if each.id not in said)
    return next(open_questions, None)


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
