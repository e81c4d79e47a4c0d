"""The search for the smallest change of answers.  Exact: nothing smaller is missed.

It goes through the questions in the order asked.  Only some need to be tried: those that the rule
or another question rests on, and those that can end the interview.  Any other keeps its answer;
when a change opens it, one answer costs as much as the next, and the quietest is given.
A branch is left once it must cost as much as what has been found.  z3 could do it, and
takes as long to load as this takes for all rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from questionnaire.answers.file import is_complete
from questionnaire.conclusion.cost import NOTHING, Cost, Spoken, cost_of, plus, quietest, spoken_of
from questionnaire.conclusion.neighbours import others, singles
from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import Said, facts, relevant
from rules import Answer, Answers, Comparison, Rule


@dataclass(frozen=True)
class _Search:
    """What stays the same: the rule sought, and where each question stands.

    `settled` is the place from which on it is certain whether a question is asked; `unsaid` are
    the questions that an interview stopped early has left open, and may go on leaving open.
    """

    content: Content
    rule: Rule
    rows: tuple[tuple[Comparison, ...], ...]
    places: Mapping[str, int]
    settled: Mapping[str, int]
    spoken_of: Mapping[str, Spoken]
    tried: frozenset[str]
    unsaid: frozenset[str]


@dataclass(frozen=True)
class _Branch:
    """Answers that are decided up to a place, and what they cost."""

    said: Said
    place: int = 0
    cost: Cost = NOTHING


def cheapest(content: Content, said: Said, rule: Rule) -> Said | None:
    """What to say instead, so that the rule applies; None where no answers make it."""
    found = _cheapest(_search(content, said, rule), _Branch(said), None)
    return found.said if found else None


def unanswered(content: Content, said: Said) -> frozenset[str]:
    """The questions that apply and were not reached, because the interview stopped before."""
    asked = relevant(content.questions, said)
    return frozenset(each.id for each in asked if not each.optional and each.id not in said)


def applies(content: Content, rule: Rule, said: Said) -> bool:
    """Whether the rule applies, by the plain evaluator; to an early end only that end does."""
    counted = facts(content.questions, said)
    return rule.when.holds(counted) and (
        rule.kind == "ending"
        or not any(
            each.when.holds(counted) for each in content.rulebook.rules if each.kind == "ending"
        )
    )


def _search(content: Content, said: Said, rule: Rule) -> _Search:
    questions = content.questions
    places = {question.id: place for place, question in enumerate(questions)}
    ending = {each.id for each in questions if any(option.ends for option in each.options)}
    opening = {each.question for one in questions for each in one.when.comparisons()}
    sought = {each.question for each in rule.when.comparisons()}
    return _Search(
        content,
        rule,
        tuple(row for row in rule.when.alternatives if all(_can_hold(content, c) for c in row)),
        places,
        {each.id: _settled(each, ending, places) for each in questions},
        spoken_of(content.rulebook.rules, content.questions),
        frozenset(ending | opening | sought),
        unanswered(content, said),
    )


def _can_hold(content: Content, comparison: Comparison) -> bool:
    """Whether any answer to its question fulfils it, alone or with all the others."""
    return any(
        comparison.grounds({question.id: answer})
        for question in content.questions
        if question.id == comparison.question
        for answer in (*singles(question), tuple(option.id for option in question.options))
    )


def _settled(question: Question, ending: set[str], places: Mapping[str, int]) -> int:
    gates = ending | {comparison.question for comparison in question.when.comparisons()}
    before = (places[each] for each in gates if places[each] < places[question.id])
    return max(before, default=-1)


def _cheapest(search: _Search, branch: _Branch, best: _Branch | None) -> _Branch | None:
    """The better of what was found before and what this branch leads to."""
    asked = relevant(search.content.questions, branch.said)
    owed = _owed(search, branch, asked)
    if not _may_apply(search, branch, asked) or (best and _least(branch, owed) >= best.cost):
        return best
    question = _next_to_try(search, branch, asked)
    if question is None:
        return branch if _is_goal(search, branch.said) else best
    for each in _branches(search, branch, question):
        if best and _least(each, owed - {question.id})[:2] > best.cost[:2]:
            break  # those that change the least come first
        best = _cheapest(search, each, best)
    return best


def _owed(search: _Search, branch: _Branch, asked: Sequence[Question]) -> frozenset[str]:
    """The questions ahead that a change has certainly opened, whatever is still decided."""
    return frozenset(
        each.id
        for each in asked
        if search.settled[each.id] < branch.place <= search.places[each.id]
        and _is_owed(search, branch, each)
    )


def _least(branch: _Branch, owed: frozenset[str]) -> Cost:
    """What the branch costs at least: each question that is owed takes an option or more."""
    return plus(branch.cost, (len(owed), len(owed), 0, 0))


def _may_apply(search: _Search, branch: _Branch, asked: Sequence[Question]) -> bool:
    said = branch.said
    answers = {each.id: answer for each in asked if (answer := said.get(each.id)) is not None}
    return any(all(_may_hold(search, branch, c, answers) for c in row) for row in search.rows)


def _may_hold(search: _Search, branch: _Branch, comparison: Comparison, answers: Answers) -> bool:
    undecided = search.places[comparison.question] >= branch.place
    return undecided or bool(comparison.grounds(answers))


def _is_owed(search: _Search, branch: _Branch, question: Question) -> bool:
    """Whether a change has opened the question, so that it must be answered too."""
    return question.id not in branch.said and question.id not in search.unsaid


def _next_to_try(search: _Search, branch: _Branch, asked: Sequence[Question]) -> Question | None:
    ahead = (each for each in asked if search.places[each.id] >= branch.place)
    return next(
        (each for each in ahead if each.id in search.tried or _is_owed(search, branch, each)), None
    )


def _is_goal(search: _Search, said: Said) -> bool:
    return applies(search.content, search.rule, said) and is_complete(search.content, said)


def _branches(search: _Search, branch: _Branch, question: Question) -> Iterator[_Branch]:
    """The question as it was answered, then with every other answer worth a try."""
    place = search.places[question.id] + 1
    before = branch.said.get(question.id)
    if not _is_owed(search, branch, question):
        yield _Branch(branch.said, place, branch.cost)
    for answer in _worth_a_try(search, question, before):
        cost = plus(branch.cost, cost_of(search.spoken_of[question.id], before, answer))
        yield _Branch({**branch.said, question.id: answer}, place, cost)


def _worth_a_try(
    search: _Search, question: Question, before: Answer | None
) -> Iterator[Answer | None]:
    if question.id in search.tried:
        return others(question, before)
    return iter([quietest(search.spoken_of[question.id], question)])
