"""Somebody who is well, as far as the rules can tell: the quietest answer to every question.

The quietest answer is the one that the fewest and mildest rules ask for.
"""

from questionnaire.content.content import Content
from questionnaire.content.domain import single_answers
from questionnaire.content.question import Question
from questionnaire.interview.flow import SKIPPED, Said
from rules import OUTCOMES, Answer, Conclusion, Rule, chosen_options


def well(content: Content) -> Said:
    """Somebody to whom as little as possible applies: the quietest answer to every question."""
    return {question.id: _quietest(content, question) for question in content.questions}


def unrest(conclusion: Conclusion) -> int:
    """How much applies, and how urgent it is."""
    return sum(_urgency(finding.rule) for finding in conclusion.findings)


def _urgency(rule: Rule) -> int:
    return len(OUTCOMES) - OUTCOMES.index(rule.outcome)


def _quietest(content: Content, question: Question) -> Answer | None:
    answers = single_answers(question)
    if not answers:
        return SKIPPED
    asking = {answer: _urgency_of(content, question, answer) for answer in answers}
    quiet = [answer for answer in answers if asking[answer] == min(asking.values())]
    alone = [each for each in quiet if _is_exclusive(question, each)]
    return alone[0] if alone else quiet[len(quiet) // 2 if question.kind == "scale" else 0]


def _is_exclusive(question: Question, answer: Answer) -> bool:
    chosen = chosen_options({question.id: answer}, question.id)
    return any(question.option(option).exclusive for option in chosen)


def _urgency_of(content: Content, question: Question, answer: Answer) -> int:
    """How urgent the rules are that ask for this answer."""
    return sum(
        _urgency(rule)
        for rule in content.rulebook.rules
        for comparison in rule.when.comparisons()
        if comparison.grounds({question.id: answer})
    )
