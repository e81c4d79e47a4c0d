"""What a clinician's signature under a rule is worth, and when it is worth nothing."""

import re

import pytest

from questionnaire.content.content import read_content
from rules import RulesError

RULES = {rule.id: rule for rule in read_content().rulebook.rules}


def signed(content):
    return [rule.id for rule in content.rulebook.rules if content.signature(rule)]


def test_nothing_is_signed_by_anybody_yet(content):
    assert signed(content) == []


def test_a_rule_is_signed_by_its_code(sign):
    assert signed(sign("anticoagulant", "diabetes")) == ["anticoagulant", "diabetes"]


def test_a_signature_under_another_code_does_not_count(sign):
    assert signed(sign(anticoagulant="0123456789abcdef")) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules/bleeding.toml", "Never stop it, and never skip", "Never stop it or skip"),
        ("rules/bleeding.toml", "The NHS page says to talk to a GP first. In a", "In a"),
        (
            "rules/bleeding.toml",
            'kind    = "caution"\nlevel   = "doctor"\nbecause = "you take a medicine',
            'kind    = "caution"\nlevel   = "tell"\nbecause = "you take a medicine',
        ),
        (
            "questionnaire/questions/4_medicines.toml",
            "A blood thinner, such as warfarin",
            "A medicine such as warfarin",
        ),
    ],
)
def test_a_signature_is_void_once_the_rule_or_its_question_has_changed(
    sign, copy, change, file, old, new
):
    sign("anticoagulant", "no_pain")
    change(file, old, new)
    assert signed(read_content(copy)) == ["no_pain"]


def test_turning_a_comparison_round_makes_another_rule(copy, change, content):
    change("rules/benefits_article.toml", "sleep_quality = { below", "sleep_quality = { at_least")
    other = read_content(copy)
    (rule,) = (each for each in other.rulebook.rules if each.id == "improved_sleep")
    assert other.code(rule) != content.code(RULES["improved_sleep"])


def test_no_two_rules_have_the_same_code(content):
    assert len({content.code(rule) for rule in RULES.values()}) == len(RULES)


def test_a_signature_changes_no_result_and_adds_no_rule(content, sign):
    other = sign("anticoagulant")
    assert other.sha256 == content.sha256
    assert [rule.id for rule in other.rulebook.rules] == list(RULES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[nobody]\n", "signed_off.toml: rule 'nobody' is not among the rules"),
        ("[diabetes]\n", "signed_off.toml: rule 'diabetes' has no 'code'; add it."),
        (
            '[diabetes]\ncode = "1"\nwho = " "\nwhen = 2026-12-01\n',
            "who is",
        ),
        (
            '[diabetes]\ncode = "1"\nwho = "A"\nwhen = "today"\n',
            'when is "today"; write a day',
        ),
        ("diabetes = 1\n", "is not a table"),
        ("[diabetes\n", "signed_off.toml is not TOML"),
    ],
)
def test_a_bad_signature_is_reported_with_the_way_out(copy, text, told):
    (copy / "rules" / "signed_off.toml").write_text(text, "utf-8")
    with pytest.raises(RulesError, match=re.escape(told)):
        read_content(copy)
