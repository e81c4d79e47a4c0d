"""Answers in the words that were chosen.  Knows no rule's words and no page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaire.content.question import Question
from questionnaire.interview.flow import Said, relevant, visible
from questionnaire.system.printable import printed
from rules import Answer, Ground


@dataclass(frozen=True)
class Reply:
    """A question with its answer in the words chosen; no words when it was skipped."""

    question: Question
    words: tuple[str, ...]
    number: int | None = None


def quoted(questions: Sequence[Question], grounds: Iterable[Ground]) -> tuple[Reply, ...]:
    """Grounds as people know them: each question once, in the order asked."""
    chosen: dict[str, list[str | int]] = {}
    for ground in grounds:
        chosen.setdefault(ground.question, []).append(ground.answer)
    return tuple(
        _reply(question, _as_answer(chosen[question.id]))
        for question in questions
        if question.id in chosen
    )


def _as_answer(chosen: list[str | int]) -> Answer:
    number = chosen[0]
    return number if isinstance(number, int) else tuple(map(str, chosen))


def replies(questions: Sequence[Question], said: Said) -> Mapping[str, Reply]:
    """Every question that applies, with what was said to it, in the order asked."""
    asked = relevant(questions, said)
    answers = visible(asked, said)
    return {
        question.id: _reply(question, answers.get(question.id))
        for question in asked
        if question.id in said
    }


def _reply(question: Question, answer: Answer | None) -> Reply:
    match answer:
        case int(number):
            return Reply(question, (str(number),), number)
        case str(text) if question.kind == "text":
            return Reply(question, tuple(filter(None, [printed(text)])))
        case str(option):
            return Reply(question, (question.option(option).label,))
        case tuple(options):
            return Reply(question, tuple(question.option(each).label for each in options))
        case _:
            return Reply(question, ())
