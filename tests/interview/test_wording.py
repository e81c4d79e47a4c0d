"""Answers and their faults, in words."""

import pytest

from questionnaire.interview.flow import NOT_ASKED, SKIPPED
from questionnaire.interview.validation import validate
from questionnaire.interview.wording import fault_in_words, in_words


@pytest.mark.parametrize(
    ("question_id", "answer", "words"),
    [
        ("needles", ("nervous",), "They make me nervous"),
        ("pain_types", ("back", "neck"), "Back pain; Neck pain"),
        ("pain_average", 0, "0"),
        ("notes", "Will it hurt?", "Will it hurt?"),
        ("goals", SKIPPED, "(not said)"),
        ("joint_diagnosis", NOT_ASKED, "(not said)"),
    ],
)
def test_an_answer_is_read_back_in_the_words_that_were_chosen(content, question_id, answer, words):
    assert in_words(content.question(question_id), answer, content.words) == words


@pytest.mark.parametrize(
    ("question_id", "answer", "words"),
    [
        ("pain_types", (), "Please tick at least one answer"),
        ("pain_types", ("back", "no_pain"), "cannot stand beside another answer"),
        ("pain_average", 11, "Please type a number from 0 to 10."),
        ("notes", "a" * 501, "That is 501 characters. Please use 500 at most."),
        ("notes", "a\x07", "a character that cannot be printed"),
    ],
)
def test_a_fault_of_an_answer_is_said_with_the_way_out(content, question_id, answer, words):
    (fault,) = validate(content.question(question_id), answer)
    assert words in fault_in_words(fault, content.words)
