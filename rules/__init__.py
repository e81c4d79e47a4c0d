"""Conclude from answers.  Knows no question's wording, no terminal and no page."""

from rules._conclusion import conclude
from rules._condition import (
    ALWAYS,
    Answer,
    Answers,
    AtLeast,
    Below,
    ChosenAtLeast,
    Comparison,
    Condition,
    Ground,
    OneOf,
    chosen_options,
)
from rules._model import (
    MARK,
    OUTCOME_OF,
    OUTCOMES,
    WITHHOLDING,
    Conclusion,
    EngineError,
    Finding,
    Rule,
    Rulebook,
    RulesError,
    Source,
)
from rules._reading import read_condition, read_rulebook

__all__ = [
    "ALWAYS",
    "MARK",
    "OUTCOMES",
    "OUTCOME_OF",
    "WITHHOLDING",
    "Answer",
    "Answers",
    "AtLeast",
    "Below",
    "ChosenAtLeast",
    "Comparison",
    "Conclusion",
    "Condition",
    "EngineError",
    "Finding",
    "Ground",
    "OneOf",
    "Rule",
    "Rulebook",
    "RulesError",
    "Source",
    "chosen_options",
    "conclude",
    "read_condition",
    "read_rulebook",
]
