"""Whatever stands in a response, it is read or refused; nothing else ever happens."""

import json
import os
from copy import deepcopy

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from records import response_on
from vignettes import answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.fhir.faults import operation_outcome
from questionnaire.fhir.models import checked
from questionnaire.fhir.reading import Answers, read_response
from questionnaire.interview.flow import missing
from questionnaire.interview.validation import validate

NAMES = st.sampled_from(
    [
        "resourceType", "questionnaire", "status", "authored", "item", "linkId", "answer",
        "valueCoding", "valueInteger", "valueString", "system", "code", "display", "extension",
        "modifierExtension", "url", "subject", "contained", "_status", "meta", "text",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    ["QuestionnaireResponse", "completed", "age_group", "warning_any", "none", "back", "#p", ""]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | WORDS
    | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(NAMES | st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=15,
)


def check_read_or_refused(raw, content):
    """Anything else is a traceback, and fails; so is an answer that is taken and cannot be."""
    taken = read_response(raw, content)
    if isinstance(taken, Answers):
        said = taken.sheet.said
        counted = case_of(content, said).record
        assert missing(content, said) == ()
        for question in counted.asked:
            if question.id in counted.answers:
                assert validate(question, counted.answers[question.id]) == ()
        return
    assert taken
    for fault in taken:
        assert str(fault)
    checked(operation_outcome(taken))


def check_any_bytes(content, raw):
    check_read_or_refused(raw, content)


def check_any_json(content, value):
    check_read_or_refused(json.dumps(value).encode(), content)


def check_any_response(content, parts):
    check_any_json(content, {"resourceType": "QuestionnaireResponse", **parts})


@pytest.fixture(scope="module")
def wholes(content):
    """Responses of several people, to be broken."""
    people = ("typical", "cautions", "doctor first", "emergency", "stopped", "everything")
    return [response_on(content, answers_of(who, content)) for who in people]


def places_in(value, at=()):
    """The way to everything that stands in a response."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield (*at, key)
        if isinstance(each, dict | list):
            yield from places_in(each, (*at, key))


def check_broken(content, wholes, drawn):
    """A response with some of its parts taken out, put twice, moved or replaced."""
    whole = deepcopy(drawn.draw(st.sampled_from(wholes)))
    for _ in range(drawn.draw(st.integers(1, 3))):
        *way, last = drawn.draw(st.sampled_from([*places_in(whole)]))
        within = whole
        for step in way:
            within = within[step]
        match drawn.draw(st.sampled_from(["replace", "drop", "double", "reverse", "add"])):
            case "replace":
                within[last] = drawn.draw(VALUES)
            case "drop":
                del within[last]
            case "double" if isinstance(within, list):
                within.append(deepcopy(within[last]))
            case "reverse" if isinstance(within, list):
                within.reverse()
            case "add" if isinstance(within, dict):
                within[drawn.draw(NAMES)] = drawn.draw(VALUES)
        if not [*places_in(whole)]:
            break
    check_any_json(content, whole)


FEW = {"deadline": None, "phases": {Phase.explicit, Phase.reuse, Phase.generate}}
"""A fault that is found is told as it is: to look for the smallest takes minutes."""


@settings(max_examples=50, **FEW)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_response_or_a_refusal(content, raw):
    check_any_bytes(content, raw)


@settings(max_examples=50, **FEW)
@given(st.dictionaries(NAMES, VALUES))
def test_any_json_of_the_right_type_is_a_response_or_a_refusal(content, parts):
    check_any_response(content, parts)


@settings(max_examples=80, **FEW)
@given(drawn=st.data())
def test_a_broken_response_is_a_response_or_a_refusal(content, wholes, drawn):
    check_broken(content, wholes, drawn)


MANY = settings(max_examples=int(os.environ.get("ACUSCREEN_TRIES", "300")), **FEW)
"""So many that CI has time for; ACUSCREEN_TRIES asks for more."""


@pytest.mark.exhaustive
@MANY
@given(st.dictionaries(NAMES, VALUES))
def test_very_much_json_of_the_right_type_is_a_response_or_a_refusal(content, parts):
    check_any_response(content, parts)


@pytest.mark.exhaustive
@MANY
@given(drawn=st.data())
def test_very_many_broken_responses_are_responses_or_refusals(content, wholes, drawn):
    check_broken(content, wholes, drawn)


ITEM = '{"resourceType": "QuestionnaireResponse", "item": [%s]}'
ODD = ("NaN", "Infinity", "1e999", "9" * 3000, '"\\ud800"', "[]", "{}", '"null"', '"{}"')


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize(
    "around",
    [
        '{"resourceType": "QuestionnaireResponse", "status": %s}',
        '{"resourceType": "QuestionnaireResponse", "meta": %s, "_status": %s}',
        '{"resourceType": "QuestionnaireResponse", "contained": [{"resourceType": %s}]}',
        '{"resourceType": "QuestionnaireResponse", "extension": [{"url": "x", "valueCode": %s}]}',
        ITEM % '{"linkId": "notes", "answer": [{"valueString": %s}]}',
        ITEM % '{"linkId": "pain_average", "answer": [{"valueInteger": %s}]}',
        ITEM % '{"linkId": %s}',
    ],
)
def test_odd_numbers_and_texts_are_refused_and_told(content, around, value):
    check_read_or_refused(around.replace("%s", value).encode(), content)
