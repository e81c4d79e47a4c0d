"""Whatever an answers file holds, it is read or refused; nothing else ever happens."""

import json

import pytest
from answers_files import FORMAT, in_file, said_in
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaire.answers.file import answers_of
from questionnaire.errors import AnswersError
from questionnaire.interview.flow import visible

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["none", "unsure", "yes", "back", "headache", "chest_pain", "under_18"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["format", "answers", "skipped", "content", "pain_types", "notes"])
            | st.text(max_size=10),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def check_read_or_refused(raw, content):
    """Anything else than AnswersError is a traceback, and fails."""
    try:
        said = said_in(raw, content)
    except AnswersError as refused:
        check_can_be_told(refused.faults)
        return
    again = said_in(answers_of(content, said), content)
    assert visible(content.questions, again) == visible(content.questions, said)


def check_can_be_told(faults):
    assert faults
    assert all(fault.isprintable() for fault in faults)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_answers_or_a_refusal(content, raw):
    check_read_or_refused(raw, content)


@settings(max_examples=100, deadline=None)
@given(JSON_VALUES)
def test_any_json_is_answers_or_a_refusal(content, value):
    check_read_or_refused(json.dumps(value).encode(), content)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["answers", "skipped", "content"]), JSON_VALUES))
def test_any_json_in_the_right_format_is_answers_or_a_refusal(content, parts):
    check_read_or_refused(json.dumps({"format": FORMAT, **parts}).encode(), content)


@settings(max_examples=100, deadline=None)
@given(drawn=st.data())
def test_any_answers_to_our_questions_are_taken_or_refused(content, drawn):
    ids = st.sampled_from([question.id for question in content.questions])
    answers = drawn.draw(st.dictionaries(ids, JSON_VALUES, max_size=10))
    check_read_or_refused(in_file(answers), content)


@pytest.fixture(scope="module")
def whole_file(content):
    """A file that is taken, with as much in it as there can be."""
    first = {
        question.id: {
            "one": question.options and question.options[0].id,
            "many": tuple(option.id for option in question.options if not option.exclusive),
            "scale": question.highest,
            "text": "What does it cost?\n\u017b\U0001f642",
        }[question.kind]
        for question in content.questions
    }
    return answers_of(content, first | {"age_group": "50_or_over"})


def test_the_whole_file_is_taken(content, whole_file):
    assert len(said_in(whole_file, content)) == len(content.questions)


@settings(max_examples=300, deadline=None)
@given(cut=st.integers(0, 5000), length=st.integers(0, 20), put=st.binary(max_size=8))
def test_a_damaged_file_is_answers_or_a_refusal(content, whole_file, cut, length, put):
    at = cut % len(whole_file)
    check_read_or_refused(whole_file[:at] + put + whole_file[at + length :], content)


@settings(max_examples=100, deadline=None)
@given(drawn=st.data())
def test_a_whole_file_with_one_other_answer_is_answers_or_a_refusal(content, whole_file, drawn):
    table = json.loads(whole_file)
    question_id = drawn.draw(st.sampled_from(list(table["answers"])))
    table["answers"][question_id] = drawn.draw(JSON_VALUES)
    check_read_or_refused(json.dumps(table).encode(), content)
