"""How near one answer is to another: what "smallest change" counts.

Knows one question at a time, and what the rules ask of it.
"""

from collections.abc import Mapping, Sequence

from questionnaire.conclusion.neighbours import chosen
from questionnaire.content.domain import single_answers
from questionnaire.content.question import Question
from rules import Answer, Answers, Comparison, Rule

Cost = tuple[int, int, int, int]
"""Questions answered otherwise or anew, options given or taken away, other findings raised, and
how far numbers move; the first that differs decides."""

NOTHING: Cost = (0, 0, 0, 0)

SOME_WORDS = "…"
"""Stands for whatever somebody may write."""

Spoken = Sequence[Sequence[Comparison]]
"""What each rule asks of a question."""


def spoken_of(rules: Sequence[Rule], questions: Sequence[Question]) -> Mapping[str, Spoken]:
    """What the rules ask of each question, by its id."""
    spoken: dict[str, list[list[Comparison]]] = {question.id: [] for question in questions}
    for rule in rules:
        asked: dict[str, list[Comparison]] = {}
        for comparison in rule.when.comparisons():
            asked.setdefault(comparison.question, []).append(comparison)
        for question_id in asked.keys() & spoken.keys():
            spoken[question_id].append(asked[question_id])
    return spoken


def plus(one: Cost, other: Cost) -> Cost:
    """Both together."""
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def cost_of(spoken: Spoken, before: Answer | None, after: Answer | None) -> Cost:
    """What it costs to answer one question otherwise."""
    old, new = chosen(before), chosen(after)
    moved = abs(before - after) if isinstance(before, int) and isinstance(after, int) else 0
    return (1, len(old ^ new), _raised(spoken, new - old), moved)


def quietest(spoken: Spoken, question: Question) -> Answer:
    """The plain answer that the fewest rules speak of."""
    plain = single_answers(question) or (SOME_WORDS,)
    return min(plain, key=lambda each: _raised(spoken, chosen(each)))


def _raised(spoken: Spoken, given: frozenset[str | int]) -> int:
    """How many rules speak of what is newly given."""
    numbers = [each for each in given if isinstance(each, int)]
    answer = numbers[0] if numbers else tuple(map(str, given))
    return sum(any(each.grounds(_only(each, answer)) for each in asked) for asked in spoken)


def _only(comparison: Comparison, answer: Answer) -> Answers:
    return {comparison.question: answer}
