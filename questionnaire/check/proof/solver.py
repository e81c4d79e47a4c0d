"""Decide whether a formula can be true.  The only module that knows z3, an SMT solver.

It decides over all assignments of all variables, so that "it cannot" is a proof, and not a search
that gave up: giving up is an error.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from weakref import WeakKeyDictionary

import z3

from questionnaire.check.proof.formula import FALSE, Formula, Model

_TRUE = re.compile(r"\(define-fun m(\d+) \(\) Bool\s+true\)")

_known: WeakKeyDictionary[Formula, z3.BoolRef] = WeakKeyDictionary()
_names: list[str] = []
_numbers: dict[str, int] = {}


class UndecidedError(Exception):
    """The solver gave up, which it has no reason to on formulas of this kind."""


class Solver:
    """What always holds, and whether something else can hold besides."""

    def __init__(self, always: Iterable[Formula]) -> None:
        """Assert what holds in every model."""
        self._solver = z3.SolverFor("QF_FD")  # the logic of finite domains: it always decides
        self._solver.add(*map(_written, always))

    def model(self, *wanted: Formula) -> Model | None:
        """A model in which all of this holds; None proves that there is none."""
        if FALSE in wanted:
            return None
        with self.asserting(*wanted):
            return self.model_under(())

    def can(self, *wanted: Formula) -> bool:
        """Whether all of this can hold."""
        if FALSE in wanted:
            return False
        with self.asserting(*wanted):
            return self._decide(())

    @contextmanager
    def asserting(self, *wanted: Formula) -> Iterator[None]:
        """Within the block, all of this holds too."""
        self._solver.push()
        try:
            self._solver.add(*map(_written, wanted))
            yield
        finally:
            self._solver.pop()

    def model_under(self, assumptions: Sequence[Formula]) -> Model | None:
        """A model under assumptions, each a variable or its negation; None: there is none."""
        if not self._decide(assumptions):
            return None
        text = self._solver.model().sexpr()  # in one call: variable by variable it takes longer
        return Model(frozenset(_names[int(number)] for number in _TRUE.findall(text)))

    def _decide(self, assumptions: Sequence[Formula]) -> bool:
        decided = self._solver.check(*map(_written, assumptions))
        if decided == z3.unknown:
            raise UndecidedError(self._solver.reason_unknown())
        return bool(decided == z3.sat)


def _written(formula: Formula) -> z3.BoolRef:
    """The formula as one of z3's; each part is translated once."""
    written = _known.get(formula)
    if written is None:
        written = _known[formula] = _translated(formula)
    return written


def _translated(formula: Formula) -> z3.BoolRef:
    """By z3's C interface: the Python one checks every part again, which takes long."""
    parts = [_written(part).as_ast() for part in formula.parts]
    context = z3.main_ctx()
    row = (z3.Ast * len(parts))(*parts)
    match formula.operator:
        case "variable":
            return z3.Bool(f"m{_number(formula.name)}")
        case "not":
            made = z3.Z3_mk_not(context.ref(), parts[0])
        case "and":
            made = z3.Z3_mk_and(context.ref(), len(parts), row)
        case "or":
            made = z3.Z3_mk_or(context.ref(), len(parts), row)
        case "at least":
            made = z3.Z3_mk_atleast(context.ref(), len(parts), row, formula.least)
    return z3.BoolRef(made, context)


def _number(name: str) -> int:
    """A number in place of a name, which may hold signs that z3 would have to quote."""
    number = _numbers.setdefault(name, len(_names))
    if number == len(_names):
        _names.append(name)
    return number
