"""The cost function of "the smallest change": what it counts, and in which order.

Knows one question at a time, and what the rules ask of it.
"""

from collections.abc import Mapping, Sequence

from questionnaire.conclusion.neighbours import chosen
from questionnaire.content.question import Question
from questionnaire.interview.flow import Response, Unsaid
from rules import Answer, Answers, Comparison, Rule

Cost = tuple[int, int, int, int]
"""In lexicographic order: questions answered otherwise or anew, options given or taken away, other
findings raised, and how far numbers move.
"""

FREE: Cost = (0, 0, 0, 0)

SOME_WORDS = "…"
"""Stands for whatever somebody may write."""

Demands = Sequence[Sequence[Comparison]]
"""For each rule that asks for a question, what it asks of it."""


def demands_on(rules: Sequence[Rule], questions: Sequence[Question]) -> Mapping[str, Demands]:
    """What the rules ask of each question, by its id."""
    demands: dict[str, list[list[Comparison]]] = {question.id: [] for question in questions}
    for rule in rules:
        asked: dict[str, list[Comparison]] = {}
        for comparison in rule.when.comparisons():
            asked.setdefault(comparison.question, []).append(comparison)
        for question_id in asked.keys() & demands.keys():
            demands[question_id].append(asked[question_id])
    return demands


def plus(one: Cost, other: Cost) -> Cost:
    """The sum of two costs."""
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def cost_of(demands: Demands, before: Response | Unsaid, after: Response) -> Cost:
    """What it costs to answer one question otherwise."""
    old, new = chosen(before), chosen(after)
    moved = abs(before - after) if isinstance(before, int) and isinstance(after, int) else 0
    return (1, len(old ^ new), _raised(demands, new - old), moved)


def cheapest_answer(demands: Demands, answers: Sequence[Answer]) -> Answer:
    """Of these answers the one for which the fewest rules ask; without any, some words."""
    return min(answers or (SOME_WORDS,), key=lambda each: _raised(demands, chosen(each)))


def _raised(demands: Demands, given: frozenset[str | int]) -> int:
    """How many rules ask for what is newly given."""
    numbers = [each for each in given if isinstance(each, int)]
    answer = numbers[0] if numbers else tuple(map(str, given))
    return sum(any(each.grounds(_only(each, answer)) for each in asked) for asked in demands)


def _only(comparison: Comparison, answer: Answer) -> Answers:
    return {comparison.question: answer}
