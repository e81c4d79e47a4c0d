"""The answers file: read, check, write.

Every fault is found before anything is refused, so that a file can be mended in one go.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import cast

from questionnaire.answers.faults import faults_of, options_of
from questionnaire.answers.given import GIVEN, day_in, faults_of_day, told
from questionnaire.answers.jsonfile import are_names, read_table
from questionnaire.content.content import Content, ContentStamp
from questionnaire.content.question import Question
from questionnaire.errors import AnswersError, quoted
from questionnaire.interview.flow import (
    SKIPPED,
    Record,
    Response,
    Said,
    missing,
    record,
)
from questionnaire.system.json import json_file
from questionnaire.system.printable import printed

FORMAT = "acuscreen-answers/1"
_KEYS = ("format", "content", GIVEN, "answers", "skipped")


@dataclass(frozen=True)
class Sheet:
    """An answers file as read: what was said, and the content version and day it names, if any."""

    said: Said
    version: str
    given: date | None = None


def stamp_of(raw: bytes) -> ContentStamp:
    """What the file names, before its answers are looked at; AnswersError if it is no such file."""
    table, _ = read_table(raw, FORMAT, _KEYS)
    return ContentStamp(_named(table, "version"), _named(table, "sha256"))


def read_answers(
    raw: bytes, content: Content, known: Mapping[str, str] = MappingProxyType({})
) -> Sheet:
    """The answers in a file; AnswersError with every fault when they cannot be used.

    What is `known` otherwise is taken for answered where the file leaves it open.

    An answer to a question that does not apply is checked for its form and counts for nothing.
    """
    table, outside = read_table(raw, FORMAT, _KEYS)
    if isinstance(answers := table.get("answers"), dict):
        table = {**table, "answers": {**known, **answers}}
    found = [*outside, *faults_of_said(table, content.questions), *_open(table, content)]
    if found:
        raise AnswersError(found)
    return Sheet(said_in(table, content.questions), _named(table, "version"), day_in(table))


def answers_of(content: Content, said: Said, given: date | None = None) -> bytes:
    """What counts of what was said, as an answers file."""
    return write_answers(content, record(content.questions, said), given)


def write_answers(content: Content, counted: Record, given: date | None = None) -> bytes:
    """The answers that count, as an answers file, with the day on which they were given."""
    table = {
        "format": FORMAT,
        "content": vars(content.stamp),
        **told(given),
        "answers": counted.answers,
        "skipped": counted.skipped,
    }
    return json_file(table)


def faults_of_said(table: Mapping[str, object], questions: Sequence[Question]) -> Iterator[str]:
    """What is wrong with the answers and the skips, whether they apply or not."""
    answers, skips = table.get("answers"), table.get("skipped", [])
    known = {question.id: question for question in questions}
    if not isinstance(answers, dict):
        yield "'answers' is missing; it must be an object of answers by question id"
        return
    allowed = f"; the questions are: {', '.join(known)}"
    for question_id, answer in answers.items():
        if question_id not in known:
            yield f"{quoted(question_id)} is not a question{allowed}"
            allowed = ""  # told once
            continue
        for fault in faults_of(known[question_id], answer):
            yield f"{question_id}: {fault}"
    yield from _faults_of_skips(skips, known, answers)
    yield from faults_of_day(table)
    if not _is_names(table.get("content", {})):
        yield "'content' must be an object of texts, such as version and sha256"


def _faults_of_skips(
    skips: object, known: Mapping[str, Question], answers: Mapping[str, object]
) -> Iterator[str]:
    if not are_names(skips):
        yield "'skipped' must be a list of question ids"
        return
    for question_id in dict.fromkeys(skips):
        if question_id not in known:
            yield f"skipped: {quoted(question_id)} is not a question"
        elif not known[question_id].optional:
            yield f"skipped: {question_id} must be answered; it cannot be skipped"
        elif question_id in answers:
            yield f"skipped: {question_id} has an answer too; keep one of the two"
        elif skips.count(question_id) > 1:
            yield f"skipped: {question_id} is there more than once; name it once"


def _is_names(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def said_in(table: Mapping[str, object], questions: Sequence[Question]) -> Said:
    """What a checked file says.  An optional question left out, or left blank, is skipped."""
    answers = cast("Mapping[str, str | int | list[str]]", table["answers"])
    said: dict[str, Response] = {}
    for question in questions:
        answer: str | int | list[str] | None = answers.get(question.id)
        if isinstance(answer, str) and question.kind == "text":
            text = answer.replace("\r\n", "\n").strip()
            answer = text if printed(text) else None
        if isinstance(answer, list):
            said[question.id] = tuple(each.id for each in question.options if each.id in answer)
        elif answer is not None:
            said[question.id] = answer
        elif question.optional:
            said[question.id] = SKIPPED
    return said


def _open(table: Mapping[str, object], content: Content) -> Iterator[str]:
    """What must still be answered, as far as the answers without a fault can tell."""
    answers = table.get("answers")
    if not isinstance(answers, dict):
        return
    usable = {
        question.id: answers[question.id]
        for question in content.questions
        if question.id in answers and not faults_of(question, answers[question.id])
    }
    yield from (
        f"{question.id}: is missing and must be answered; {_takes(question)}"
        for question in missing(content, said_in({"answers": usable}, content.questions))
        if question.id not in answers
    )


def _takes(question: Question) -> str:
    if question.kind == "scale":
        return f"a whole number from {question.lowest} to {question.highest}"
    return f"allowed: {options_of(question)}"


def _named(table: Mapping[str, object], key: str) -> str:
    named = table.get("content", {})
    return str(named.get(key, "")) if isinstance(named, dict) else ""
