"""The language of conditions: all that can be written, and what is refused."""

import pytest

from rules import RulesError, read_condition
from rules._condition import AtLeast, Below, ChosenAtLeast, OneOf
from rules._table import shown

WRITE_CONDITION = (
    "write a word, a list of words, { below = 4 }, { at_least = 4 } or "
    "{ chosen_at_least = 2 }; numbers from 1 up."
)


@pytest.mark.parametrize(
    ("when", "alternatives"),
    [
        ({"a": "x"}, ((OneOf("a", ("x",)),),)),
        ({"a": ["x", "18_to_49"]}, ((OneOf("a", ("x", "18_to_49")),),)),
        ({"a": "x", "b": "y"}, ((OneOf("a", ("x",)), OneOf("b", ("y",))),)),
        ([{"a": "x"}, {"b": "y"}], ((OneOf("a", ("x",)),), (OneOf("b", ("y",)),))),
        ({"n": {"below": 4}}, ((Below("n", 4),),)),
        ({"n": {"below": 1}}, ((Below("n", 1),),)),
        ({"n": {"at_least": 3}}, ((AtLeast("n", 3),),)),
        ({"n": {"chosen_at_least": 2}}, ((ChosenAtLeast("n", 2),),)),
    ],
)
def test_the_whole_condition_language(when, alternatives):
    assert read_condition(when, "here").alternatives == alternatives


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (True, "True"),
        (4, "4"),
        (4.5, "4.5"),
        ("", '""'),
        ("Yes please", '"Yes please"'),
        ([], "[]"),
        (["x", "x"], "['x', 'x']"),
        (["x", 1], "['x', 1]"),
        ([["x"]], "[['x']]"),
        ({}, "{}"),
        ({"below": True}, "{'below': True}"),
        ({"below": 0}, "{'below': 0}"),
        ({"below": 4.0}, "{'below': 4.0}"),
        ({"below": "4"}, "{'below': '4'}"),
        ({"below": 4, "at_least": 2}, "{'below': 4, 'at_least': 2}"),
        ({"not": "x"}, "{'not': 'x'}"),
        ({"missing": 1}, "{'missing': 1}"),
    ],
)
def test_a_malformed_comparison_is_quoted_with_the_allowed_forms(wanted, shown):
    with pytest.raises(RulesError) as caught:
        read_condition({"scar": wanted}, "rules/skin.toml: rule 'scar'")
    assert str(caught.value) == (
        f"rules/skin.toml: rule 'scar': cannot compare 'scar' with {shown}; {WRITE_CONDITION}"
    )


@pytest.mark.parametrize(
    ("when", "shown"), [({}, "{}"), ("yes", '"yes"'), ([[]], "[]"), ([{}], "{}"), (True, "True")]
)
def test_a_malformed_condition_is_quoted_with_the_allowed_forms(when, shown):
    with pytest.raises(RulesError) as caught:
        read_condition(when, "here")
    assert str(caught.value) == (
        f'here: when is {shown}; write {{ question = "answer" }}, '
        "or a list of these when either is enough."
    )


def test_an_empty_list_of_alternatives_is_refused():
    with pytest.raises(RulesError, match="here: when is an empty list; write"):
        read_condition([], "here")


def test_a_question_has_a_plain_name():
    with pytest.raises(RulesError, match="here: 'a b' is no name of a question; write a-z"):
        read_condition({"a b": "x"}, "here")


def test_a_value_is_shown_whole_up_to_sixty_characters():
    (longest, longer) = ("-" * 58, "-" * 59)
    assert (shown(longest), shown(longer)) == (f'"{longest}"', f'"{longer}…')


def test_a_long_value_is_cut_short():
    with pytest.raises(RulesError, match=r"with \[('x', ){11}'x',…; write a word"):
        read_condition({"scar": ["x"] * 99}, "here")
