"""The promises: a second statement, apart from the rules, of what answers must lead to.

Knows the form of `questionnaire/promises.toml`.  Whether it names real questions and answers is
checked in `structure`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from rules import (
    ALWAYS,
    OUTCOME_OF,
    Condition,
    OneOf,
    Rule,
    RulesError,
    Table,
    read_condition,
    read_toml,
)

PLACE = "questionnaire/promises.toml"

Group = tuple[str, str]
"""Rules of one kind and level.  A benefit or a note is a group of its own: its id is the level."""

_ONE_BY_ONE = {"benefit", "note"}


@dataclass(frozen=True)
class Promises:
    """Who is `asked` each question, and which answers are to lead to (`led`) each group of rules.

    `alone` are the options that stand alone wherever they are offered, but for those `beside` in
    the lists of warning signs; `unsure` are those that stand for not knowing, and
    `graver_than_unsure` the answers, by question, that lead to more than not knowing does;
    `may_skip` are the optional questions.
    """

    alone: tuple[str, ...]
    beside: tuple[str, ...]
    unsure: tuple[str, ...]
    may_skip: tuple[str, ...]
    graver_than_unsure: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, Condition]
    led: Mapping[Group, Condition]

    def stands_alone(self, question: str, option: str) -> bool:
        """Whether an option must stand alone in a question."""
        may = question.startswith("warning_") and option in self.beside
        return option in self.alone and not may

    def asked_when(self, question: str) -> Condition:
        """The condition on which a question is to be asked."""
        return self.asked.get(question, ALWAYS)


def group_of(rule: Rule) -> Group:
    """The group that a rule belongs to."""
    return (rule.kind, rule.id if rule.kind in _ONE_BY_ONE else rule.level)


def named_as(group: Group) -> str:
    """The heading of a group in the file."""
    return f"[{'.'.join(filter(None, group))}]"


def outcome_of(group: Group) -> str:
    """The outcome that the findings of a group lead to."""
    return OUTCOME_OF.get(group) or OUTCOME_OF[group[0], ""]


def single(condition: Condition) -> Iterator[Condition]:
    """The condition taken apart: one for each way to fulfil it with one option a question."""
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
    table = read_toml(path)
    kinds = tuple(dict.fromkeys(kind for kind, _ in OUTCOME_OF))
    optional = ("beside", "graver_than_unsure", "asked", *kinds)
    table.check_keys(("alone", "unsure", "may_skip", *optional), optional=optional, ordered=False)
    asked, graver = table.table("asked"), table.table("graver_than_unsure")
    return Promises(
        alone=table.texts("alone", may_be_empty=True),
        beside=table.texts("beside", may_be_empty=True),
        unsure=table.texts("unsure", may_be_empty=True),
        may_skip=table.texts("may_skip", may_be_empty=True),
        graver_than_unsure={question: graver.texts(question) for question in graver.values},
        asked={
            question: read_condition(when, f"{asked.place} {question}")
            for question, when in asked.values.items()
        },
        led={
            group: _condition(group, promise)
            for kind in kinds
            if kind in table.values
            for group, promise in _by_group(kind, table.table(kind))
        },
    )


def _by_group(kind: str, table: Table) -> Iterator[tuple[Group, Table]]:
    """The promises of one kind: level by level, or one by one, or the only one there is."""
    levels = tuple(level for kind_, level in OUTCOME_OF if kind_ == kind)
    if levels == ("",) and kind not in _ONE_BY_ONE:
        yield (kind, ""), table
        return
    for level in table.values:
        if level not in levels and kind not in _ONE_BY_ONE:
            place = f"{PLACE}: {named_as((kind, level))}"
            raise RulesError(f"{place}: there is no such level; write one of: {', '.join(levels)}.")
        yield (kind, level), table.table(level)


def _condition(group: Group, promise: Table) -> Condition:
    named = Table(f"{PLACE}: {named_as(group)}", promise.values)
    named.check_keys(("when",))
    return read_condition(named.values["when"], named.place)
