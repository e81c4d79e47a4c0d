"""What a question is, as a value.

Knows no file and no answers: which questions apply to whom is decided in `interview`.
"""

from dataclasses import dataclass
from typing import Literal

from rules import Condition

Kind = Literal["one", "many", "scale", "text"]


@dataclass(frozen=True)
class Option:
    """One answer that may be chosen.

    An `exclusive` option cannot be chosen beside another; after one that `ends` nothing more is
    asked.
    """

    id: str
    label: str
    exclusive: bool = False
    ends: bool = False


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    `short` names it in tables and after "because you said".  A scale goes in whole numbers from
    `lowest` to `highest`, whose meanings are `low` and `high`; a text has at most `longest`
    characters.  `digest` changes when anything about the question changes; `place` is its file.
    """

    id: str
    section: str
    kind: Kind
    ask: str
    short: str
    help: str
    when: Condition
    options: tuple[Option, ...]
    optional: bool
    lowest: int
    highest: int
    low: str
    high: str
    longest: int
    digest: str
    place: str

    def option(self, option_id: str) -> Option:
        """The option with this id; StopIteration is a bug of the caller."""
        return next(option for option in self.options if option.id == option_id)
