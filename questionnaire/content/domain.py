"""The domain of a question: every answer that it takes.

An answer is made of values: one option or one number, or of a list each option that is ticked.
A text has no values: there is no end to what may be typed.
"""

from questionnaire.content.question import Question
from rules import Answer

Value = str | int
"""An option by its id, or a number."""


def values(question: Question) -> tuple[Value, ...]:
    """Everything that an answer may be made of, in the order shown."""
    if question.kind == "scale":
        return tuple(range(question.lowest, question.highest + 1))
    return tuple(option.id for option in question.options)


def single_answers(question: Question) -> tuple[Answer, ...]:
    """Every answer of one value."""
    if question.kind == "many":
        return tuple((option.id,) for option in question.options)
    return values(question)
