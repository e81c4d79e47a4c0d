"""Read one rule, and check all of it.  Knows which keys each kind of rule has."""

import re
from collections.abc import Collection, Mapping
from typing import get_args

from rules._model import OUTCOME_OF, UNCHECKED, Rule, RuleKind, RulesError
from rules._table import ID, Table
from rules._when import read_condition

KEYS: tuple[str, ...] = (
    *("source", "passage", "says", "when", "kind", "level", "about"),
    *("title", "because", "evidence", "certainty", "guidelines", "against", "advice"),
)
"""In the order in which a rule is read: source, condition, finding, reason, advice."""

KINDS: tuple[RuleKind, ...] = get_args(RuleKind)

ONLY_IN: Mapping[RuleKind, Collection[str]] = {
    "warning": ("level",),
    "caution": ("level",),
    "benefit": ("passage", "title", "evidence", "certainty", "guidelines", "against"),
    "note": ("about",),
}
ELSEWHERE = {key for keys in ONLY_IN.values() for key in keys}

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
"""Anything in brackets: what is no `REFERENCE` is told as one that is not among the sources."""

_BRACKETS_AT_THE_END = re.compile(r"\[[^\[\]]*\]\Z")


def read_rule(key: str, table: Table, sources: Collection[str], passages: Collection[str]) -> Rule:
    """The rule in this table; RulesError when anything about it is wrong."""
    if not ID.fullmatch(key):
        raise RulesError(f"{table.place} has an unfit name; write a-z, 0-9 and _, a letter first.")
    kind = _kind(table)
    table.check_keys(_keys(kind), optional=("guidelines", "against"))
    rule = Rule(
        id=key,
        source=table.texts("source"),
        says=table.text("says"),
        when=read_condition(table.values["when"], table.place),
        kind=kind,
        because=table.text("because"),
        advice=table.text("advice"),
        level=_level(table, kind),
        passage=table.text("passage"),
        title=table.text("title"),
        evidence=table.texts("evidence"),
        certainty=table.text("certainty"),
        guidelines=table.texts("guidelines"),
        against=table.text("against"),
        about=table.text("about"),
    )
    _check_clause(rule, table.place)
    _check_references(rule, table.place, sources, passages)
    return rule


def _kind(table: Table) -> RuleKind:
    table.require("kind")
    return table.one_of("kind", KINDS)


def _keys(kind: RuleKind) -> tuple[str, ...]:
    return tuple(key for key in KEYS if key not in ELSEWHERE or key in ONLY_IN.get(kind, ()))


def _level(table: Table, kind: RuleKind) -> str:
    levels = tuple(level for kind_, level in OUTCOME_OF if kind_ == kind)
    return "" if levels == ("",) else table.one_of("level", levels)


def _check_clause(rule: Rule, place: str) -> None:
    """It is printed after "because", so it begins with a small letter and has no full stop."""
    if rule.because[0].isupper() or rule.because.endswith("."):
        raise RulesError(
            f"{place}: because is '{rule.because}'; write a clause that can follow the word "
            "because, without a capital and a full stop."
        )


def _check_references(
    rule: Rule, place: str, sources: Collection[str], passages: Collection[str]
) -> None:
    for statement in (*rule.evidence, *rule.guidelines):
        if not _BRACKETS_AT_THE_END.search(statement):
            raise RulesError(f"{place}: '{statement}' has no reference; end it with one: [E1].")
    printed = (*rule.evidence, *rule.guidelines, rule.against, rule.advice)
    references = (each for text in printed for each in _BRACKETS.findall(text))
    for cited in (*rule.source, *references):
        if cited != UNCHECKED:
            _check_known(place, cited, sources, "sources.toml")
    if rule.kind == "benefit":
        _check_known(place, rule.passage, passages, "article.toml")


def _check_known(place: str, cited: str, there: Collection[str], file: str) -> None:
    if cited not in there:
        folder = place.partition("/")[0]
        raise RulesError(
            f"{place} cites '{cited}', which is not in {folder}/{file} (there: {', '.join(there)})."
        )
