"""The questionnaire as a FHIR Questionnaire: what other programs need to ask it as we do."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from questionnaire.content.content import Content
from questionnaire.content.question import Option, Question
from questionnaire.fhir.enabling import Level, Test, any_option, ends_of, levels
from questionnaire.fhir.names import HL7, Resource, coding, form_url, name, system, word
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
        "item": [_display("opening", word("opening")), *_sections(content)],
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
        yield _group(link, outside, items, text=questions[0].section)
        before += questions


def _asked(
    content: Content, question: Question, before: Sequence[Question], signs: Signs
) -> Iterator[Resource]:
    """The question, within as many groups as its condition takes, and its alarm."""
    found = levels(question.when, ends_of(before), content.questions) or (_ALWAYS,)
    item = _question(question, found[-1])
    for depth, level in enumerate(reversed(found[:-1]), 1):
        item = _group(f"{question.id}.when{depth}", level, [item])
    yield item
    yield from _alarm(content, question, signs)


def _question(question: Question, level: Level) -> Resource:
    item: Resource = {
        "extension": [_control(_CONTROLS[question.kind]), *_bounds(question)],
        "linkId": question.id,
        "text": question.ask,
        "type": _TYPES[question.kind],
        **_enabled(level),
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
            yield _display(f"{question.id}.{control}", text, control)


def _alarm(content: Content, question: Question, signs: Signs) -> Iterator[Resource]:
    """What to do at once, shown as soon as an answer is an emergency by itself."""
    chosen = [each.id for each in question.options if (question.id, each.id) in signs]
    if chosen:
        text = content.rulebook.outcomes["emergency"]
        numbers = ", ".join(f"{each.name} {each.emergency}" for each in content.countries)
        told = content.word("emergency_numbers").format(numbers=numbers)
        said = word("alarm", title=text.title, next=text.next, numbers=told)
        shown = _enabled(any_option(question.id, chosen))
        yield _display(f"{question.id}.alarm", said) | shown


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


def _group(link: str, level: Level, items: list[Resource], text: str = "") -> Resource:
    told = {"text": text} if text else {}
    return {"linkId": link, **told, "type": "group", **_enabled(level), "item": items}


def _display(link: str, text: str, control: str = "") -> Resource:
    extension = {"extension": [_control(control)]} if control else {}
    return {**extension, "linkId": link, "text": text, "type": "display"}


def _control(code: str) -> Resource:
    control = {
        "coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}]
    }
    return {"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": control}


def _enabled(level: Level) -> Resource:
    if not level.tests:
        return {}
    behavior = {"enableBehavior": "any" if level.any_of else "all"} if len(level.tests) > 1 else {}
    return {"enableWhen": [_test(each) for each in level.tests], **behavior}


def _test(test: Test) -> Resource:
    answer: Resource = {"answerInteger": test.value}
    if isinstance(test.value, str):
        answer = {"answerCoding": {"system": system(test.question), "code": test.value}}
    return {"question": test.question, "operator": test.operator, **answer}


def each_item(items: Iterable[Resource]) -> Iterator[Resource]:
    """Every item of a questionnaire, those within items too."""
    for item in items:
        yield item
        yield from each_item(item.get("item", ()))
