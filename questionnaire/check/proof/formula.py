"""Formulas of marks that are set or not, written so that equal ones are one and the same.

Knows no questions and no solver: whether a formula can hold is found in `solving`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakValueDictionary

Joint = Literal["mark", "and", "or", "not", "at least"]


@dataclass(frozen=True, eq=False, weakref_slot=True, slots=True)
class Formula:
    """A mark, by `name`; or parts under a joint, `least` of which hold in "at least"."""

    joint: Joint
    parts: tuple["Formula", ...] = ()
    name: str = ""
    least: int = 0


_made: WeakValueDictionary[object, Formula] = WeakValueDictionary()


def _make(joint: Joint, parts: tuple[Formula, ...] = (), name: str = "", least: int = 0) -> Formula:
    """The formula, which is there only once."""
    key = (joint, tuple(map(id, parts)), name, least)
    made = _made.get(key)
    if made is None:
        made = _made[key] = Formula(joint, parts, name, least)
    return made


TRUE = _make("and")
FALSE = _make("or")


def mark(name: str) -> Formula:
    """Something that is so or not; a name stands for one and the same mark everywhere."""
    return _make("mark", name=name)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Every part holds; so it does where there is none."""
    kept = tuple(dict.fromkeys(part for part in parts if part is not TRUE))
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else _make("and", kept)


def any_of(parts: Iterable[Formula]) -> Formula:
    """One part holds at least; so none does where there is none."""
    kept = tuple(dict.fromkeys(part for part in parts if part is not FALSE))
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else _make("or", kept)


def no(part: Formula) -> Formula:
    """The part does not hold."""
    if part.joint == "not":
        return part.parts[0]
    if part is TRUE or part is FALSE:
        return FALSE if part is TRUE else TRUE
    return _make("not", (part,))


def implies(this: Formula, that: Formula) -> Formula:
    """Where this holds, that does too."""
    return any_of((no(this), that))


def differ(this: Formula, that: Formula) -> Formula:
    """One of the two holds and the other does not."""
    return any_of((all_of((this, no(that))), all_of((that, no(this)))))


def at_least(least: int, parts: Sequence[Formula]) -> Formula:
    """So many of the parts hold, or more."""
    return _make("at least", tuple(parts), least=least) if least <= len(parts) else FALSE


def at_most_one(parts: Sequence[Formula]) -> Formula:
    """No two of the parts hold."""
    return no(at_least(2, parts))


class Model:
    """One setting of all marks: those that are set; no other is."""

    def __init__(self, marks: frozenset[str]) -> None:
        """Nothing is looked at yet."""
        self._marks = marks
        self._known: dict[Formula, bool] = {}

    def holds(self, formula: Formula) -> bool:
        """Whether the formula is so in this setting."""
        known = self._known.get(formula)
        if known is None:
            known = self._known[formula] = self._holds(formula)
        return known

    def _holds(self, formula: Formula) -> bool:
        match formula.joint:
            case "mark":
                return formula.name in self._marks
            case "and":
                return all(map(self.holds, formula.parts))
            case "or":
                return any(map(self.holds, formula.parts))
            case "not":
                return not self.holds(formula.parts[0])
            case "at least":
                return sum(map(self.holds, formula.parts)) >= formula.least
