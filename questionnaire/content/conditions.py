"""A condition in the words of the questions, for whoever reviews or edits the content."""

from collections.abc import Mapping

from questionnaire.content.content import Content
from questionnaire.content.numbering import number_of, written
from rules import AtLeast, Below, ChosenAtLeast, Comparison, Condition, OneOf

_FEW = 2
"""Options that are read in one go; where there are more, their letters may stand for them."""


def in_words(content: Content, terms: Mapping[str, str], when: Condition) -> tuple[str, ...]:
    """A condition as people would say it: a line for each alternative, any one of which is enough.

    `terms` are format strings.  They may name a question as `question` or by its `number`, and
    its options as `options` or by their `letters`.
    """
    rows = (
        terms["and"].join(_compared(content, terms, each) for each in row)
        for row in when.alternatives
    )
    return tuple(row or terms["always"] for row in rows)


def _compared(content: Content, terms: Mapping[str, str], comparison: Comparison) -> str:
    question = content.question(comparison.question)
    named = {"question": question.short, "number": number_of(content.questions, question.id)}
    match comparison:
        case OneOf(options=options):
            labels = terms["or"].join(f"“{question.option(each).label}”" for each in options)
            letters = ", ".join(written(question, options))
            key = "one_of" if len(options) <= _FEW else "one_of_many"
            return terms[key].format(**named, options=labels, letters=letters)
        case Below(limit=limit):
            key = "below"
        case AtLeast(limit=limit):
            key = "at_least"
        case ChosenAtLeast(count=limit):
            key = "chosen_at_least"
    return terms[key].format(**named, limit=limit)
