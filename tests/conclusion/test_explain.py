"""Why, and why not: what is proposed brings it up, nothing smaller does, and the rest is true."""

import json
from dataclasses import replace
from functools import cache

import pytest
from anyone import some_people, whole_people
from hypothesis import HealthCheck, given, settings

from questionnaire.answers.file import answers_of, read_answers
from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.counterfactual import counting
from questionnaire.conclusion.explain import NAMED, explain, not_mentioned
from questionnaire.conclusion.explain_json import to_json
from questionnaire.conclusion.neighbours import chosen, others
from questionnaire.conclusion.search import unanswered
from questionnaire.content.content import read_content
from questionnaire.interview.flow import NOT_ASKED, facts, missing, record, relevant
from questionnaire.report.html import explained
from rules import OUTCOMES, WITHHOLDING, conclude

CONTENT = read_content()
QUESTIONS = CONTENT.questions
RULES = {rule.id: rule for rule in CONTENT.rulebook.rules}
BENEFITS = [rule for rule in RULES.values() if rule.kind == "benefit"]
PEOPLE = whole_people(CONTENT)
CLAIMS = []


def people(count):
    """Run a claim on so many random people."""

    def run(claim):
        slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
        by_count = settings(max_examples=count, deadline=None, suppress_health_check=slow)
        return by_count(given(PEOPLE)(claim))

    return run


def of_some(count):
    """Run a claim on some people and what is explained to them; with `-m exhaustive`, on many."""

    def run(claim):
        CLAIMS.append(claim)

        def test():
            for said, explanation in some_explained()[:count]:
                claim(said, explanation)

        return test

    return run


@cache
def some_explained():
    return [(said, explain(case_of(CONTENT, said))) for said in some_people(CONTENT, 4)]


@pytest.mark.exhaustive
@pytest.mark.timeout(600)
@people(60)
def test_every_claim_holds_of_anyone(said):
    explanation = explain(case_of(CONTENT, said))
    for claim in CLAIMS:
        claim(said, explanation)


def found_in(said):
    return {each.rule.id for each in CONTENT.conclude(facts(CONTENT.questions, said)).findings}


def applied(said, steps):
    """The answers file with the steps of the JSON explanation written into it."""
    table = json.loads(answers_of(CONTENT, said))
    for step in steps:
        table["skipped"] = [each for each in table["skipped"] if each != step["question"]]
        if step["to"] is None:
            table["answers"].pop(step["question"])
            table["skipped"].append(step["question"])
        else:
            table["answers"][step["question"]] = step["to"]
    return json.dumps(table).encode()


def explanation_of(said, rule_id=""):
    return as_table(explain(case_of(CONTENT, said), rule_id))


def as_table(explanation):
    return json.loads(to_json(explanation))


@of_some(3)
def test_every_change_that_is_proposed_is_a_whole_interview_and_brings_it_up(said, explanation):
    for missed in as_table(explanation)["not_found"]:
        then = read_answers(applied(said, missed["change"]), CONTENT).said
        conclusion = CONTENT.conclude(facts(CONTENT.questions, then))
        assert missed["id"] in {each.rule.id for each in conclusion.findings}
        assert conclusion.outcome == missed["outcome_then"]
        withheld = {each.rule.id for each in conclusion.withheld}
        assert missed["withheld_then"] == (missed["id"] in withheld)


@of_some(4)
def test_a_change_names_what_was_said_and_nothing_that_stays(said, explanation):
    before = counting(case_of(CONTENT, said))
    asked = {question.id for question in relevant(CONTENT.questions, said)}
    for missed in explanation.missed:
        for step in missed.change.steps:
            assert step.before == before.get(step.question.id, NOT_ASKED) != step.after
            assert step.opened == (step.question.id not in asked)


@of_some(4)
def test_every_benefit_is_either_found_or_missed(said, explanation):
    table = as_table(explanation)
    found = [each["id"] for each in table["found"]]
    missed = [each["id"] for each in table["not_found"]]
    assert set(found) == found_in(said)
    assert sorted(missed) == sorted({rule.id for rule in BENEFITS} - set(found))


def single_changes(said):
    """Every interview that differs in the answer to one question."""
    for question in relevant(CONTENT.questions, said):
        before = said.get(question.id, NOT_ASKED)
        for answer in others(question, before):
            yield len(chosen(before) ^ chosen(answer)), {**said, question.id: answer}


def smallest_single_changes(said):
    """How many options each rule needs, where one question is enough: by trying them all."""
    still_open = unanswered(record(QUESTIONS, said))
    needed = {}
    for options, then in single_changes(said):
        counted = facts(CONTENT.questions, then)
        near = {rule.id for rule in BENEFITS if rule.when.holds(counted)}
        better = {each for each in near if options < needed.get(each, 99)}
        left_open = unanswered(record(QUESTIONS, then))
        if better and left_open <= still_open and not missing(CONTENT, then):
            needed |= dict.fromkeys(better & found_in(then), options)
    return needed


@pytest.mark.exhaustive
@of_some(4)
def test_no_smaller_change_exists(said, explanation):
    before = counting(case_of(CONTENT, said))
    needed = smallest_single_changes(before)
    for missed in explanation.missed:
        steps = missed.change.steps
        options = sum(len(chosen(each.before) ^ chosen(each.after)) for each in steps)
        if len(steps) == 1:
            assert needed[missed.rule.id] == options
        else:
            assert missed.rule.id not in needed


