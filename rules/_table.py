"""The strict reader of content files: which keys a table has, in which order, of which types.

Knows no rule and no question: whoever reads a file says what may stand in it.  The first fault is
a RulesError that names the place, the matter and the way out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeGuard, TypeVar

from rules._model import RulesError
from rules._toml import parsed, place_of

ID = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_SHOWN = 60
Word = TypeVar("Word", bound=str)
T = TypeVar("T", str, bool, int, list[object])


@dataclass(frozen=True)
class Table:
    """A TOML table, and the place that errors name: "rules/heart.toml: rule 'heart_valve'"."""

    place: str
    values: Mapping[str, object]

    def check_keys(
        self, keys: tuple[str, ...], optional: tuple[str, ...] = (), *, ordered: bool = True
    ) -> None:
        """RulesError unless these keys are there, in this order if it counts, and no others."""
        there = ", ".join(f"{key} (or not)" if key in optional else key for key in keys)
        for key in self.values:
            if key not in keys:
                raise RulesError(f"{self.place}: there is no key '{key}' here; write {there}.")
        for key in keys:
            if key not in optional:
                self.require(key)
        if ordered and list(self.values) != [key for key in keys if key in self.values]:
            raise RulesError(f"{self.place}: the keys are out of order; write {there}.")

    def require(self, key: str) -> None:
        """RulesError unless the key is there."""
        if key not in self.values:
            raise RulesError(f"{self.place} has no '{key}'; add it.")

    def one_of(self, key: str, words: tuple[Word, ...]) -> Word:
        """One of these words."""
        written = self.values[key]
        for word in words:
            if word == written:
                return word
        raise self.refusal(key, f"one of: {', '.join(words)}")

    def text(self, key: str) -> str:
        """What is written under a key; empty when the key, being optional, is not there."""
        match self.values.get(key, ""):
            case str(text) if text.strip() or key not in self.values:
                return text
            case _:
                raise self.refusal(key, "some text")

    def texts(self, key: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
        """A list of texts, none of them empty or there twice."""
        match self.values.get(key, []):
            case list(texts) if is_list_of_texts(texts):
                return tuple(texts)
            case [] if may_be_empty or key not in self.values:
                return ()
            case _:
                raise self.refusal(key, 'a list of texts, each once, such as ["H5", "H11"]')

    def day(self, key: str) -> date:
        """A date, without a time."""
        value = self.values[key]
        if type(value) is not date:
            raise self.refusal(key, "a day: 2026-01-31")
        return value

    def value(self, key: str, kind: type[T], default: T) -> T:
        """What is written under a key, of this very type; the default where the key is not there.

        An empty text is accepted, unlike by `text`: that something is not written yet is for
        `acuscreen check` to report.
        """
        value = self.values.get(key, default)
        if type(value) is not kind:  # isinstance() would take True for an int
            raise RulesError(
                f"{self.place}: '{key}' is {shown(value)}, which is of the wrong type."
            )
        return value

    def words(self) -> dict[str, str]:
        """Every value by its key, where all of them are texts."""
        return {key: self.value(key, str, "") for key in self.values}

    def table(self, key: str) -> "Table":
        """The table under a key; an empty one where the key is not there."""
        values = self.values.get(key, {})
        if not isinstance(values, dict):
            raise self.refusal(key, f"a table, which begins with [{key}]")
        return Table(f"{self.place}: [{key}]", values)

    def refusal(self, key: str, wanted: str) -> RulesError:
        """The error to raise when what is written under a key is not what is wanted."""
        written = shown(self.values.get(key))
        return RulesError(f"{self.place}: {key} is {written}; write {wanted}.")


def is_list_of_texts(values: object) -> TypeGuard[list[str]]:
    """Whether it is a list of texts that are not empty, each there once."""
    if not isinstance(values, list) or not values:
        return False
    full = all(isinstance(text, str) and text.strip() for text in values)
    return full and len(set(values)) == len(values)


def shown(value: object) -> str:
    """A value as TOML would show it, near enough, and not too long."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def read_toml(path: Path) -> Table:
    """A whole TOML file as one table; RulesError when it cannot be read."""
    return Table(place_of(path), parsed(path))


def read_tables(path: Path, each: str) -> dict[str, Table]:
    """The tables of a TOML file by id; `each` is what one of them is called in errors."""
    tables = {}
    for name, values in parsed(path).items():
        place = f"{place_of(path)}: {each} '{name}'"
        if not isinstance(values, dict):
            raise RulesError(f"{place} is not a table; begin it with [{name}].")
        tables[name] = Table(place, values)
    return tables
