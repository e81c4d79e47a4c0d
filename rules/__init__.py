"""Conclude from answers.  Knows no question's wording, no terminal and no page."""

from rules._conclusion import conclude, concluded
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
from rules._signing import SIGNED_OFF, Signature, code_of, read_signatures
from rules._table import Table, is_list_of_texts, read_table, read_tables

__all__ = [
    "ALWAYS",
    "MARK",
    "OUTCOMES",
    "OUTCOME_OF",
    "SIGNED_OFF",
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
    "Signature",
    "Source",
    "Table",
    "chosen_options",
    "code_of",
    "conclude",
    "concluded",
    "is_list_of_texts",
    "read_condition",
    "read_rulebook",
    "read_signatures",
    "read_table",
    "read_tables",
]
