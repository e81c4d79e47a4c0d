"""CHANGELOG.md tells what is concluded otherwise, and a comparison of the versions agrees."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from questionnaire.check.compare import differences
from questionnaire.content.content import ROOT
from questionnaire.content.versions import read_released, released_versions

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def rules_sections(changelog):
    """What is said of the rules, by the version of the content that it is about."""
    sections = re.findall(r"^### Rules\b.*?\n(.*?)(?=^#|\Z)", changelog, re.MULTILINE | re.DOTALL)
    named = [(re.search(r"content version (\S+?)[:.,]? ", each), each) for each in sections]
    return {version[1]: text for version, text in named if version}


def told(section):
    """The rules and questions that a section names."""
    return set(re.findall(r"`(\w+)`", section))


def changed(old, new):
    """The rules and questions of which some people get another result."""
    names = {re.match(r"(?!the outcome)\w+ '(\w+)'", each.matter) for each in differences(old, new)}
    return {name[1] for name in names if name}


def without_diabetes(content):
    rules = tuple(rule for rule in content.rulebook.rules if rule.id != "diabetes")
    return replace(content, rulebook=replace(content.rulebook, rules=rules))


@pytest.mark.exhaustive
def test_the_changelog_tells_every_change_of_a_result_and_no_other(content):
    sections = rules_sections(CHANGELOG)
    kept = [read_released(version, content) for version in released_versions()]
    for old, new in pairwise([*kept, content]):
        assert changed(old, new) == (
            told(sections[new.version]) if new.version != old.version else set()
        )


def test_every_released_version_is_in_the_changelog():
    assert set(rules_sections(CHANGELOG)) >= set(released_versions())


def test_the_first_version_is_told_by_its_numbers(content):
    first = read_released(released_versions()[0], content)
    kinds = Counter(rule.kind for rule in first.rulebook.rules)
    section = rules_sections(CHANGELOG)[first.version]
    for kind, words in {
        "warning": "warning signs",
        "doctor_first": "further reasons to see a doctor first",
        "caution": "cautions",
        "benefit": "benefits",
        "note": "notes",
        "ending": "endings",
    }.items():
        assert f"{kinds[kind]} {words}" in section


def test_a_change_that_the_changelog_leaves_out_shows(content):
    assert changed(content, without_diabetes(content)) == {"diabetes"}
    assert told(
        rules_sections("### Rules\n\nIn content version 2027.1 `epilepsy` is gone.\n")["2027.1"]
    ) != {"diabetes"}


def test_a_change_of_words_alone_need_not_be_told(content):
    said = [replace(rule, advice="Tell them.") for rule in content.rulebook.rules]
    reworded = replace(content, rulebook=replace(content.rulebook, rules=tuple(said)))
    assert changed(content, reworded) == set()
