"""Numbers and letters: every question has a number, and every option a letter of its own."""

from dataclasses import replace

import pytest

from questionnaire.content.numbering import lettered, number_of, numbered
from rules import RulesError


def test_every_question_has_a_number_and_every_option_a_letter(content):
    assert [*numbered(content.questions)] == [*range(1, len(content.questions) + 1)]
    for question in content.questions:
        assert [*lettered(question).values()] == [*question.options]
        assert number_of(content.questions, question.id) == content.questions.index(question) + 1


def test_no_letter_of_an_option_is_q_or_longer_than_one_character(content):
    letters = {letter for question in content.questions for letter in lettered(question)}
    assert "q" not in letters
    assert all(len(letter) == 1 for letter in letters)


def test_more_options_than_letters_are_refused_and_not_cut_off(content):
    question = content.question("needles")
    option = question.options[0]
    with pytest.raises(RulesError, match=r"'needles': it has 26 options, .* letters for 25"):
        lettered(replace(question, options=(option,) * 26))
