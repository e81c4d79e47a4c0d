"""A JSON file as it comes: its size, encoding, syntax, and the format it claims to be.

Knows no question; what stands in the file is checked in `answers` and `drafts`.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from questionnaire.errors import AnswersError, quoted

LARGEST = 1_000_000
"""Bytes: a larger file is not an answers file."""


def read_table(
    raw: bytes, name: str, keys: Sequence[str]
) -> tuple[Mapping[str, object], Sequence[str]]:
    """The JSON object in a file, and what is wrong with it from outside: its format, its keys.

    AnswersError where there is no object to look into.
    """
    table, twice = parsed(raw)
    if not isinstance(table, dict):
        raise AnswersError([f'not an answers file: it must begin with {{"format": "{name}"'])
    found = [f"{quoted(key)} is there twice; keep one of them" for key in twice]
    if table.get("format") != name:
        found.append(f"format is {quoted(table.get('format'))}; it must be {name!r}")
    strange = (key for key in table if key not in keys)
    found += [
        f"{quoted(key)} is no part of the file; there are: {', '.join(keys)}" for key in strange
    ]
    return table, found


def parsed(raw: bytes) -> tuple[object, Sequence[str]]:
    """What a JSON file holds, and the names that stand twice in an object; AnswersError if none."""
    if len(raw) > LARGEST:
        raise AnswersError([f"larger than {LARGEST:,} bytes; that is not an answers file"])
    twice: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        table = dict(items)
        if len(table) < len(items):
            times = Counter(name for name, _ in items)
            twice.extend(name for name in table if times[name] > 1)
        return table

    try:
        # Some editors begin a UTF-8 file with a byte order mark; "-sig" drops it.
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=pairs), twice
    except UnicodeDecodeError as error:
        raise AnswersError([f"not UTF-8 text (byte {error.start}); save it as UTF-8"]) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise AnswersError([f"not JSON ({place}: {error.msg})"]) from error
    except (ValueError, RecursionError) as error:
        raise AnswersError(
            ["not JSON that can be read: a number or a nesting without end"]
        ) from error


def are_names(value: object) -> TypeGuard[list[str]]:
    """Whether it is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
