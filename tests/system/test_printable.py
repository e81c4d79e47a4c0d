"""Text that somebody typed: what of it is printed, and what is left out."""

import json
from unicodedata import bidirectional, category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.system.printable import (
    escaped,
    is_from_the_right,
    is_printable,
    printed,
    steady,
)

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u00ad\u034f\u115f\u180e\u200b\u2060\u206f\u3164\ufeff\ufff9\U000e0041\U000e0100"


@pytest.mark.parametrize("mark", [*TURNING, *UNSEEN], ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_mark_without_a_shape_is_left_out_wherever_it_stands(mark):
    assert printed(f"{mark}Ann{mark} {mark}{mark}Lee{mark}") == "Ann Lee"
    assert printed(mark * 3) == ""


def test_every_mark_that_turns_text_is_known():
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    found = {chr(code) for code in range(0x110000) if bidirectional(chr(code)) in turning}
    assert found < set(TURNING)
    assert {bidirectional(each) for each in set(TURNING) - found} == {"L", "R", "AL"}


@pytest.mark.parametrize(
    "text",
    [
        "می\N{ZERO WIDTH NON-JOINER}خواهم",
        "क्\N{ZERO WIDTH JOINER}ष",
        "ශ්\N{ZERO WIDTH JOINER}රී",
        "葛\U000e0100",
        "❤\N{VARIATION SELECTOR-16}",
        "שלום, مرحبا, Zoë, Ọláṣẹ́, 李, Nguye\u0302\u0303n",
    ],
)
def test_what_a_script_needs_stays(text):
    assert printed(text) == text


def test_what_joins_letters_stays_once_and_not_between_letters_of_one_shape():
    joiner = "\N{ZERO WIDTH NON-JOINER}"
    assert printed(f"می\u200f{joiner}{joiner}\u200fخو") == f"می{joiner}خو"
    assert printed(f"An{joiner}n, Анна{joiner}") == "Ann, Анна"


def test_ends_of_lines_are_ends_of_lines():
    assert printed("é\u2028e\u2029e\ne") == "é\ne\ne\ne"


@given(st.text())
def test_what_is_printed_turns_nothing_and_is_printed_as_it_is(text):
    assert not set(printed(text)) & set(TURNING)
    assert printed(printed(text)) == printed(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_what_has_a_shape_is_printed(text):
    shapeless = {"\u115f", "\u1160", "\u3164", "\uffa0"}
    assert printed(text) == "".join(each for each in text if each not in shapeless)


def test_a_name_in_a_terminal_shows_where_a_mark_stood():
    assert (
        steady("a\u202eb.json: cannot be read")
        == "a\N{REPLACEMENT CHARACTER}b.json: cannot be read"
    )


@given(st.text(alphabet=TURNING + 'ab"\\\n', max_size=9))
def test_json_says_the_same_and_turns_nothing(text):
    written = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert not set(written) & set(TURNING)


def test_letters_and_digits_from_the_right_are_told():
    assert is_from_the_right("Dr שלום")
    assert is_from_the_right("مرحبا")
    assert is_from_the_right("٣٤")
    assert not is_from_the_right("Zoë Ольга नमस्ते 李 34 …")


def test_control_characters_are_no_answer_and_marks_are_none_of_them():
    assert is_printable("two\nlines\tand \u202e\u200b")
    assert not any(is_printable(each) for each in "\x00\x1b\x7f\x85\ud800")
    assert all(category(each) == "Cc" for each in "\x1b\x85")
