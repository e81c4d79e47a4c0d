"""Every error that a user may meet, and how a value is quoted in one.

Whatever else is raised is a bug of ours, and keeps its traceback.
"""

import json
from collections.abc import Sequence

from rules import EngineError, RulesError

__all__ = [
    "AnswersError",
    "EngineError",
    "ReadError",
    "RulesError",
    "UsageError",
    "WriteError",
    "quoted",
]

_SHOWN = 40
"""Characters of a value that an error repeats."""


class UsageError(Exception):
    """The command was called in a way that it does not understand."""


class ReadError(Exception):
    """A file could not be read; the message names it and the matter."""


class WriteError(Exception):
    """A file could not be written; the message names it, the matter and the way out."""


class AnswersError(Exception):
    """The answers cannot be used: each fault names the question and what is allowed."""

    def __init__(self, found: Sequence[str]) -> None:
        """Keep the faults apart, one a line."""
        super().__init__("\n".join(found))
        self.faults = tuple(found)


def quoted(value: object) -> str:
    """A value as it stands in a message: on one line, and not endlessly long."""
    # What JSON calls null and true, Python calls by other names.
    text = json.dumps(value) if isinstance(value, bool | float | None) else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
