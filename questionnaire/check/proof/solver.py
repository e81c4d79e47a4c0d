"""Whether a formula can hold.  The only module that knows z3.

The solver decides on all settings of all marks at once, so that "it cannot" is a proof and not a
search that gave up: giving up is an error.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from weakref import WeakKeyDictionary

import z3

from questionnaire.check.proof.formula import FALSE, Formula, Model

_SET = re.compile(r"\(define-fun m(\d+) \(\) Bool\s+true\)")

_written: WeakKeyDictionary[Formula, z3.BoolRef] = WeakKeyDictionary()
_names: list[str] = []
_numbers: dict[str, int] = {}


class UndecidedError(Exception):
    """The solver gave up, which it has no reason to on formulas of this kind."""


class Search:
    """What always holds, and questions about what else can."""

    def __init__(self, always: Iterable[Formula]) -> None:
        """Begin with what holds in every setting."""
        self._solver = z3.SolverFor("QF_FD")  # finite domains: it always decides
        self._solver.add(*map(_write, always))

    def model(self, *wanted: Formula) -> Model | None:
        """A setting in which all of this holds; None proves that there is none."""
        if FALSE in wanted:
            return None
        with self.given(*wanted):
            return self.under(())

    def can(self, *wanted: Formula) -> bool:
        """Whether all of this can hold."""
        if FALSE in wanted:
            return False
        with self.given(*wanted):
            return self._decide(())

    @contextmanager
    def given(self, *wanted: Formula) -> Iterator[None]:
        """While it lasts, this holds too."""
        self._solver.push()
        try:
            self._solver.add(*map(_write, wanted))
            yield
        finally:
            self._solver.pop()

    def under(self, literals: Sequence[Formula]) -> Model | None:
        """A setting with these marks set, or not set, as they say."""
        if not self._decide(literals):
            return None
        text = self._solver.model().sexpr()  # in one go: one by one takes most of the time
        return Model(frozenset(_names[int(number)] for number in _SET.findall(text)))

    def _decide(self, literals: Sequence[Formula]) -> bool:
        decided = self._solver.check(*map(_write, literals))
        if decided == z3.unknown:
            raise UndecidedError(self._solver.reason_unknown())
        return bool(decided == z3.sat)


def _write(formula: Formula) -> z3.BoolRef:
    """The formula in z3's terms; each part is written once."""
    written = _written.get(formula)
    if written is None:
        written = _written[formula] = _joined(formula)
    return written


def _joined(formula: Formula) -> z3.BoolRef:
    """By z3's inner interface; the outer one looks at every part again, which takes long."""
    parts = [_write(part).as_ast() for part in formula.parts]
    context = z3.main_ctx()
    row = (z3.Ast * len(parts))(*parts)
    match formula.joint:
        case "mark":
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
    """A number in place of a name, which may hold what z3 would have to quote."""
    number = _numbers.setdefault(name, len(_names))
    if number == len(_names):
        _names.append(name)
    return number
