"""Example people for a rule: a hit, to whom it applies, and a near miss, to whom it just does not.

Both differ as little as possible from the person who is well (`baseline`): a hit is found by giving
the answers that the rule names, a miss by taking one back.  Each example goes through the answers
file and the rules, as if it had come from outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from questionnaire.answers.file import answers_of, read_answers
from questionnaire.conclusion.baseline import severity
from questionnaire.content.content import Content
from questionnaire.content.domain import single_answers
from questionnaire.content.question import Question
from questionnaire.errors import AnswersError
from questionnaire.interview.flow import Response, Said, Unsaid, facts, visible
from rules import (
    Answer,
    AtLeast,
    Below,
    ChosenAtLeast,
    Comparison,
    Conclusion,
    OneOf,
    Rule,
)


@dataclass(frozen=True)
class Example:
    """A person: all that was said, and what is concluded from it."""

    said: Said
    conclusion: Conclusion


def example(content: Content, said: Said) -> Example | None:
    """The person of an answers file with these answers; None where it would be refused."""
    try:
        read = read_answers(answers_of(content, said), content).said
    except AnswersError:
        return None
    return Example(read, content.conclude(facts(content.questions, read)))


def hit(content: Content, start: Said, rule: Rule) -> Example | None:
    """The well person changed so that the rule applies, and little else; None if it never does."""
    people = (example(content, said) for said in _fulfilling(content, rule, start))
    found = [each for each in people if each and _applies(rule, each)]
    return min(
        found,
        key=lambda each: (severity(each.conclusion), len(changed(content, start, each.said))),
        default=None,
    )


def miss(content: Content, start: Said, rule: Rule, near: Example) -> Example | None:
    """The nearest person to a hit to whom the rule does not apply; None if it always does."""
    (grounds,) = (each.grounds for each in near.conclusion.findings if each.rule == rule)
    asked = {ground.question for ground in grounds}
    neighbours = (
        (example(content, {**start, **near.said, question.id: answer}), distance)
        for question in content.questions
        if question.id in asked
        for distance, answer in _neighbours(question, near.said[question.id], start[question.id])
    )
    found = [(each, far) for each, far in neighbours if each and not _applies(rule, each)]
    best = min(found, key=lambda pair: _farness(content, near, *pair), default=None)
    return best[0] if best else None


def changed(content: Content, before: Said, after: Said) -> tuple[str, ...]:
    """The questions that the second person answers otherwise, or that only the second is asked."""
    old, new = visible(content.questions, before), visible(content.questions, after)
    return tuple(question for question in new if new[question] != old.get(question))


def _farness(content: Content, near: Example, other: Example, far: int) -> tuple[int, ...]:
    """The sort key of near misses: early ends come last; then, the fewer changes, the nearer."""
    ended = len(other.conclusion.of("ending"))
    changes = len(changed(content, near.said, other.said))
    return ended, changes, far, severity(other.conclusion)


def _applies(rule: Rule, person: Example) -> bool:
    return any(finding.rule == rule for finding in person.conclusion.findings)


def _fulfilling(content: Content, rule: Rule, start: Said) -> Iterator[Said]:
    """The well person with the answers that the rule names, for each way to fulfil it."""
    for row in rule.when.alternatives:
        for answers in product(*(_meeting(content, comparison) for comparison in row)):
            said = dict(start)
            for comparison, answer in zip(row, answers, strict=True):
                _say(content, said, start, comparison.question, answer)
            yield said


def _meeting(content: Content, comparison: Comparison) -> list[Answer]:
    """The smallest answers that fulfil a comparison."""
    question = content.question(comparison.question)
    match comparison:
        case OneOf(options=options):
            return [option if question.kind == "one" else (option,) for option in options]
        case Below(limit=limit):
            return [limit - 1]
        case AtLeast(limit=limit):
            return [limit]
        case ChosenAtLeast(count=count):
            return [tuple(each.id for each in question.options if not each.exclusive)[:count]]


def _say(
    content: Content, said: dict[str, Response], start: Said, name: str, answer: Answer
) -> None:
    """Give an answer, beside those given before, and the answers that open the question."""
    given = said[name]
    if isinstance(answer, tuple) and isinstance(given, tuple) and given != start[name]:
        answer = tuple(dict.fromkeys([*given, *answer]))
    said[name] = answer
    when = content.question(name).when
    if not when.holds({key: each for key, each in said.items() if not isinstance(each, Unsaid)}):
        for comparison in when.alternatives[0]:
            first = _meeting(content, comparison)[0]
            _say(content, said, start, comparison.question, first)


def _neighbours(
    question: Question, answer: Response, mild: Response
) -> Iterator[tuple[int, Answer]]:
    """Other answers to a question, each with its distance: an option less, or another value."""
    others = single_answers(question)
    if isinstance(answer, tuple):
        less = (tuple(each for each in answer if each != left_out) for left_out in answer)
        yield from ((0, rest) for rest in less if rest)
        yield from ((0 if each == mild else 1, each) for each in others if each != answer)
    elif answer in others:
        place = others.index(answer)
        yield from ((abs(at - place), each) for at, each in enumerate(others) if at != place)
