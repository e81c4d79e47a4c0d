"""The conditions of rules and questions, and their plain evaluator.

Knows no file and no engine; the engine in `_engine` must agree with `Condition.holds`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Answer = str | tuple[str, ...] | int
"""One option, the options chosen, a whole number, or (notes, a name) what was typed."""

Answers = Mapping[str, Answer]
"""What was answered, by question; what was skipped or not asked is not there."""


@dataclass(frozen=True)
class Ground:
    """One answer that a condition rests on: a chosen option, or a number."""

    question: str
    answer: str | int


@dataclass(frozen=True)
class OneOf:
    """One of these options is chosen."""

    question: str
    options: tuple[str, ...]

    def grounds(self, answers: Answers) -> tuple[Ground, ...]:
        """The chosen options that are among these; none when it does not hold."""
        chosen = chosen_options(answers, self.question)
        return tuple([Ground(self.question, option) for option in chosen if option in self.options])


@dataclass(frozen=True)
class Below:
    """The number given is smaller than the limit."""

    question: str
    limit: int

    def grounds(self, answers: Answers) -> tuple[Ground, ...]:
        """The number, when it is below the limit."""
        number = answers.get(self.question)
        if isinstance(number, int) and number < self.limit:
            return (Ground(self.question, number),)
        return ()


@dataclass(frozen=True)
class AtLeast:
    """The number given is the limit or more."""

    question: str
    limit: int

    def grounds(self, answers: Answers) -> tuple[Ground, ...]:
        """The number, when it reaches the limit."""
        number = answers.get(self.question)
        if isinstance(number, int) and number >= self.limit:
            return (Ground(self.question, number),)
        return ()


@dataclass(frozen=True)
class ChosenAtLeast:
    """So many options of the question are chosen, or more."""

    question: str
    count: int

    def grounds(self, answers: Answers) -> tuple[Ground, ...]:
        """All the chosen options, when they are enough."""
        chosen = chosen_options(answers, self.question)
        enough = len(chosen) >= self.count
        return tuple(Ground(self.question, option) for option in chosen) if enough else ()


Comparison = OneOf | Below | AtLeast | ChosenAtLeast


def chosen_options(answers: Answers, question: str) -> tuple[str, ...]:
    """The options chosen in a question, whether it takes one or many; empty without an answer."""
    answer = answers.get(question)
    if isinstance(answer, tuple):
        return answer
    return (answer,) if isinstance(answer, str) else ()


@dataclass(frozen=True)
class Condition:
    """A condition in disjunctive normal form: any one alternative is enough, and an alternative is
    a row of comparisons that must all hold.
    """

    alternatives: tuple[tuple[Comparison, ...], ...]

    def holds(self, answers: Answers) -> bool:
        """Whether the answers fulfil it: the plain evaluator, with which the engine must agree."""
        for row in self.alternatives:  # noqa: SIM110  any() takes a third longer, for every rule
            if _grounds(row, answers) is not None:
                return True
        return False

    def grounds(self, answers: Answers) -> tuple[Ground, ...]:
        """Every answer that makes it hold; when all of them are taken back, it does not."""
        rows = (_grounds(row, answers) for row in self.alternatives)
        return tuple(dict.fromkeys(ground for row in rows for ground in row or ()))

    def comparisons(self) -> Iterator[Comparison]:
        """Every comparison in it, in the order written."""
        return (comparison for row in self.alternatives for comparison in row)


def _grounds(row: tuple[Comparison, ...], answers: Answers) -> list[Ground] | None:
    """Every answer that a row rests on; None when one of its comparisons does not hold."""
    found: list[Ground] = []
    for comparison in row:
        grounds = comparison.grounds(answers)
        if not grounds:
            return None
        found += grounds
    return found


ALWAYS = Condition(((),))
"""The condition of a question that is asked of everyone."""
