"""The parts of a Questionnaire, as FHIR writes them."""

from questionnaire.fhir.enabling import Level, Test
from questionnaire.fhir.names import HL7, Resource, system

_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"


def group(link: str, level: Level, items: list[Resource], text: str = "") -> Resource:
    """Items under one condition."""
    told = {"text": text} if text else {}
    return {"linkId": link, **told, "type": "group", **enabled(level), "item": items}


def display(link: str, text: str, control: str = "") -> Resource:
    """A text that asks nothing; `control` tells what it is to the item that it stands in."""
    extension = {"extension": [shown_as(control)]} if control else {}
    return {**extension, "linkId": link, "text": text, "type": "display"}


def shown_as(code: str) -> Resource:
    """How an item is to be shown."""
    control = {"coding": [{"system": _CONTROLS, "code": code}]}
    return {"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": control}


def enabled(level: Level) -> Resource:
    """When an item is enabled."""
    if not level.tests:
        return {}
    behavior = {"enableBehavior": "any" if level.any_of else "all"} if len(level.tests) > 1 else {}
    return {"enableWhen": [_test(each) for each in level.tests], **behavior}


def _test(test: Test) -> Resource:
    answer: Resource = {"answerInteger": test.value}
    if isinstance(test.value, str):
        answer = {"answerCoding": {"system": system(test.question), "code": test.value}}
    return {"question": test.question, "operator": test.operator, **answer}
