"""Answers from a FHIR QuestionnaireResponse: taken as from any other file, or refused whole.

Every fault is found before anything is refused.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from questionnaire.answers.file import FORMAT, Sheet, read_answers
from questionnaire.answers.given import GIVEN, faults_of_day
from questionnaire.content.content import Content, ContentStamp
from questionnaire.errors import AnswersError
from questionnaire.fhir.faults import Fault, shown, told
from questionnaire.fhir.header import (
    ROOT,
    circumstances_of,
    faults_around,
    named_by,
    resource_in,
)
from questionnaire.fhir.items import Item, items_of, repeated
from questionnaire.fhir.models import troubles
from questionnaire.fhir.names import Resource
from questionnaire.fhir.questionnaire import each_item, questionnaire
from questionnaire.fhir.response import ABSENT, Circumstances
from questionnaire.fhir.values import Said, said_by


@dataclass(frozen=True)
class Answers:
    """What a response says, and in which circumstances."""

    sheet: Sheet
    circumstances: Circumstances


def read_response(
    raw: bytes, content: Content, known: Mapping[str, str] = MappingProxyType({})
) -> Answers | tuple[Fault, ...]:
    """The answers in a response, or every fault for which they cannot be used.

    What is `known` otherwise is taken for answered where the response leaves it open.
    """
    response, found = resource_in(raw)
    if response is None:
        return tuple(found)
    found = [*found, *faults_around(response, content)]
    items = [each for each in items_of(response) if isinstance(each, Item)]
    answers, more = _said(items, content)
    found += [*(each for each in items_of(response) if isinstance(each, Fault)), *more]
    sheet, more = _sheet({**known, **answers}, response, content)
    told_of = {fault.place for fault in found}
    paths = {item.link: item.path for item in items}
    found += [
        replace(each, path=paths.get(each.place, "")) for each in more if each.place not in told_of
    ]
    found += _of_models(response, {fault.path for fault in found})
    if found or sheet is None:
        return tuple(found)
    return Answers(sheet, circumstances_of(response))


def named_in(raw: bytes) -> ContentStamp:
    """The content that a response names; empty where it names none."""
    response, _ = resource_in(raw)
    return ContentStamp("", "") if response is None else named_by(response)


def _said(items: Sequence[Item], content: Content) -> tuple[Mapping[str, Said], Sequence[Fault]]:
    """What is said, by question; and what is wrong with how."""
    questions = {question.id: question for question in content.questions}
    silent = {item["linkId"] for item in each_item(questionnaire(content)["item"])}
    answers: dict[str, Said] = {}
    found = [*repeated(item for item in items if item.link in questions)]
    for item in items:
        if question := questions.get(item.link):
            said, more = said_by(question, item)
            found += [*more, *_contradiction(item)]
            if said is not None:
                answers[item.link] = said
        elif item.link not in silent:
            found.append(
                Fault(shown(item.link), told("no_link", allowed=", ".join(questions)), item.path)
            )
        elif item.answers:
            found.append(Fault(item.link, told("asks_nothing"), item.path))
    return answers, found


def _contradiction(item: Item) -> Iterator[Fault]:
    extensions = item.element.get("extension")
    there = extensions if isinstance(extensions, list) else []
    absent = any(isinstance(each, dict) and each.get("url") == ABSENT for each in there)
    if absent and item.answers:
        yield Fault(item.link, told("both"), item.path)


def _sheet(
    answers: Mapping[str, Said], response: Resource, content: Content
) -> tuple[Sheet | None, Sequence[Fault]]:
    """The answers read as an answers file that says the same."""
    table = {
        "format": FORMAT,
        "content": vars(named_by(response)),
        **_given(response),
        "answers": answers,
    }
    try:
        return read_answers(json.dumps(table).encode(), content), ()
    except AnswersError as error:
        parts = (fault.partition(": ") for fault in error.faults)
        return None, [Fault(place, matter) for place, _, matter in parts]


def _given(response: Resource) -> Mapping[str, str]:
    """The day on which the answers were given, where `authored` tells a whole day."""
    day = str(response.get("authored", ""))[: len("2026-11-25")]
    return {GIVEN: day} if not [*faults_of_day({GIVEN: day})] else {}


def _of_models(response: Resource, known: set[str]) -> Iterator[Fault]:
    """What the standard's models find, unless we have told of the place already."""
    for where, matter in troubles(response):
        path = ROOT + "".join(f"[{at}]" if isinstance(at, int) else f".{at}" for at in where)
        if not any(path.startswith(each) for each in known - {"", ROOT}):
            said = told("model", value=" ".join(matter.split()))
            yield Fault(shown(_link_at(response, where)), said, path, "structure")


def _link_at(response: Resource, where: Sequence[str | int]) -> str:
    """The innermost linkId on the way; else the first element's name."""
    link = str(where[0]) if where else ROOT
    value: Any = response
    with suppress(KeyError, IndexError, TypeError):  # the way may end at what is missing
        for step in where:
            value = value[step]
            if isinstance(value, dict) and isinstance(value.get("linkId"), str):
                link = value["linkId"]
    return link
