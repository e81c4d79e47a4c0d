"""Every interview that some content allows, and what follows from each, ready to be searched."""

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.check.proof import symbolic
from questionnaire.check.proof.formula import Formula, Model, all_of, any_of, implies, mark, no
from questionnaire.check.proof.solver import Search
from questionnaire.check.proof.symbolic import (
    Concluded,
    Heard,
    Marks,
    allowed,
    complete,
    concluded,
    finished,
    heard,
    said_freely,
)
from questionnaire.content.content import Content
from rules import WITHHOLDING, Condition, Ground


@dataclass(frozen=True)
class Talk:
    """One interview: what may be said in it, what is heard, and what follows."""

    content: Content
    said: Marks
    heard: Heard
    follows: Concluded

    @property
    def possible(self) -> Formula:
        """Every answer is one that its question takes, and what must be said is said."""
        questions = self.content.questions
        return all_of(
            (
                *(allowed(question, self.said) for question in questions),
                complete(questions, self.heard, self.said, self.follows),
            )
        )

    @property
    def finished(self) -> Formula:
        """Nothing is left open, not even after an emergency."""
        return finished(self.content.questions, self.heard, self.said)

    def holds(self, condition: Condition) -> Formula:
        """Whether the answers that count fulfil a condition."""
        return symbolic.holds(condition, self.heard.counts)

    def shows(self, benefit: str) -> Formula:
        """Whether a benefit is found and shown."""
        hidden = any_of(self.follows.outcome[outcome] for outcome in WITHHOLDING)
        return all_of((self.follows.found[benefit], no(hidden)))

    def with_said(self, changed: Mapping[Ground, Formula]) -> "Talk":
        """The same interview, but for these answers."""
        return talk(self.content, {**self.said, **changed})


def talk(content: Content, said: Marks) -> Talk:
    """The interview in which this is said."""
    listened = heard(content.questions, said)
    return Talk(content, said, listened, concluded(content.rulebook.rules, listened.counts))


@dataclass(frozen=True, eq=False)  # itself only, so that its quietest patient can be kept
class Space:
    """All interviews at once: a talk in which anything may be said.

    `to_the_end` can be set only where no question was left open.  `smallest` tells whether an
    example is made as small as can be, which takes longer than finding it.
    """

    talk: Talk
    search: Search
    to_the_end: Formula
    smallest: bool = True

    @property
    def content(self) -> Content:
        """The content that they are held with."""
        return self.talk.content

    def model(self, *wanted: Formula) -> Model | None:
        """An interview in which all of this holds; None proves that there is none."""
        return self.search.model(*wanted)

    def can(self, *wanted: Formula) -> bool:
        """Whether there is such an interview."""
        return self.search.can(*wanted)


def space_of(content: Content, *, smallest: bool = True) -> Space:
    """The space of all interviews with this content."""
    free = talk(content, said_freely(content.questions))
    to_the_end = mark("to the end")
    always = (free.possible, implies(to_the_end, free.finished))
    return Space(free, Search(always), to_the_end, smallest)
