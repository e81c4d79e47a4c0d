"""Questionnaires and responses in FHIR, made by the program and changed by hand."""

import json

from questionnaire.conclusion.case import case_of
from questionnaire.fhir.reading import Answers, read_response
from questionnaire.fhir.response import Circumstances, response

AUTHORED = "2026-11-25T10:30:00Z"


def response_on(content, said):
    """The response of somebody who says this."""
    return response(case_of(content, said), Circumstances(AUTHORED))


def read(content, resource):
    return read_response(json.dumps(resource).encode(), content)


def said_in_response(content, resource):
    """What a response says; it has to be one that is taken."""
    taken = read(content, resource)
    assert isinstance(taken, Answers), [str(each) for each in taken]
    return taken.sheet.said


def faults_in_response(content, resource):
    """What is said of a response that is refused, in lines."""
    refused = read(content, resource)
    assert isinstance(refused, tuple), "it was taken"
    return [str(each) for each in refused]


def item_of(resource, link):
    """The item with this linkId, wherever it stands."""
    return next(item for item in items_of(resource) if item["linkId"] == link)


def items_of(resource):
    for item in resource.get("item", ()):
        yield item
        yield from items_of(item)
