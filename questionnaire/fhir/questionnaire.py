"""The questionnaire as a FHIR Questionnaire: what other programs need to ask it as we do."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from questionnaire.content.content import Content
from questionnaire.content.question import Option, Question
from questionnaire.fhir.enabling import Level, any_option, ends_of, levels
from questionnaire.fhir.names import HL7, Resource, coding, form_url, name, word
from questionnaire.fhir.parts import display, enabled, group, shown_as
from rules import ALWAYS, OneOf

_TYPES = {"one": "choice", "many": "choice", "scale": "integer", "text": "text"}
_CONTROLS = {"one": "radio-button", "many": "check-box", "scale": "spinner", "text": "text-box"}
"""No slider for a scale: one that nobody has moved shows a number all the same."""

_ALWAYS = Level(())

Signs = AbstractSet[tuple[str, str]]
"""Questions with their options that are an emergency by themselves."""


def questionnaire(content: Content) -> Resource:
    """The Questionnaire of a content."""
    return {
        "resourceType": "Questionnaire",
        "id": f"{name('id')}-{content.version}",
        "language": name("language"),
        "url": form_url(),
        "version": content.version,
        "name": name("name"),
        "title": name("title"),
        "status": "active",
        "subjectType": ["Patient"],
        "date": str(content.rulebook.about["published"]),
        "publisher": name("publisher"),
        "description": str(content.rulebook.about["intended_use"]),
        "item": [display("opening", word("opening")), *_sections(content)],
    }


def _sections(content: Content) -> Iterator[Resource]:
    before, signs = list[Question](), _emergencies(content)
    for place, grouped in groupby(content.questions, lambda question: question.place):
        questions = tuple(grouped)
        (outside,) = levels(ALWAYS, ends_of(before), content.questions) or (_ALWAYS,)
        items = [
            item
            for at, question in enumerate(questions)
            for item in _asked(content, question, questions[:at], signs)
        ]
        link = f"section.{place.rpartition('/')[2].removesuffix('.toml')}"
        yield group(link, outside, items, text=questions[0].section)
        before += questions


def _asked(
    content: Content, question: Question, before: Sequence[Question], signs: Signs
) -> Iterator[Resource]:
    """The question, within as many groups as its condition takes, and its alarm."""
    found = levels(question.when, ends_of(before), content.questions) or (_ALWAYS,)
    item = _question(question, found[-1])
    for depth, level in enumerate(reversed(found[:-1]), 1):
        item = group(f"{question.id}.when{depth}", level, [item])
    yield item
    yield from _alarm(content, question, signs)


def _question(question: Question, level: Level) -> Resource:
    item: Resource = {
        "extension": [shown_as(_CONTROLS[question.kind]), *_bounds(question)],
        "linkId": question.id,
        "text": question.ask,
        "type": _TYPES[question.kind],
        **enabled(level),
        "required": not question.optional,
        **({"repeats": True} if question.kind == "many" else {}),
        **({"maxLength": question.longest} if question.kind == "text" else {}),
    }
    if question.options:
        item["answerOption"] = [_option(question, each) for each in question.options]
    beside = [*_beside(question)]
    return item | ({"item": beside} if beside else {})


def _bounds(question: Question) -> Iterator[Resource]:
    if question.kind == "scale":
        yield {"url": f"{HL7}/minValue", "valueInteger": question.lowest}
        yield {"url": f"{HL7}/maxValue", "valueInteger": question.highest}


def _option(question: Question, option: Option) -> Resource:
    exclusive = {"url": f"{HL7}/questionnaire-optionExclusive", "valueBoolean": True}
    return {
        **({"extension": [exclusive]} if option.exclusive else {}),
        "valueCoding": coding(question, option),
    }


def _beside(question: Question) -> Iterator[Resource]:
    """The help, and what the ends of a scale mean."""
    for control, text in (
        ("help", question.help),
        ("lower", question.low),
        ("upper", question.high),
    ):
        if text:
            yield display(f"{question.id}.{control}", text, control)


def _alarm(content: Content, question: Question, signs: Signs) -> Iterator[Resource]:
    """What to do at once, shown as soon as an answer is an emergency by itself."""
    chosen = [each.id for each in question.options if (question.id, each.id) in signs]
    if chosen:
        text = content.rulebook.outcomes["emergency"]
        numbers = ", ".join(f"{each.name} {each.emergency}" for each in content.countries)
        told = content.word("emergency_numbers").format(numbers=numbers)
        said = word("alarm", title=text.title, next=text.next, numbers=told)
        shown = enabled(any_option(question.id, chosen))
        yield display(f"{question.id}.alarm", said) | shown


def _emergencies(content: Content) -> Signs:
    rules = (each for each in content.rulebook.rules if each.outcome == "emergency")
    rows = [row for rule in rules for row in rule.when.alternatives]
    return {
        (test.question, option)
        for row in rows
        for test in row
        if len(row) == 1 and isinstance(test, OneOf)
        for option in test.options
    }


def each_item(items: Iterable[Resource]) -> Iterator[Resource]:
    """Every item of a questionnaire, those within items too."""
    for item in items:
        yield item
        yield from each_item(item.get("item", ()))
