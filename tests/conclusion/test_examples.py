"""The well person, and for each rule one to whom it applies and a neighbour to whom it does not."""

import pytest

from questionnaire.conclusion.baseline import well
from questionnaire.conclusion.examples import changed, example, hit, miss
from questionnaire.content.content import read_content
from questionnaire.interview.flow import next_question, visible

RULES = {rule.id: rule for rule in read_content().rulebook.rules}


def test_no_rule_applies_to_the_well_person(content):
    person = example(content, well(content))
    assert person.conclusion.outcome == "discuss"
    assert person.conclusion.findings == ()
    assert next_question(content.questions, well(content)) is None


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_applies_to_its_example_and_not_to_the_near_miss(content, rule):
    """By the plain evaluator, over what counts; and the two differ in one answer."""
    start = well(content)
    near = hit(content, start, rule)
    far = miss(content, start, rule, near)
    had, has = (visible(content.questions, person.said) for person in (near, far))
    assert rule.when.holds(had)
    assert not rule.when.holds(has)
    asked_of_both = had.keys() & has.keys()
    assert sum(had[question] != has[question] for question in asked_of_both) <= 1


def test_an_example_says_little_more_than_the_rule_asks_for(content):
    start = well(content)
    person = hit(content, start, RULES["improved_sleep"])
    assert changed(content, start, person.said) == ("sleep_quality",)
    neighbour = miss(content, start, RULES["improved_sleep"], person)
    assert neighbour.said["sleep_quality"] == person.said["sleep_quality"] + 1


def test_an_example_answers_what_leads_to_its_question(content):
    person = hit(content, well(content), RULES["headache_sight_swelling"])
    assert person.said["pregnancy"] == "yes"
    assert person.conclusion.outcome == "emergency"
