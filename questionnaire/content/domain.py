"""The domain of a question: every answer that it takes.

An answer is made of values: of one option or one number, or of all the options that are ticked.
A question for a text has none, as there is no end to what may be typed.
"""

from questionnaire.content.question import Question
from rules import Answer


def values(question: Question) -> tuple[str | int, ...]:
    """Its options by their ids, or its numbers, in the order in which they are shown."""
    if question.kind == "scale":
        return tuple(range(question.lowest, question.highest + 1))
    return tuple(option.id for option in question.options)


def single_answers(question: Question) -> tuple[Answer, ...]:
    """Every answer that is made of one value."""
    if question.kind == "many":
        return tuple((option.id,) for option in question.options)
    return values(question)
