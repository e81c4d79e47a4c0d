"""Lines typed from paper: what is printed can be typed, and what cannot be is told."""

import pytest

from questionnaire.content.numbering import BLANK, lettered, numbered, written
from questionnaire.interview.flow import SKIPPED
from questionnaire.paper.parse import MiscodedError, answer_of, read_line


@pytest.fixture
def read(content):
    """Read a line typed at a question, or at the review."""

    def read(line, at=None):
        question = content.question(at) if at else None
        return read_line(line, content.questions, question, content.words)

    return read


def test_the_code_written_for_each_option_is_read_back_as_that_option(content, read):
    for number, question in numbered(content.questions).items():
        for letter, option in lettered(question).items():
            answer = option.id if question.kind == "one" else (option.id,)
            assert written(question, answer) == letter
            assert read(letter, question.id).answers == {question.id: answer}
            assert read(f"{number}{letter}").answers == {question.id: answer}
        if question.kind == "scale":
            for value in range(question.lowest, question.highest + 1):
                code = written(question, value)
                assert read(code, question.id).answers == {question.id: value}
                assert read(f"{number}={code}").answers == {question.id: value}
        assert read(f"{number}{BLANK}").answers == {question.id: SKIPPED}


@pytest.mark.parametrize("line", ["ac", "a c", "C,A", " a ; c ", "ca"])
def test_letters_may_stand_together_or_apart_and_in_any_order(read, line):
    assert read(line, "pain_types").answers == {"pain_types": ("headache", "neck")}


@pytest.mark.parametrize("line", ["2a 3b 10=7 4ac", "4ac,2A;3b 10:7", "10 = 7 2=a 3b 4=ca"])
def test_a_line_may_hold_many_answers_each_with_its_number(read, line):
    assert read(line, "answered_by").answers == {
        "answered_by": "self",
        "age_group": "18_to_49",
        "pain_average": 7,
        "pain_types": ("headache", "neck"),
    }


@pytest.mark.parametrize(
    ("line", "at", "told"),
    [
        ("d", "answered_by", "2 Filled in by: “d” does not fit. Type one letter from a to c"),
        ("7", "answered_by", "“7” does not fit"),
        ("ab", "answered_by", "“ab” is more than one box, and one is allowed. Ask the person"),
        ("q", "pain_types", "“q” does not fit. Type letters from a to l"),
        ("aa", "pain_types", "“aa” has a letter twice"),
        ("am", "warning_any", "m is “None of these” and cannot stand beside another box. Ask"),
        ("a7", "pain_types", "does not fit"),
        ("11", "pain_average", "“11” does not fit. Type a number from 0 to 10"),
        ("5 6", "pain_average", "does not fit"),
        ("²", "pain_average", "does not fit"),
        ("-1", "pain_average", "does not fit"),
        ("x" * 501, "notes", "501 characters"),
        ("\a", "notes", "cannot be printed"),
        ("é", "needles", "does not fit"),
        ("8", None, "“8” stands without the number of its question"),
        ("abc", None, "“abc” stands without the number"),
        ("0a", None, "There is no question 0. They go from 1 to 41"),
        ("99a", None, "There is no question 99"),
        ("10=", None, "10 Average pain: “” does not fit"),
        ("10a", None, "10 Average pain: “a” does not fit"),
        ("4=7", None, "4 Pain: “7” does not fit"),
        ("41b", None, "41 Name: Words are asked for by themselves"),
        ("4a 4b", None, "4 Pain: This stands more than once on the line"),
        ("4a 4a 4a", None, "4 Pain: This stands more than once on the line"),
    ],
)
def test_an_impossible_code_is_no_answer_and_is_reported_with_what_is_allowed(read, line, at, told):
    keyed = read(line, at)
    assert keyed.answers == {}
    assert len(keyed.faults) == 1
    assert told in keyed.faults[0]


def test_all_faults_of_a_line_are_reported_at_once_and_the_rest_is_taken(read):
    keyed = read("2a 3d c 4bz 51a 5c", "answered_by")
    assert keyed.answers == {"answered_by": "self", "pain_duration": "over_3_months"}
    assert [fault[:12] for fault in keyed.faults] == [
        "“c” stands w",
        "There is no ",
        "3 Age: “d” d",
        "4 Pain: “bz”",
    ]


@pytest.mark.parametrize("words", ["L4 and L5", "1a, as I heard", "2z", "99a", "4", "7 =", "5mg"])
def test_words_that_hold_a_code_or_look_like_one_stay_words(read, words):
    assert read(words, "pain_cause").answers == {"pain_cause": words}


def test_a_line_of_nothing_but_right_codes_is_not_taken_for_words(read):
    codes = read("9a 10=5", "pain_cause").answers
    assert codes == {"pain_change": "same_as_usual", "pain_average": 5}
    assert read("8-", "pain_cause").answers == {"pain_cause": SKIPPED}


def test_characters_that_move_the_cursor_are_not_echoed(read):
    (fault,) = read("\x1b[A" * 50, "needles").faults
    assert "\x1b" not in fault
    assert len(fault) < 160


def test_an_empty_code_is_no_answer(content):
    for question in content.questions:
        if question.kind != "text":
            with pytest.raises(MiscodedError):
                answer_of(question, "", content.words)
