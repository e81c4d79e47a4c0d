"""The smallest change: nothing smaller does, tried out on every interview of a small questionnaire.

A whole one has too many interviews to try; `test_explain` tries all its single changes.
"""

from pathlib import Path

import pytest

from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.counterfactual import counting, smallest_change
from questionnaire.conclusion.neighbours import chosen, others
from questionnaire.conclusion.search import applies
from questionnaire.content.content import Content
from questionnaire.content.domain import single_answers
from questionnaire.content.reading import read_questions
from questionnaire.interview.flow import NOT_ASKED, SKIPPED, ended, next_question, relevant
from rules import Rulebook, read_condition
from rules._model import Rule

# Every way in which one question can hang on another: on an option, on two, on both of two
# questions, on a question that hangs itself; an early end, and one that can be skipped.
QUESTIONS = """
title = "All"
[who]
ask = "?"
short = "Who"
kind = "one"
ends = ["gone"]
options = { me = "me", you = "you", gone = "gone" }
[pain]
ask = "?"
short = "Pain"
kind = "many"
exclusive = ["none"]
options = { leg = "leg", arm = "arm", none = "none" }
[leg]
ask = "?"
short = "Leg"
kind = "one"
when = { pain = "leg" }
options = { left = "left", right = "right" }
[signs]
ask = "?"
short = "Signs"
kind = "many"
when = { pain = ["leg", "arm"] }
exclusive = ["none"]
options = { red = "red", hot = "hot", none = "none" }
[score]
ask = "?"
short = "Score"
kind = "scale"
lowest = 0
highest = 2
low = "low"
high = "high"
[hopes]
ask = "?"
short = "Hopes"
kind = "many"
optional = true
options = { much = "much" }
[both]
ask = "?"
short = "Both"
kind = "one"
when = { leg = "left", signs = "red" }
options = { so = "so", not_so = "not so" }
"""

CONDITIONS = {
    "deep": {"both": "not_so"},
    "deeper": {"both": "so", "hopes": "much", "who": "you"},
    "two": {"pain": {"chosen_at_least": 2}},
    "either": [{"hopes": "much", "score": {"at_least": 2}}, {"signs": "hot"}],
    "low": {"score": {"below": 1}},
    "none": {"pain": "none"},
    "left_or_hot": [{"leg": "left"}, {"signs": "hot", "score": {"below": 2}}],
    "impossible": [{"score": {"at_least": 3}}, {"who": "nobody"}],
    "contrary": {"who": "gone", "pain": "leg"},
}


def rule(rule_id, when, kind="benefit"):
    return Rule(rule_id, (), "", read_condition(when, rule_id), kind, "", "")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    (folder / "1.toml").write_text(QUESTIONS, encoding="utf-8")
    rules = (
        rule("gone", {"who": "gone"}, "ending"),
        *(rule(rule_id, when) for rule_id, when in CONDITIONS.items()),
    )
    book = Rulebook(rules, {}, {}, {}, {"version": "1"})
    return Content(read_questions(folder), book, {}, (), "", {}, Path())


def interviews(content, said=None):
    """Every whole interview there is."""
    said = said or {}
    question = next_question(content.questions, said)
    if question is None:
        yield said
        return
    first = next(iter(single_answers(question)), "some words")
    skips = [SKIPPED] if question.optional else []
    answers = [first, *others(question, first), *skips]
    for answer in dict.fromkeys(answers):
        yield from interviews(content, said | {question.id: answer})


def asked_of(content, said):
    """What was said to each question that is asked."""
    return {each.id: said.get(each.id, NOT_ASKED) for each in relevant(content.questions, said)}


def cost(before, after):
    """How many questions get another answer, and how many options of them."""
    moved = [
        len(chosen(before.get(question, NOT_ASKED)) ^ chosen(answer))
        for question, answer in after.items()
        if before.get(question, NOT_ASKED) != answer
    ]
    return len(moved), sum(moved)


@pytest.mark.exhaustive
@pytest.mark.parametrize("rule_id", CONDITIONS)
def test_no_interview_nearer_than_the_one_proposed_brings_the_rule_up(small, rule_id):
    (wanted,) = (each for each in small.rulebook.rules if each.id == rule_id)
    everyone = [counting(case_of(small, said)) for said in interviews(small)]
    reached = [asked_of(small, said) for said in everyone if applies(small, wanted, said)]
    for before in everyone:
        change = smallest_change(case_of(small, before), wanted)
        if not reached:
            assert change is None
            continue
        nearest = min(cost(before, after) for after in reached)
        assert cost(before, asked_of(small, change.said)) == nearest
        assert len(change.steps) == nearest[0]


def test_the_small_questionnaire_has_every_kind_of_interview(small):
    everyone = list(interviews(small))
    assert len(everyone) > 100
    assert any(ended(small.questions, said) for said in everyone)
    asked = {frozenset(each.id for each in relevant(small.questions, said)) for said in everyone}
    assert len(asked) == 5  # gone, no pain, an arm, a leg, a leg with both


def test_every_other_answer_is_one_that_the_question_takes(content):
    needles, hopes = content.question("needles"), content.question("goals")
    assert len(list(others(needles, ("nervous",)))) == 2**3 - 1
    metal = content.question("metal_allergy")
    assert set(others(metal, "yes")) == {"no", "unsure"}
    assert len(list(others(hopes, SKIPPED))) == 2**6 - 1
    assert SKIPPED in others(hopes, ("less_pain",))
    assert ("none",) in others(content.question("sleep_trouble"), ("waking_early", "not_rested"))
    assert list(others(content.question("sleep_nights"), 3))[:2] == [2, 4]
    assert list(others(content.question("notes"), "words")) == []


def test_the_nearest_answers_come_first(content):
    question = content.question("medicine_problems")
    sizes = [len(set(each) ^ {"allergy"}) for each in others(question, ("allergy",))]
    assert sizes == sorted(sizes)


def test_a_question_opened_by_the_change_gets_its_mildest_answer(content, baseline):
    rules = {each.id: each for each in content.rulebook.rules}
    change = smallest_change(case_of(content, baseline), rules["used_for_headache"])
    assert {step.question.id: step.after for step in change.steps if step.opened} == {
        "painkiller_days": "under_10",
        "warning_headache": ("none",),
    }


def test_a_number_moves_no_further_than_it_must(content, baseline):
    rules = {each.id: each for each in content.rulebook.rules}
    (step,) = smallest_change(case_of(content, baseline), rules["improved_sleep"]).steps
    assert (step.before, step.after) == (6, 3)


def test_an_answer_from_a_branch_that_is_left_counts_for_nothing(content, baseline):
    """The joint disease that was named before is not taken as said."""
    rules = {each.id: each for each in content.rulebook.rules}
    stale = baseline | {"joint_diagnosis": "inflammatory", "warning_joints": ("none",)}
    assert (
        smallest_change(case_of(content, stale), rules["used_for_arthritis_pain"]).steps
        == smallest_change(case_of(content, baseline), rules["used_for_arthritis_pain"]).steps
    )
