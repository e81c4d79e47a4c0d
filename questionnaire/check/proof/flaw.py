"""A flaw: one thing that is wrong with the content, told in one line with the way out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from questionnaire.content.question import Question
from questionnaire.interview.flow import Said
from rules import Rule, Rulebook

Where = tuple[str, str]
"""A file, and what in it."""


def rule_at(rulebook: Rulebook, rule: Rule) -> Where:
    """Where a rule stands."""
    return rulebook.place_of(rule), f"rule '{rule.id}'"


def question_at(question: Question) -> Where:
    """Where a question stands."""
    return f"questionnaire/{question.place}", f"question '{question.id}'"


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong: where, what, and what to do.

    `patient` is the smallest example that shows it, where answers can show it, and `shown` names
    the answers that matter.  Of several flaws with one `topic` only the first is told; `covers`
    are further topics that need not be told beside it.
    """

    sort: str
    place: str
    about: str
    matter: str
    way_out: str
    patient: Said | None = None
    shown: str = ""
    topic: str = ""
    covers: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """All of it in one line."""
        shown = f" Shown by: {self.shown}." if self.shown else ""
        about = f"{self.about}: " if self.about else ""
        return f"{self.place}: {about}{self.matter}; {self.way_out}.{shown}"


def each_once(flaws: Iterable[Flaw]) -> Iterator[Flaw]:
    """The flaws without those that an earlier one covers."""
    covered: set[str] = set()
    for flaw in flaws:
        if flaw.topic not in covered:
            yield flaw
            covered |= {flaw.topic, *flaw.covers} - {""}
