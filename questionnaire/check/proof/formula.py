"""Propositional formulas, hash-consed: equal ones are one object, so that "is" compares them.

Knows no questions and no solver: whether a formula can hold is found by `solver`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakValueDictionary

Operator = Literal["variable", "and", "or", "not", "at least"]


@dataclass(frozen=True, eq=False, weakref_slot=True, slots=True)
class Formula:
    """A variable, by its `name`; or an operator on parts, of which "at least" wants `least`."""

    operator: Operator
    parts: tuple["Formula", ...] = ()
    name: str = ""
    least: int = 0


_made: WeakValueDictionary[object, Formula] = WeakValueDictionary()


def _make(
    operator: Operator, parts: tuple[Formula, ...] = (), name: str = "", least: int = 0
) -> Formula:
    """The one formula of this form."""
    key = (operator, tuple(map(id, parts)), name, least)
    made = _made.get(key)
    if made is None:
        made = _made[key] = Formula(operator, parts, name, least)
    return made


TRUE = _make("and")
FALSE = _make("or")


def variable(name: str) -> Formula:
    """A Boolean variable; the same name is the same variable everywhere."""
    return _make("variable", name=name)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Conjunction: every part holds.  Of no parts it is true."""
    kept = tuple(dict.fromkeys(part for part in parts if part is not TRUE))
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else _make("and", kept)


def any_of(parts: Iterable[Formula]) -> Formula:
    """Disjunction: at least one part holds.  Of no parts it is false."""
    kept = tuple(dict.fromkeys(part for part in parts if part is not FALSE))
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else _make("or", kept)


def not_(part: Formula) -> Formula:
    """Negation: the part does not hold."""
    if part.operator == "not":
        return part.parts[0]
    if part is TRUE or part is FALSE:
        return FALSE if part is TRUE else TRUE
    return _make("not", (part,))


def implies(this: Formula, that: Formula) -> Formula:
    """Implication: where this holds, that does too."""
    return any_of((not_(this), that))


def xor(this: Formula, that: Formula) -> Formula:
    """Exclusive or: one of the two holds, and the other does not."""
    return any_of((all_of((this, not_(that))), all_of((that, not_(this)))))


def at_least(least: int, parts: Sequence[Formula]) -> Formula:
    """Cardinality: so many of the parts hold, or more."""
    return _make("at least", tuple(parts), least=least) if least <= len(parts) else FALSE


def at_most_one(parts: Sequence[Formula]) -> Formula:
    """No two of the parts hold."""
    return not_(at_least(2, parts))


class Model:
    """A model in the sense of logic: one assignment of true or false to every variable."""

    def __init__(self, true: frozenset[str]) -> None:
        """The names of the variables that are true; all others are false."""
        self._true = true
        self._known: dict[Formula, bool] = {}

    def holds(self, formula: Formula) -> bool:
        """Whether the formula is true in this model."""
        known = self._known.get(formula)
        if known is None:
            known = self._known[formula] = self._holds(formula)
        return known

    def _holds(self, formula: Formula) -> bool:
        match formula.operator:
            case "variable":
                return formula.name in self._true
            case "and":
                return all(map(self.holds, formula.parts))
            case "or":
                return any(map(self.holds, formula.parts))
            case "not":
                return not self.holds(formula.parts[0])
            case "at least":
                return sum(map(self.holds, formula.parts)) >= formula.least
