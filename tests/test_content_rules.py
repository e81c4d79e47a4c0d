"""An inventory of our own content: nothing is named that is not there, nothing is left over."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readability import HIGHEST_GRADE, grade

from questionnaire.reading import read_questions
from rules import conclude, read_rulebook
from rules._condition import ChosenAtLeast, OneOf

ROOT = Path(__file__).parent.parent
RULEBOOK = read_rulebook()
QUESTIONS = {question.id: question for question in read_questions()}

PASSAGES_WITHOUT_A_RULE = {"introduction", "how_it_works", "conclusion"}
BANNED = re.compile(
    r"\b(un)?suitab|\bsafe for you\b|\bcure[sd]?\b|\bcuring\b|\bwill help\b", re.IGNORECASE
)
MARK = re.compile(r"\[([A-Za-z]+[0-9]*[a-z]?)\]")


def compared(*kinds):
    return [
        pytest.param(comparison, id=f"{rule.id}: {comparison.question}")
        for rule in RULEBOOK.rules
        for comparison in rule.when.comparisons()
        if isinstance(comparison, kinds) or not kinds
    ]


@pytest.mark.parametrize("comparison", compared())
def test_every_question_that_a_rule_names_exists(comparison):
    assert comparison.question in QUESTIONS


@pytest.mark.parametrize("comparison", compared(OneOf))
def test_every_option_that_a_rule_names_exists(comparison):
    offered = {option.id for option in QUESTIONS[comparison.question].options}
    assert set(comparison.options) <= offered


def test_numbers_are_compared_with_numbers():
    for rule in RULEBOOK.rules:
        for comparison in rule.when.comparisons():
            kind = QUESTIONS[comparison.question].kind
            wanted = {OneOf: {"one", "many"}, ChosenAtLeast: {"many"}}
            assert kind in wanted.get(type(comparison), {"scale"}), rule.id


def test_every_question_serves_a_rule_or_says_so():
    """What no rule asks for is asked for the practitioner, who reads all the answers."""
    for_the_practitioner = {
        *("answered_by", "pain_average", "pain_enjoyment", "pain_activity"),
        *("treatments_tried", "sleep_nights", "sleep_duration", "sleep_pain_link"),
        *("notes", "name"),
    }
    asked = {c.question for rule in RULEBOOK.rules for c in rule.when.comparisons()}
    assert set(QUESTIONS) - asked == for_the_practitioner


def test_every_option_that_ends_the_questions_has_one_ending():
    ends = sorted(
        (question.id, option.id)
        for question in QUESTIONS.values()
        for option in question.options
        if option.ends
    )
    endings = sorted(
        (comparison.question, option)
        for rule in RULEBOOK.rules
        if rule.kind == "ending"
        for comparison in rule.when.comparisons()
        for option in comparison.options
    )
    assert ends == endings


def test_every_warning_sign_has_one_rule():
    """And `none`, the only other option of these lists, has none."""
    signs = sorted(
        (question.id, option.id)
        for question in QUESTIONS.values()
        if question.id.startswith("warning_")
        for option in question.options
        if not option.exclusive
    )
    warned = sorted(
        (comparison.question, option)
        for rule in RULEBOOK.rules
        if rule.kind == "warning"
        for comparison in rule.when.comparisons()
        for option in comparison.options
    )
    assert signs == warned


def test_no_benefit_rests_on_what_is_not_sure():
    """Nor on "none", or on a question that was left out."""
    for rule in RULEBOOK.rules:
        if rule.kind == "benefit":
            named = {o for c in rule.when.comparisons() for o in getattr(c, "options", ())}
            assert not named & {"unsure", "none", "none_given", "prefer_not_to_say"}, rule.id


@pytest.mark.parametrize("source", RULEBOOK.sources.values(), ids=lambda source: source.id)
def test_every_source_was_checked_in_the_last_two_years(source):
    age = RULEBOOK.about["published"] - source.checked
    assert timedelta(0) <= age < timedelta(days=730)


def test_the_next_review_is_after_the_publication():
    assert RULEBOOK.about["published"] < RULEBOOK.about["next_review"]


def test_no_source_is_left_over():
    in_rules = {source for rule in RULEBOOK.rules for source in rule.source}
    printed = [*ROOT.glob("report_templates/**/*.html"), *ROOT.glob("questionnaire/**/*.toml")]
    texts = [path.read_text("utf-8") for path in printed] + [
        text for rule in RULEBOOK.rules for text in (rule.advice, rule.against, *rule.evidence)
    ]
    marks = {mark for text in texts for mark in MARK.findall(text)}
    assert set(RULEBOOK.sources) - in_rules - marks == set()


def test_every_passage_of_the_article_has_a_rule_or_is_known_to_yield_none():
    used = {rule.passage for rule in RULEBOOK.rules if rule.passage}
    assert set(RULEBOOK.passages) == used | PASSAGES_WITHOUT_A_RULE
    assert not used & PASSAGES_WITHOUT_A_RULE


def tables(path):
    return tomllib.loads(path.read_text("utf-8"))


def sentences(path):
    """All that a file of rules says to people, as whole sentences."""
    for table in tables(path).values():
        if not isinstance(table, dict):
            yield str(table)
            continue
        for key, value in table.items():
            match key, value:
                case ("because", _):
                    yield f"This is because {value}."
                case ("evidence", _):
                    yield from value
                case (("says" | "advice" | "against" | "next" | "talk"), _):
                    yield value
                case (("title" | "certainty"), _):
                    yield f"{value}."


PRINTED = [path for path in sorted(ROOT.glob("rules/*.toml")) if path.name != "sources.toml"]


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_what_is_printed_is_read_at_grade_six(path):
    assert grade(" ".join(sentences(path))) <= HIGHEST_GRADE


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_nothing_is_promised(path):
    assert BANNED.findall(" ".join(sentences(path))) == []


def statements():
    for rule in RULEBOOK.rules:
        for text in (*rule.evidence, rule.against, rule.advice):
            for statement in re.findall(r"[^\]]+(?:\[[^\]]+\])+", text):
                yield rule.id, statement


def test_what_was_never_checked_is_printed_without_a_number():
    for rule_id, statement in statements():
        if MARK.findall(statement) == ["MEM"]:
            assert not re.search(r"\d", statement), rule_id


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_asks_little(rule):
    """A rule of many parts is several rules; the engine takes up to 28."""
    parts = sum(len(getattr(c, "options", "1")) for c in rule.when.comparisons())
    assert parts <= 12


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


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({}, optional={q.id: any_answer(q) for q in QUESTIONS.values()}))
def test_the_engine_and_the_plain_evaluator_agree_on_our_rules(answers):
    """For `conclude` raises an error when they do not."""
    assert conclude(RULEBOOK, answers).outcome in RULEBOOK.outcomes


def test_whoever_ticks_everything_gets_a_conclusion():
    everything = {
        question.id: tuple(option.id for option in question.options if not option.ends)
        for question in QUESTIONS.values()
        if question.kind in {"one", "many"}
    }
    assert conclude(RULEBOOK, everything).outcome == "emergency"
