"""Answers, and what is wrong with them, in words.  Knows no rule's words and no page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaire.content.question import Question
from questionnaire.interview.flow import Record, Response, Unsaid
from questionnaire.interview.validation import Fault
from questionnaire.system.printable import printed
from rules import Answer, Ground


@dataclass(frozen=True)
class Worded:
    """A question with its answer in the words chosen; no words when it was skipped."""

    question: Question
    words: tuple[str, ...]
    number: int | None = None


def worded(record: Record) -> Mapping[str, Worded]:
    """Every question to which something was said, by id, in the order asked."""
    questions = {question.id: question for question in record.asked}
    return {each: _worded(questions[each], said) for each, said in record.said.items()}


def quoted(questions: Sequence[Question], grounds: Iterable[Ground]) -> tuple[Worded, ...]:
    """Grounds as people know them: each question once, in the order asked."""
    chosen: dict[str, list[str | int]] = {}
    for ground in grounds:
        chosen.setdefault(ground.question, []).append(ground.answer)
    return tuple(
        _worded(question, _as_answer(chosen[question.id]))
        for question in questions
        if question.id in chosen
    )


def _as_answer(chosen: list[str | int]) -> Answer:
    number = chosen[0]
    return number if isinstance(number, int) else tuple(map(str, chosen))


def _worded(question: Question, said: Response) -> Worded:
    number = said if isinstance(said, int) else None
    return Worded(question, words_of(question, said), number)


def words_of(question: Question, said: Response | Unsaid) -> tuple[str, ...]:
    """What was said to a question, each option as the person read it; nothing when unsaid."""
    match said:
        case Unsaid():
            return ()
        case tuple(options):
            return tuple(question.option(each).label for each in options)
        case str(option) if question.kind == "one":
            return (question.option(option).label,)
        case str(text):
            return tuple(filter(None, [printed(text)]))
        case _:
            return (str(said),)


def in_words(question: Question, said: Response | Unsaid, words: Mapping[str, str]) -> str:
    """What was said to a question, on one line."""
    return "; ".join(words_of(question, said)) or words["not_said"]


def fault_in_words(fault: Fault, words: Mapping[str, str]) -> str:
    """What is wrong with an answer, as it is told to whoever gave it."""
    return words[f"error_{fault.key}"].format(**fault.values)


def names(questions: Sequence[Question], question_ids: Sequence[str]) -> str:
    """Questions by their short names, as far as they still exist."""
    shorts = {question.id: question.short for question in questions}
    return ", ".join(shorts.get(question_id, question_id) for question_id in question_ids)
