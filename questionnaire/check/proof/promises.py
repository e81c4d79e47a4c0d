"""What answers must lead to, as `questionnaire/promises.toml` has it, apart from the rules.

Knows the form of that file.  That it names real questions and answers is found in `structure`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from rules import ALWAYS, OUTCOME_OF, Condition, OneOf, Rule, RulesError, read_condition, read_toml

PLACE = "questionnaire/promises.toml"

Group = tuple[str, str]
"""Rules of one kind, and of one level; a benefit or a note is a group of its own, by its id."""


@dataclass(frozen=True)
class Promises:
    """`asked` by question; `led` by group.  `alone`, `unsure`: options; `may_skip`: questions."""

    alone: tuple[str, ...]
    unsure: tuple[str, ...]
    may_skip: tuple[str, ...]
    asked: Mapping[str, Condition]
    led: Mapping[Group, Condition]

    def asked_when(self, question: str) -> Condition:
        """Who is to be asked."""
        return self.asked.get(question, ALWAYS)


def group_of(rule: Rule) -> Group:
    """The group that a rule belongs to."""
    return (rule.kind, rule.id if rule.kind in {"benefit", "note"} else rule.level)


def named_as(group: Group) -> str:
    """How the file heads a group."""
    return f"[{'.'.join(filter(None, group))}]"


def outcome_of(group: Group) -> str:
    """The outcome that the findings of a group lead to."""
    return OUTCOME_OF.get(group) or OUTCOME_OF[group[0], ""]


def single(condition: Condition) -> Iterator[Condition]:
    """The condition taken apart: one for each option, or each set of options, that fulfils it."""
    for row in condition.alternatives:
        choices = (
            [OneOf(each.question, (option,)) for option in each.options]
            if isinstance(each, OneOf)
            else [each]
            for each in row
        )
        yield from (Condition((chosen,)) for chosen in product(*choices))


def read_promises(path: Path) -> Promises:
    """The promises in a file; RulesError when it cannot be understood."""
    tables = dict(read_toml(path))
    lists = {key: _names(tables.pop(key, None), key) for key in ("alone", "unsure", "may_skip")}
    asked = tables.pop("asked", {})
    led = dict(_led(tables))
    if not isinstance(asked, dict):
        raise RulesError(f"{PLACE}: 'asked' is not a table; begin it with [asked].")
    conditions = {key: read_condition(when, f"{PLACE}: {key}") for key, when in asked.items()}
    return Promises(**lists, asked=conditions, led=led)


def _names(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RulesError(f"{PLACE}: '{key}' must be a list of names.")
    return tuple(value)


def _led(tables: Mapping[str, Any]) -> Iterator[tuple[Group, Condition]]:
    kinds = {kind for kind, _ in OUTCOME_OF}
    for kind, table in tables.items():
        if kind not in kinds or not isinstance(table, dict):
            raise RulesError(f"{PLACE}: '{kind}' is none of: {', '.join(sorted(kinds))}.")
        for level, inner in [("", table)] if "when" in table else table.items():
            group = (kind, level)
            if not isinstance(inner, dict) or inner.keys() != {"when"}:
                raise RulesError(f"{PLACE}: {named_as(group)} needs 'when', and nothing else.")
            if kind not in {"benefit", "note"} and group not in OUTCOME_OF:
                raise RulesError(f"{PLACE}: {named_as(group)}: there is no such level.")
            yield group, read_condition(inner["when"], f"{PLACE}: {named_as(group)}")
