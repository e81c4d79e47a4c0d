"""Write conditions and answers in the form durable_rules takes.  Knows its limits, not its code.

A fact is flat and holds whole numbers: `"needles=nervous": 1` for a chosen option,
`"pain_types:chosen": 2` for how many, `"sleep_quality:number": 3`.  durable's limits count parts
of conditions that stand side by side, not rules, so rules are bound into pages: each rule asks
for its page first, and the parts of a page stand beside each other only.
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

Test = Mapping[str, object]
"""A condition, or a part of one, in durable's JSON."""

MOST_PROPERTIES = 240
"""A fact of 253 is refused by durable, in the middle of a case."""

PAGE, MOST_PAGES = 28, 32
"""Parts in a page, and pages: 65 parts that match at once make a case fail; these are 28 + 32."""


def compiled(when: Condition) -> Test:
    """The condition in durable's JSON; every "and" and "or" is spelt out."""
    return _any([_all([_compared(comparison) for comparison in row]) for row in when.alternatives])


def _compared(comparison: Comparison) -> Test:
    match comparison:
        case OneOf(question, options):
            return _any([{f"{question}={option}": 1} for option in options])
        case Below(question, limit):
            return {"$lt": {f"{question}:number": limit}}
        case AtLeast(question, limit):
            return {"$gte": {f"{question}:number": limit}}
        case ChosenAtLeast(question, least):
            return {"$gte": {f"{question}:chosen": least}}


def _all(parts: Sequence[Test]) -> Test:
    return _joined("$and", parts)


def _any(parts: Sequence[Test]) -> Test:
    return _joined("$or", parts)


def _joined(joint: str, parts: Sequence[Test]) -> Test:
    if not parts:
        raise EngineError("A condition asks for nothing; durable would never return.")
    return parts[0] if len(parts) == 1 else {joint: parts}


def stated(question: str, answer: Answer) -> dict[str, int]:
    """An answer as whole numbers, under every name that a condition may ask for."""
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


def on_pages(tests: Mapping[str, Test]) -> dict[str, Test]:
    """The tests, each of which first asks for its page; EngineError when they do not fit."""
    page, room, bound = 0, 0, {}
    for rule, test in tests.items():
        parts = _parts(test)
        if parts > PAGE:
            raise EngineError(f"Rule '{rule}' has {parts} parts; split it: durable takes {PAGE}.")
        if parts > room:
            page, room = page + 1, PAGE
        room -= parts
        bound[rule] = _all([{f"page {page}": 1}, test])
    if page > MOST_PAGES:
        raise EngineError(f"The rules fill {page} pages; durable takes {MOST_PAGES}.")
    return bound


def _parts(test: Test) -> int:
    """The nodes that durable makes of a test: one for each comparison and for each joint."""
    inner = [part for parts in test.values() if isinstance(parts, list) for part in parts]
    return 1 + sum(_parts(part) for part in inner)


def properties(test: Test) -> Iterator[str]:
    """The names that a test asks for."""
    for key, value in test.items():
        match value:
            case list():
                for part in value:
                    yield from properties(part)
            case dict():
                yield from value
            case _:
                yield key


def refuse_names(names: frozenset[str]) -> None:
    """EngineError when durable cannot hold so many names, or cannot tell two of them apart."""
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
    """FNV-1a with 32 bits: all that durable remembers of a property's name."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value
