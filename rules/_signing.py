"""Sign-off: which rules a clinician has signed, and whether they have changed since.

Knows `signed_off.toml`, which may lie beside the rules, and what a rule's code covers.  It is no
digital signature and proves nobody's identity: it is as good as the care taken over who may write
to the file.

    [anticoagulant]
    code = "0123456789abcdef"        the rule's code in the workbook
    who  = "Dr A. Example, GP"
    when = 2026-12-01
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path

from rules._condition import Condition
from rules._model import Rule, RulesError
from rules._table import Table, read_tables

SIGNED_OFF = "signed_off.toml"
_LENGTH = 16


@dataclass(frozen=True)
class Signature:
    """Who signed which rule, as it was then, and when."""

    rule: str
    code: str
    who: str
    when: date


def read_signatures(folder: Path, rules: Sequence[Rule]) -> Mapping[str, Signature]:
    """The signatures in a folder, by rule, valid or not; none where there is no such file."""
    path = folder / SIGNED_OFF
    if not path.exists():
        return {}
    known = {rule.id for rule in rules}
    tables = read_tables(path, "rule")
    for key, table in tables.items():
        if key not in known:
            raise RulesError(f"{table.place} is not among the rules; take the signature out.")
    return {key: _signature(key, table) for key, table in tables.items()}


def _signature(key: str, table: Table) -> Signature:
    table.check_keys(("code", "who", "when"))
    return Signature(key, table.text("code"), table.text("who"), table.day("when"))


def code_of(rule: Rule, wording: Sequence[str]) -> str:
    """A digest of the rule and of the wording of the questions that it asks for.

    What a rule leaves empty is left out: a key that rules may get one day changes no code of today.
    """
    parts = {each.name: getattr(rule, each.name) for each in fields(rule)}
    filled = {name: value for name, value in parts.items() if value}
    text = json.dumps([filled, *wording], default=_spelt_out, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:_LENGTH]


def _spelt_out(condition: Condition) -> object:
    return [
        [[type(comparison).__name__, *astuple(comparison)] for comparison in row]
        for row in condition.alternatives
    ]
