"""Numbers for questions and letters for options, on the printed form and for typing it in.

The only module that knows which stands for which.  Knows no paper, no keyboard and no words.
"""

from collections.abc import Mapping, Sequence

from questionnaire.content.question import Option, Question
from rules import Answer, RulesError

BLANK = "-"
"""Stands for a question that was left blank."""

_LETTERS = "abcdefghijklmnoprstuvwxyz"
"""Without q, which stops the typing-in of a form."""


def numbered(questions: Sequence[Question]) -> Mapping[int, Question]:
    """Every question by its number, asked or not, as the form is the same for everyone."""
    return dict(enumerate(questions, 1))


def number_of(questions: Sequence[Question], question_id: str) -> int:
    """The number of a question; StopIteration is a bug of the caller."""
    return next(number for number, each in numbered(questions).items() if each.id == question_id)


def lettered(question: Question) -> Mapping[str, Option]:
    """Its options by their letters; RulesError when there are more than letters."""
    if len(question.options) > len(_LETTERS):
        raise RulesError(
            f"questionnaire/{question.place}: question '{question.id}': it has "
            f"{len(question.options)} options, and on paper there are letters for "
            f"{len(_LETTERS)}; part it in two."
        )
    return dict(zip(_LETTERS, question.options, strict=False))


def written(question: Question, answer: Answer) -> str:
    """An answer as it is typed in: letters, a number, or the text itself."""
    match answer:
        case str() if question.kind == "text":
            return answer
        case int():
            return str(answer)
        case _:
            chosen = {answer} if isinstance(answer, str) else {*answer}
            letters = lettered(question).items()
            return "".join(letter for letter, option in letters if option.id in chosen)
