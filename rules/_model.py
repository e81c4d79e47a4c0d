"""What a rule is, what it finds, and the outcome that follows.

Plain values.  Knows no file, no engine, no question's wording and no page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules._condition import Condition, Ground

RuleKind = Literal["ending", "warning", "doctor_first", "caution", "benefit", "note"]

OUTCOMES = (
    "not_for_this_tool",
    "emergency",
    "today",
    "doctor_first",
    "discuss_with_cautions",
    "discuss",
)
"""Whom to talk to first, the most urgent first: the first that a finding leads to holds."""

WITHHOLDING = ("not_for_this_tool", "emergency", "today")
"""Under these outcomes help comes first, and no benefit is shown."""

OUTCOME_OF = {
    ("ending", ""): "not_for_this_tool",
    ("warning", "emergency"): "emergency",
    ("warning", "today"): "today",
    ("warning", "doctor_first"): "doctor_first",
    ("doctor_first", ""): "doctor_first",
    ("caution", "doctor"): "doctor_first",
    ("caution", "tell"): "discuss_with_cautions",
    ("caution", "avoid"): "discuss_with_cautions",
    ("benefit", ""): "discuss",
    ("note", ""): "discuss",
}
"""The outcome that a finding leads to, by its kind and level; rules are sorted in this order."""

MOST_RULES = 500
"""The engine has been tested with this many; with a few more it hangs."""

REFERENCE = re.compile(r"\[(\w+)\]")
"""A reference in a text: the id of a work in brackets."""

UNCHECKED = "MEM"
"""In place of a source: common clinical teaching, not yet checked against anything published."""


class RulesError(Exception):
    """The content is wrong: the message names the file, the rule, the matter and the way out."""


class EngineError(Exception):
    """The engine failed, or the two evaluators disagree: nothing may be concluded."""


@dataclass(frozen=True)
class Source:
    """A work that rules cite.

    `seen` tells how it was checked: "read", "second hand" (in somebody else's copy) or
    "from memory" (not yet looked up).
    """

    id: str
    cite: str
    link: str
    seen: str
    checked: date


@dataclass(frozen=True)
class Passage:
    """A part of the source article, restated in our words."""

    id: str
    title: str
    says: str


@dataclass(frozen=True)
class Rule:
    """A rule reads as one sentence: this source says so; when these answers are given, then this is
    found, because of that; and this is what to do.

    `level` is a warning's tier or a caution's class.  `passage` names the part of the source
    article that a benefit rests on; `evidence` and `certainty` say what studies add to it,
    `guidelines` and `against` what guidelines do.  `about` is the benefit that a note belongs to.
    """

    id: str
    source: tuple[str, ...]
    says: str
    when: Condition
    kind: RuleKind
    because: str
    advice: str
    level: str = ""
    passage: str = ""
    title: str = ""
    evidence: tuple[str, ...] = ()
    certainty: str = ""
    guidelines: tuple[str, ...] = ()
    against: str = ""
    about: str = ""

    @property
    def outcome(self) -> str:
        """The outcome that this finding leads to, taken by itself."""
        return OUTCOME_OF[self.kind, self.level]

    @property
    def advised(self) -> bool:
        """Whether guidelines have said anything on it, for or against."""
        return bool(self.guidelines or self.against)

    @property
    def cites(self) -> tuple[str, ...]:
        """The works that its evidence and advice cite, by id, in the order of first use."""
        printed = " ".join((*self.evidence, *self.guidelines, self.against, self.advice))
        return tuple(dict.fromkeys(REFERENCE.findall(printed)))


@dataclass(frozen=True)
class Finding:
    """A rule that applied, with the answers that made it apply."""

    rule: Rule
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class OutcomeText:
    """What an outcome says to people: a headline, what to do next, and when to talk of needles."""

    id: str
    title: str
    next: str
    talk: str


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: an engine is cached for each
class Rulebook:
    """All the rules, in the order of findings, and what they rest on.

    `places` names the file of each rule, for whoever has to mend one.
    """

    rules: tuple[Rule, ...]
    sources: Mapping[str, Source]
    passages: Mapping[str, Passage]
    outcomes: Mapping[str, OutcomeText]
    about: Mapping[str, object]
    places: Mapping[str, str] = field(default_factory=dict)

    def place_of(self, rule: Rule) -> str:
        """The file of a rule; the folder, where only that is known."""
        return self.places.get(rule.id, "rules")


@dataclass(frozen=True)
class Conclusion:
    """The outcome (whom to talk to first), and everything found, in the order of the rules."""

    outcome: str
    findings: tuple[Finding, ...]

    def of(self, kind: RuleKind, level: str = "") -> tuple[Finding, ...]:
        """The findings of one kind (and level), shown or not."""
        return tuple(
            finding
            for finding in self.findings
            if finding.rule.kind == kind and level in ("", finding.rule.level)
        )

    @property
    def benefits(self) -> tuple[Finding, ...]:
        """The benefits to show: none where help comes first."""
        return () if self.outcome in WITHHOLDING else self.of("benefit")

    @property
    def withheld(self) -> tuple[Finding, ...]:
        """The benefits that apply and are not shown, because help comes first."""
        return self.of("benefit") if self.outcome in WITHHOLDING else ()

    @property
    def decisive(self) -> tuple[Finding, ...]:
        """The findings that lead to the outcome; none when it is the last, plain "discuss"."""
        if self.outcome == OUTCOMES[-1]:
            return ()
        return tuple(finding for finding in self.findings if finding.rule.outcome == self.outcome)