def outcome_of(rules):
    """The first of the outcomes that these rules lead to."""
    reached = {rule.outcome for rule in rules}
    return next((each for each in OUTCOMES if each in reached), "discuss")


@people(15)
def test_the_outcome_without_what_decides_it_is_the_one_told(said):
    """Told again and again, until nothing is left that decides."""
    explanation = explain_outcome(said)
    deciding, left = explanation.deciding, found_in(said)
    while True:
        assert deciding.outcome == outcome_of(RULES[each] for each in left)
        for each in deciding.found:  # and each of them alone would be enough
            assert outcome_of([each.rule]) == deciding.outcome
        if deciding.without is None:
            break
        left -= {each.rule.id for each in deciding.found}
        deciding = deciding.without
    assert deciding.outcome == "discuss" or explanation.stopped


def explain_outcome(said):
    """The explanation, without the search for every benefit."""
    return explain(case_of(CONTENT, said), "serious_accident")


def test_the_rules_without_the_deciding_one_lead_to_the_outcome_told(baseline):
    """The engine concludes so too, once the rule is taken out."""
    said = baseline | {"needles": ("nervous",), "pain_checked": "no"}
    deciding = explain_outcome(said).deciding
    (decisive,) = deciding.found
    kept = tuple(rule for rule in RULES.values() if rule != decisive.rule)
    without = conclude(replace(CONTENT.rulebook, rules=kept), facts(CONTENT.questions, said))
    assert deciding.without.outcome == without.outcome == "discuss_with_cautions"
    assert {each.rule for each in deciding.without.found} == {
        each.rule for each in without.decisive
    }


@of_some(4)
def test_every_finding_rests_on_answers_that_were_given_in_the_words_chosen(said, explanation):
    for found in explanation.found:
        assert found.grounds
        for reply in found.said:
            answers = chosen(said[reply.question.id])
            labels = {each.label for each in reply.question.options if each.id in answers}
            assert set(reply.words) <= (labels or {str(each) for each in answers})


@of_some(4)
def test_the_explanation_leaves_out_what_the_result_withholds(said, explanation):
    conclusion = CONTENT.conclude(facts(CONTENT.questions, said))
    withheld = {each.rule.id for each in explanation.found if each.withheld}
    assert {each for each in withheld if RULES[each].kind == "benefit"} == {
        each.rule.id for each in conclusion.withheld
    }


@people(5)
def test_one_rule_is_explained_whether_it_applies_or_not(said):
    for rule_id in ("anticoagulant", "chest_pain", "improved_sleep", "under_18"):
        explanation = explain(case_of(CONTENT, said), rule_id)
        told = [each.rule.id for each in (*explanation.found, *explanation.missed)]
        assert told == [rule_id]
        assert bool(explanation.found) == (rule_id in found_in(said))


@people(5)
def test_the_four_named_benefits_are_shown_left_out_or_not_mentioned(said):
    silent = [each.rule.id for each in not_mentioned(case_of(CONTENT, said))]
    assert silent == [each for each in NAMED if each not in found_in(said)]


@people(5)
def test_a_benefit_is_not_mentioned_because_of_answers_that_were_given(said):
    asked = {question.id for question in relevant(CONTENT.questions, said)}
    for each in not_mentioned(case_of(CONTENT, said)):
        assert {reply.question.id for reply in each.instead} <= asked
        assert each.instead or explain_outcome(said).stopped


def test_what_follows_without_an_emergency_is_not_known_when_the_rest_was_not_asked(content):
    """And is told when all was asked."""
    said = {"answered_by": "self", "age_group": "18_to_49", "pain_types": ("back",)}
    explanation = explain(case_of(content, said | {"warning_any": ("chest_pain",)}))
    assert (explanation.deciding.outcome, explanation.stopped) == ("emergency", True)
    assert explanation.deciding.without is None


def test_what_somebody_wrote_is_not_explained(content, baseline):
    said = baseline | {"notes": "Ada wrote this.", "name": "Ada"}
    assert b"Ada" not in to_json(explain(case_of(content, said)))
    assert "Ada" not in explained(explain(case_of(content, said)), 78)


def test_every_promised_part_of_the_explanation_is_there(content, baseline):
    explanation = explanation_of(baseline | {"needles": ("nervous",)})
    assert set(explanation) == {"format", "outcome", "stopped", "found", "not_found", "content"}
    assert explanation["format"] == "acuscreen-explanation/1"
    assert explanation["outcome"] == {
        "id": "discuss_with_cautions",
        "decided_by": ["needles_nervous"],
        "without": {"id": "discuss", "decided_by": [], "without": None},
    }
    rule = {"id", "kind", "level", "passage", "sources"}
    assert set(explanation["found"][0]) == rule | {"because", "said", "withheld"}
    assert set(explanation["not_found"][0]) == rule | {"change", "outcome_then", "withheld_then"}
    assert explanation["content"] == {"version": content.version, "sha256": content.sha256}
    assert not {each["outcome_then"] for each in explanation["not_found"]} & {*WITHHOLDING}
