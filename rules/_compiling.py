"""Compile conditions and answers to durable_rules' JSON.  Knows its limits, not its code.

A fact is flat and holds whole numbers alone: `"needles=nervous": 1` for a chosen option,
`"pain_types:chosen": 2` for how many are chosen, `"sleep_quality:number": 3` for a number.

Paging: durable does not limit the number of rules, but how many parts of conditions it compares
side by side.  So the rules are dealt out to pages.  Every rule first asks for its page
(`"page 3": 1`), and only behind that for its own parts: side by side stand the pages, and then
the parts of one page.
"""

from collections.abc import Iterator, Mapping, Sequence

from rules._condition import (
    Answer,
    AtLeast,
    Below,
    ChosenAtLeast,
    Comparison,
    Condition,
    OneOf,
)
from rules._model import EngineError

Expression = Mapping[str, object]
"""A condition, or a part of one, in durable's JSON."""

MOST_PROPERTIES = 240
"""durable fails at a fact of 253, in the middle of a case."""

PARTS_PER_PAGE, MOST_PAGES = 28, 32
"""A case fails when 65 parts match at once; those of one page and all pages are 60 at most."""


def compiled(when: Condition) -> Expression:
    """The condition in durable's JSON, with an operator for every "and" and "or"."""
    return _any([_all([_compared(comparison) for comparison in row]) for row in when.alternatives])


def _compared(comparison: Comparison) -> Expression:
    match comparison:
        case OneOf(question, options):
            return _any([{f"{question}={option}": 1} for option in options])
        case Below(question, limit):
            return {"$lt": {f"{question}:number": limit}}
        case AtLeast(question, limit):
            return {"$gte": {f"{question}:number": limit}}
        case ChosenAtLeast(question, least):
            return {"$gte": {f"{question}:chosen": least}}


def _all(parts: Sequence[Expression]) -> Expression:
    return _joined("$and", parts)


def _any(parts: Sequence[Expression]) -> Expression:
    return _joined("$or", parts)


def _joined(operator: str, parts: Sequence[Expression]) -> Expression:
    if not parts:
        raise EngineError("A condition asks for nothing; durable would never return.")
    return parts[0] if len(parts) == 1 else {operator: parts}


def stated(question: str, answer: Answer) -> dict[str, int]:
    """An answer as properties of a fact: a whole number under each name that rules may ask for."""
    match answer:
        case int() if type(answer) is int:
            return {f"{question}:number": answer}
        case str():
            return stated(question, (answer,))
        case tuple() if all(type(option) is str for option in answer):
            chosen = {f"{question}={option}": 1 for option in answer}
            return {f"{question}:chosen": len(answer), **chosen}
        case _:
            kind = type(answer).__name__
            raise EngineError(f"The answer to '{question}' is of type '{kind}': not an answer.")


def on_pages(expressions: Mapping[str, Expression]) -> dict[str, Expression]:
    """The expressions, each behind that of its page; EngineError when they do not fit."""
    page, room, paged = 0, 0, {}
    for rule, expression in expressions.items():
        parts = _parts(expression)
        if parts > PARTS_PER_PAGE:
            raise EngineError(
                f"Rule '{rule}' has {parts} parts; split it: durable takes {PARTS_PER_PAGE}."
            )
        if parts > room:
            page, room = page + 1, PARTS_PER_PAGE
        room -= parts
        paged[rule] = _all([{f"page {page}": 1}, expression])
    if page > MOST_PAGES:
        raise EngineError(f"The rules fill {page} pages; durable takes {MOST_PAGES}.")
    return paged


def _parts(expression: Expression) -> int:
    """The nodes that durable makes of an expression: one for each comparison and operator."""
    inner = [part for parts in expression.values() if isinstance(parts, list) for part in parts]
    return 1 + sum(_parts(part) for part in inner)


def properties(expression: Expression) -> Iterator[str]:
    """The names of the properties that an expression asks for."""
    for key, value in expression.items():
        match value:
            case list():
                for part in value:
                    yield from properties(part)
            case dict():
                yield from value
            case _:
                yield key


def refuse_names(names: frozenset[str]) -> None:
    """EngineError when durable cannot hold so many names, or takes two of them for one."""
    if len(names) > MOST_PROPERTIES:
        raise EngineError(
            f"The rules ask for {len(names)} things; durable takes {MOST_PROPERTIES}."
        )
    seen: dict[int, str] = {}
    for name in sorted(names):
        other = seen.setdefault(_hash(name), name)
        if other != name:
            raise EngineError(f"durable takes '{other}' and '{name}' for the same; rename one.")


def _hash(name: str) -> int:
    """FNV-1a, a hash of 32 bits: durable compares names of properties by it alone."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value
