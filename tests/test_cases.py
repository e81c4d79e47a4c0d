"""The cases in `cases/*.toml`, which a clinician can read: one claim each, by its sentence."""

import tomllib
from pathlib import Path

import pytest

from questionnaire.interview import visible
from questionnaire.reading import read_questions
from rules import OUTCOMES, conclude, read_rulebook

HERE = Path(__file__).parent / "cases"
BASELINE = HERE / "baseline.toml"

QUESTIONS = read_questions()
RULEBOOK = read_rulebook()
RULES = {rule.id: rule for rule in RULEBOOK.rules}


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def cases():
    return [
        pytest.param(case["given"], case["then"], id=f"{path.stem}: {sentence}")
        for path in sorted(HERE.glob("*.toml"))
        if path != BASELINE
        for sentence, case in read(path).items()
    ]


CASES = cases()


def counting(given):
    """The answers that count when a case is laid over the baseline person."""
    said = read(BASELINE)["answers"] | given
    return visible(
        QUESTIONS, {key: tuple(a) if isinstance(a, list) else a for key, a in said.items()}
    )


def ids(findings):
    return {finding.rule.id for finding in findings}


@pytest.mark.parametrize(("given", "then"), CASES)
def test_a_case(given, then):
    concluded = conclude(RULEBOOK, counting(given))
    found, withheld = ids(concluded.findings), ids(concluded.withheld)
    assert concluded.outcome == then.get("outcome", concluded.outcome)
    assert set(then.get("found", ())) <= found - withheld
    assert set(then.get("withheld", ())) <= withheld
    assert not set(then.get("absent", ())) & found


@pytest.mark.parametrize(("given", "then"), CASES)
def test_a_case_names_only_what_there_is(given, then):
    questions = {question.id: question for question in QUESTIONS}
    assert set(given) <= set(questions)
    assert set(then) <= {"outcome", "found", "absent", "withheld"}
    assert then.get("outcome", OUTCOMES[0]) in OUTCOMES
    named = {rule for key in ("found", "absent", "withheld") for rule in then.get(key, ())}
    assert named <= set(RULES)
    for question, answer in given.items():
        chosen = (
            {answer}
            if isinstance(answer, str)
            else set(answer)
            if isinstance(answer, list)
            else set()
        )
        assert chosen <= {option.id for option in questions[question].options}


def test_a_sentence_is_there_once():
    sentences = [case.id.partition(": ")[2] for case in CASES]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_hit(rule):
    assert any(rule in {*then.get("found", ()), *then.get("withheld", ())} for _, then in values())


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_near_miss(rule):
    """A case without it, in which a question that the rule asks about is answered."""
    asked = {comparison.question for comparison in RULES[rule].when.comparisons()}
    assert any(
        rule in then.get("absent", ()) and asked & counting(given).keys()
        for given, then in values()
    )


def values():
    return [case.values for case in CASES]
