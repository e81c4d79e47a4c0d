"""The gaps that SAFETY.md admits to.  When one of these fails, it was mended: say so there."""

import pytest

from questionnaire.content.content import ROOT
from questionnaire.interview.flow import facts, relevant

SAFETY = (ROOT / "SAFETY.md").read_text("utf-8")


@pytest.fixture
def found(content, baseline):
    """The ids of the rules that apply to the baseline person, after these changes."""

    def found(**changes):
        concluded = content.conclude(facts(content.questions, baseline | changes))
        return {finding.rule.id for finding in concluded.findings}

    return found


def test_gap_not_being_sure_of_a_change_in_the_pain_leads_to_nothing(found):
    assert found(pain_change="unsure") == found()
    assert "`pain_change`" in SAFETY


def test_gap_not_being_sure_of_painkiller_days_leads_to_nothing(found):
    headache = {"pain_types": ("headache",)}
    assert found(painkiller_days="unsure", **headache) == found(**headache)
    assert "`painkiller_days`" in SAFETY


def test_gap_an_early_pregnancy_in_the_wrong_place_is_asked_about_with_period_pain_only(content):
    lists = [each for each in content.questions if each.id.startswith("warning_")]
    asked = [
        q.id for q in lists if any("could be pregnant" in option.label for option in q.options)
    ]
    assert asked == ["warning_period"]
    assert "ectopic" in SAFETY


@pytest.mark.parametrize("pregnancy", ["no", "does_not_apply", "prefer_not_to_say"])
def test_gap_the_sign_in_pregnancy_is_asked_of_nobody_after_a_birth(content, baseline, pregnancy):
    said = baseline | {"pain_types": ("headache",), "pregnancy": pregnancy}
    asked = {question.id for question in relevant(content.questions, said)}
    assert "warning_pregnancy" not in asked
    assert "pre-eclampsia" in SAFETY


def test_gap_nobody_can_say_that_they_are_not_sure_of_a_warning_sign(content):
    lists = [each for each in content.questions if each.id.startswith("warning_")]
    assert not [q.id for q in lists if "unsure" in {option.id for option in q.options}]
    assert "not sure of a warning sign" in SAFETY


def test_gap_no_crisis_line_is_named_by_its_number(content):
    assert not [each for each in content.countries if "crisis" in str(vars(each)).lower()]
    assert "crisis line" in SAFETY


def test_what_safety_says_of_the_sources_is_so(content):
    rules = content.rulebook.rules
    memory = sum(set(rule.source) == {"MEM"} for rule in rules)
    partly = sum("MEM" in rule.source for rule in rules)
    assert f"{memory} of the {len(rules)} rules rest on memory alone" in " ".join(SAFETY.split())
    assert f"{partly} rest on it at least in part" in " ".join(SAFETY.split())
