"""A condition in the words of the questions, for whoever reviews or edits the content."""

from collections.abc import Mapping

from questionnaire.content import Content
from rules import AtLeast, Below, ChosenAtLeast, Comparison, Condition, OneOf


def in_words(content: Content, terms: Mapping[str, str], when: Condition) -> tuple[str, ...]:
    """A condition as people would say it: any one of these is enough."""
    rows = (
        terms["and"].join(_compared(content, terms, each) for each in row)
        for row in when.alternatives
    )
    return tuple(row or terms["always"] for row in rows)


def _compared(content: Content, terms: Mapping[str, str], comparison: Comparison) -> str:
    question = content.question(comparison.question)
    match comparison:
        case OneOf(options=options):
            labels = [f"“{question.option(each).label}”" for each in options]
            text, options_in_words = terms["one_of"], terms["or"].join(labels)
            return text.format(question=question.short, options=options_in_words)
        case Below(limit=limit):
            key = "below"
        case AtLeast(limit=limit):
            key = "at_least"
        case ChosenAtLeast(count=limit):
            key = "chosen_at_least"
    return terms[key].format(question=question.short, limit=limit)
