"""The space of all interviews that a content allows, with a solver that searches it."""

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.check.proof import symbolic
from questionnaire.check.proof.formula import (
    Formula,
    Model,
    all_of,
    any_of,
    implies,
    not_,
    variable,
)
from questionnaire.check.proof.solver import Solver
from questionnaire.check.proof.symbolic import (
    Consequences,
    Flow,
    Given,
    allowed,
    anything_said,
    complete,
    consequences,
    finished,
    flow,
)
from questionnaire.content.content import Content
from rules import WITHHOLDING, Condition, Ground


@dataclass(frozen=True)
class Interview:
    """One interview as formulas: what is said in it, how it goes, and what follows."""

    content: Content
    said: Given
    flow: Flow
    follows: Consequences

    @property
    def possible(self) -> Formula:
        """Every answer is one that its question takes, and every one that is needed is there."""
        questions = self.content.questions
        return all_of(
            (
                *(allowed(question, self.said) for question in questions),
                complete(questions, self.flow, self.said, self.follows),
            )
        )

    @property
    def finished(self) -> Formula:
        """No question is left open, not even after an emergency."""
        return finished(self.content.questions, self.flow, self.said)

    def holds(self, condition: Condition) -> Formula:
        """Whether the answers that count fulfil a condition."""
        return symbolic.holds(condition, self.flow.counts)

    def shows(self, benefit: str) -> Formula:
        """Whether a benefit is found and shown."""
        hidden = any_of(self.follows.outcome[outcome] for outcome in WITHHOLDING)
        return all_of((self.follows.found[benefit], not_(hidden)))

    def with_said(self, changed: Mapping[Ground, Formula]) -> "Interview":
        """The same interview, but for these answers."""
        return interview(self.content, {**self.said, **changed})


def interview(content: Content, said: Given) -> Interview:
    """The interview in which this is said."""
    course = flow(content.questions, said)
    return Interview(content, said, course, consequences(content.rulebook.rules, course.counts))


@dataclass(frozen=True, eq=False)  # hashed by identity, for the cache of `witness.baseline`
class Space:
    """All interviews at once: an interview in which anything may be said.

    `to_the_end` is a variable that can be true only where no question is left open.  `smallest`:
    examples are made as small as they can be, which takes longer than finding them.
    """

    interview: Interview
    solver: Solver
    to_the_end: Formula
    smallest: bool = True

    @property
    def content(self) -> Content:
        """The content of these interviews."""
        return self.interview.content

    def model(self, *wanted: Formula) -> Model | None:
        """An interview in which all of this holds; None proves that there is none."""
        return self.solver.model(*wanted)

    def can(self, *wanted: Formula) -> bool:
        """Whether there is such an interview."""
        return self.solver.can(*wanted)


def space_of(content: Content, *, smallest: bool = True) -> Space:
    """The space of all interviews with this content."""
    free = interview(content, anything_said(content.questions))
    to_the_end = variable("to the end")
    always = (free.possible, implies(to_the_end, free.finished))
    return Space(free, Solver(always), to_the_end, smallest)
