"""Conclude from answers.  Knows no question's wording, no terminal and no page."""

from rules._conclusion import conclude, concluded
from rules._condition import ALWAYS, Answer, Answers, Comparison, Condition, Ground, chosen_options
from rules._model import (
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
    "OUTCOMES",
    "WITHHOLDING",
    "Answer",
    "Answers",
    "Comparison",
    "Conclusion",
    "Condition",
    "EngineError",
    "Finding",
    "Ground",
    "Rule",
    "Rulebook",
    "RulesError",
    "Source",
    "chosen_options",
    "conclude",
    "concluded",
    "read_condition",
    "read_rulebook",
]
