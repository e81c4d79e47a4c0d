"""The domain of a question is every answer that it takes, and no other."""

import pytest

from questionnaire.content.content import read_content
from questionnaire.content.domain import single_answers, values
from questionnaire.interview.validation import validate

QUESTIONS = read_content().questions


def test_a_choice_is_made_of_its_options_and_a_scale_of_its_numbers(content):
    assert values(content.question("metal_allergy")) == ("yes", "no", "unsure")
    assert values(content.question("sleep_nights")) == (0, 1, 2, 3, 4, 5, 6, 7)
    assert values(content.question("notes")) == ()


def test_a_single_answer_to_a_list_is_a_list(content):
    feelings = single_answers(content.question("needles"))
    assert feelings == (("nervous",), ("fainted_before",), ("strong_fear",), ("comfortable",))
    assert single_answers(content.question("notes")) == ()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_single_answer_is_taken(question):
    assert [each for each in single_answers(question) if validate(question, each)] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_nothing_beside_its_values_is_taken(question):
    if question.kind != "text":
        beside = {*range(-2, 12), *(v for each in QUESTIONS for v in values(each))}
        strange = beside - {*values(question)}
        assert all(validate(question, each) for each in strange)
        assert all(validate(question, (each,)) for each in strange)
