"""The baseline: a person who is well, as far as the rules can tell.

To each question that person gives the mildest answer: the one for which the fewest rules ask, and
the least urgent ones.
"""

from collections.abc import Iterator

from questionnaire.content.content import Content
from questionnaire.content.domain import single_answers
from questionnaire.content.question import Question
from questionnaire.interview.flow import SKIPPED, Response, Said
from rules import OUTCOMES, Answer, Conclusion, Rule, chosen_options


def well(content: Content) -> Said:
    """The answers of the well person, to whom as little as possible applies."""
    return {question.id: _mildest(content, question) for question in content.questions}


def mild(content: Content, count: int) -> Iterator[Said]:
    """So many people who are nobody, each with other answers, none of which leads to a caution."""
    for turn in range(count):
        yield {each.id: _mild_answer(content, each, turn) for each in content.questions}


def _mild_answer(content: Content, question: Question, turn: int) -> Response:
    answers = [
        each
        for each in single_answers(question)
        if _urgency_of(content, question, each)[0] <= 1 and not _ends(question, each)
    ]
    telling = [each for each in answers if not _is_exclusive(question, each)] or answers
    return telling[turn % len(telling)] if telling else _mildest(content, question)


def _ends(question: Question, answer: Answer) -> bool:
    chosen = chosen_options({question.id: answer}, question.id)
    return any(question.option(option).ends for option in chosen)


def severity(conclusion: Conclusion) -> int:
    """How much applies, weighted by how urgent it is."""
    return sum(_urgency(finding.rule) for finding in conclusion.findings)


def _urgency(rule: Rule) -> int:
    return len(OUTCOMES) - OUTCOMES.index(rule.outcome)


def _mildest(content: Content, question: Question) -> Response:
    answers = single_answers(question)
    if not answers:
        return SKIPPED
    urgency = {answer: _urgency_of(content, question, answer) for answer in answers}
    mildest = [answer for answer in answers if urgency[answer] == min(urgency.values())]
    alone = [each for each in mildest if _is_exclusive(question, each)]
    return alone[0] if alone else mildest[len(mildest) // 2 if question.kind == "scale" else 0]


def _is_exclusive(question: Question, answer: Answer) -> bool:
    chosen = chosen_options({question.id: answer}, question.id)
    return any(question.option(option).exclusive for option in chosen)


def _urgency_of(content: Content, question: Question, answer: Answer) -> tuple[int, int]:
    """How urgent the rules that ask for this answer are, added up: by itself, and beside others."""
    alone = together = 0
    for rule in content.rulebook.rules:
        for row in rule.when.alternatives:
            asked_for = any(each.grounds({question.id: answer}) for each in row)
            alone += _urgency(rule) if asked_for and len(row) == 1 else 0
            together += _urgency(rule) if asked_for and len(row) > 1 else 0
    return alone, together
