"""Our own rules in the engine: whatever is said, both evaluators say the same of them.

What else can be wrong with the content is found by `acuscreen check`; see `test_check`.
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parts import later

from questionnaire.content.reading import read_questions
from rules import conclude, read_rulebook

RULEBOOK = read_rulebook()
QUESTIONS = {question.id: question for question in read_questions()}


def any_answer(question):
    """Whatever could be said to it, allowed or not: every option, even beside `none`."""
    chosen = st.sampled_from([option.id for option in question.options] or ["a word"])
    match question.kind:
        case "one":
            return chosen
        case "many":
            return st.lists(chosen, unique=True, min_size=1).map(tuple)
        case "scale":
            return st.integers(question.lowest, question.highest)
        case "text":
            return st.text(max_size=20)


def test_each_rule_knows_its_file_and_a_rule_that_was_made_up_the_folder():
    files = {RULEBOOK.place_of(rule) for rule in RULEBOOK.rules}
    assert {"rules/bleeding.toml", "rules/warning_any.toml"} < files
    assert RULEBOOK.place_of(replace(RULEBOOK.rules[0], id="made_up")) == "rules"


@pytest.mark.parametrize("people", [60, *later(1000)])
def test_the_engine_and_the_plain_evaluator_agree_on_our_rules(people):
    """For `conclude` raises an error when they do not."""

    @settings(max_examples=people, deadline=None)
    @given(st.fixed_dictionaries({}, optional={q.id: any_answer(q) for q in QUESTIONS.values()}))
    def holds(answers):
        assert conclude(RULEBOOK, answers).outcome in RULEBOOK.outcomes

    holds()


def test_whoever_ticks_everything_gets_a_conclusion():
    everything = {
        question.id: tuple(option.id for option in question.options if not option.ends)
        for question in QUESTIONS.values()
        if question.kind in {"one", "many"}
    }
    assert conclude(RULEBOOK, everything).outcome == "emergency"
