"""Read a rulebook from its folder.  Knows the files that hold no rules; all others do.

The first fault stops it, with a RulesError that names the file, the rule, the matter and the way
out.  Questions are not known here: whether rules name real ones is for `acuscreen check` to say.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from rules._model import (
    MOST_RULES,
    OUTCOME_OF,
    OUTCOMES,
    OutcomeText,
    Passage,
    Rule,
    Rulebook,
    RulesError,
    Source,
)
from rules._rule import read_rule
from rules._signing import SIGNED_OFF
from rules._table import Table, read_tables, read_toml
from rules._toml import place_of
from rules._when import read_condition

__all__ = ["read_condition", "read_rulebook"]

_HERE = Path(__file__).parent
NOT_RULES = ("sources.toml", "article.toml", "outcomes.toml", "content.toml", SIGNED_OFF)
SEEN = ("read", "second hand", "from memory")
ABOUT_TEXTS = ("version", "updates", "funding", "reviewed", "intended_use")
ABOUT_DAYS = ("published", "next_review")


def read_rulebook(folder: Path = _HERE) -> Rulebook:
    """All rules, the most urgent first; within a kind and level, in the order of the files."""
    sources = {key: _source(key, table) for key, table in _tables(folder, "sources", "source")}
    passages = {key: _passage(key, table) for key, table in _tables(folder, "article", "passage")}
    rules, places = _rules(folder, sources, passages)
    order = list(OUTCOME_OF)
    return Rulebook(
        tuple(sorted(rules, key=lambda rule: order.index((rule.kind, rule.level)))),
        sources,
        passages,
        _outcomes(folder),
        _about(folder / "content.toml"),
        places,
    )


def _tables(folder: Path, name: str, each: str) -> Iterable[tuple[str, Table]]:
    return read_tables(folder / f"{name}.toml", each).items()


def _source(key: str, table: Table) -> Source:
    table.check_keys(("cite", "link", "seen", "checked"), optional=("link",))
    seen = table.one_of("seen", SEEN)
    return Source(key, table.text("cite"), table.text("link"), seen, table.day("checked"))


def _passage(key: str, table: Table) -> Passage:
    table.check_keys(("title", "says"))
    return Passage(key, table.text("title"), table.text("says"))


def _outcomes(folder: Path) -> Mapping[str, OutcomeText]:
    tables = dict(_tables(folder, "outcomes", "outcome"))
    if tuple(tables) != OUTCOMES:
        raise RulesError(
            f"{folder.name}/outcomes.toml has {', '.join(tables) or 'nothing'}; "
            f"write all of these, in this order: {', '.join(OUTCOMES)}."
        )
    return {key: _outcome(key, table) for key, table in tables.items()}


def _outcome(key: str, table: Table) -> OutcomeText:
    table.check_keys(("title", "next", "talk"))
    return OutcomeText(key, table.text("title"), table.text("next"), table.text("talk"))


def _about(path: Path) -> Mapping[str, object]:
    table = read_toml(path)
    for key in (*ABOUT_TEXTS, *ABOUT_DAYS):
        table.require(key)
    for key in ABOUT_TEXTS:
        table.text(key)
    for key in ABOUT_DAYS:
        table.day(key)
    return table.values


def _rules(
    folder: Path, sources: Mapping[str, Source], passages: Mapping[str, Passage]
) -> tuple[tuple[Rule, ...], Mapping[str, str]]:
    rules: dict[str, Rule] = {}
    places: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in NOT_RULES:
            continue
        for key, table in read_tables(path, "rule").items():
            if key in rules:
                raise RulesError(f"{table.place} is also in {places[key]}; give one another name.")
            rules[key] = read_rule(key, table, sources, passages)
            places[key] = place_of(path)
    _check_notes(rules, places)
    if len(rules) > MOST_RULES:
        raise RulesError(
            f"{folder.name} has {len(rules)} rules, and the engine takes {MOST_RULES}; join some."
        )
    return tuple(rules.values()), places


def _check_notes(rules: Mapping[str, Rule], places: Mapping[str, str]) -> None:
    benefits = [rule.id for rule in rules.values() if rule.kind == "benefit"]
    for rule in rules.values():
        if rule.kind == "note" and rule.about not in benefits:
            raise RulesError(
                f"{places[rule.id]}: rule '{rule.id}' is about '{rule.about}', which is no "
                f"benefit (there: {', '.join(benefits) or 'none'})."
            )
