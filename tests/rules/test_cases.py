"""The cases in `cases/*.toml`, which a clinician can read: one claim each, by its sentence."""

import pytest
from casework import CASES as READ
from casework import counting, faults_of

from questionnaire.content.content import read_content
from rules import OUTCOMES

CONTENT = read_content()
QUESTIONS = CONTENT.questions
RULES = {rule.id: rule for rule in CONTENT.rulebook.rules}
CASES = [pytest.param(*case, id=f"{file}: {claim}") for (file, claim), case in READ.items()]


@pytest.mark.parametrize(("given", "then"), CASES)
def test_a_case(given, then):
    assert faults_of(CONTENT, given, then) == []


@pytest.mark.parametrize(("given", "then"), CASES)
def test_a_case_names_only_what_there_is(given, then):
    questions = {question.id: question for question in QUESTIONS}
    assert set(given) <= set(questions)
    assert set(then) <= {"outcome", "found", "absent", "withheld", "because"}
    assert then.get("outcome", OUTCOMES[0]) in OUTCOMES
    named = {
        rule for key in ("found", "absent", "withheld", "because") for rule in then.get(key, ())
    }
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


def test_no_two_cases_have_the_same_sentence():
    sentences = [sentence for _, sentence in READ]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_hit(rule):
    assert any(
        rule in {*then.get("found", ()), *then.get("withheld", ())} for _, then in READ.values()
    )


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_near_miss(rule):
    """A case without it, in which a question that the rule asks about is answered."""
    asked = {comparison.question for comparison in RULES[rule].when.comparisons()}
    assert any(
        rule in then.get("absent", ()) and asked & counting(QUESTIONS, given).keys()
        for given, then in READ.values()
    )
