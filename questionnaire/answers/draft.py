"""A draft: an interview put aside, to be taken up again.

It knows which questions it was made with, so that a question that has changed is asked again.
"""

from dataclasses import dataclass
from datetime import date

from questionnaire.answers.file import faults_of_said, said_in
from questionnaire.answers.given import GIVEN, day_in, told
from questionnaire.answers.jsonfile import are_names, read_table
from questionnaire.content.content import Content
from questionnaire.errors import AnswersError
from questionnaire.interview.flow import Said, record
from questionnaire.system.json import json_file

FORMAT = "acuscreen-draft/1"


@dataclass(frozen=True)
class Draft:
    """What was said, less what must be asked again or is asked no more.

    `changed` names the questions that have changed since; `removed` those that are gone; `given` is
    the day of the oldest answer, where the draft tells it.
    """

    said: Said
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    given: date | None = None


def write_draft(content: Content, said: Said, given: date | None = None) -> bytes:
    """The answers that count so far, each with the digest of the question it answers.

    `given` is the day of the oldest of them.
    """
    counted = record(content.questions, said)
    table = {
        "format": FORMAT,
        "content": vars(content.stamp),
        **told(given),
        "questions": {
            question.id: question.digest
            for question in content.questions
            if question.id in counted.said
        },
        "answers": counted.answers,
        "skipped": counted.skipped,
    }
    return json_file(table)


def read_draft(raw: bytes, content: Content) -> Draft:
    """A draft as it can be taken up with the questions of today; AnswersError if it cannot be."""
    keys = ("format", "content", GIVEN, "questions", "answers", "skipped")
    read, outside = read_table(raw, FORMAT, keys)
    if outside:
        raise AnswersError(outside)
    table = dict(read)
    digests, answers, skips = (table.get(key) for key in ("questions", "answers", "skipped"))
    if not (isinstance(digests, dict) and isinstance(answers, dict) and are_names(skips)):
        raise AnswersError(["not a whole draft: it must hold questions, answers and skipped"])
    now = {question.id: question.digest for question in content.questions}
    there = dict.fromkeys([*answers, *skips])
    removed = tuple(name for name in there if name not in now)
    changed = tuple(name for name in there if name in now and digests.get(name) != now[name])
    kept = [name for name in there if name in now and digests.get(name) == now[name]]
    table["answers"] = {name: answers[name] for name in kept if name in answers}
    table["skipped"] = [name for name in skips if name in kept]
    found = list(faults_of_said(table, content.questions))
    if found:
        raise AnswersError(found)
    said = said_in(table, content.questions)
    return Draft(
        {name: said[name] for name in kept if name in said}, changed, removed, day_in(table)
    )
