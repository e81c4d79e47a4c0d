"""Branch and bound: the search for the smallest change of answers.  Exact: none is smaller.

It branches over the answers to each question, in the order asked.  Only some questions need that:
those on which the rule rests, those that can end the interview, those that open any of these, and
those that open what these open.  All others keep their answers; where a change opens one of them,
any answer will do, and it gets the cheapest.  The bound: a branch is left once it must cost as much
as the best one that has been found.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from questionnaire.conclusion.cost import (
    FREE,
    Cost,
    Demands,
    cheapest_answer,
    cost_of,
    demands_on,
    plus,
)
from questionnaire.conclusion.neighbours import promising
from questionnaire.content.content import Content
from questionnaire.content.domain import single_answers
from questionnaire.content.question import Question
from questionnaire.interview.flow import (
    NOT_ASKED,
    Record,
    Response,
    Said,
    Unsaid,
    facts,
    missing,
    record,
    relevant,
)
from rules import Answers, ChosenAtLeast, Comparison, Condition, OneOf, Rule


@dataclass(frozen=True)
class _Search:
    """What stays the same all through the search.

    `rows` are the alternatives of the rule that can hold at all; `places` the positions of the
    questions.  After the position in `settled` it is certain whether a question is asked.  `tried`
    are the questions to branch over; `unsaid` those that an interview stopped early has left open,
    and may go on leaving open.
    """

    content: Content
    rule: Rule
    rows: tuple[tuple[Comparison, ...], ...]
    places: Mapping[str, int]
    settled: Mapping[str, int]
    demands: Mapping[str, Demands]
    tried: frozenset[str]
    wanted: Mapping[str, frozenset[Comparison]]
    unsaid: frozenset[str]


@dataclass(frozen=True)
class _Branch:
    """A node of the search tree: answers, of which those before a place are decided, and a cost."""

    said: Said
    place: int = 0
    cost: Cost = FREE


def cheapest(content: Content, said: Said, rule: Rule) -> Said | None:
    """The answers, nearest to what was said, to which the rule applies; None: there are none."""
    found: _Branch | None = None
    for row in rule.when.alternatives:  # one by one: together they ask for far more questions
        one = replace(rule, when=Condition((row,)))
        found = _cheapest(_search(content, said, one), _Branch(said), found)
    return found.said if found else None


def unanswered(counted: Record) -> frozenset[str]:
    """The questions that apply and were not reached, because the interview stopped before."""
    said = counted.said
    return frozenset(each.id for each in counted.asked if not each.optional and each.id not in said)


def applies(content: Content, rule: Rule, said: Said) -> bool:
    """Whether the rule applies, by the plain evaluator; under an ending only endings apply."""
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
    sought = {each.question for each in rule.when.comparisons()}
    tried = _with_gates(questions, ending | sought)
    asked_for = (
        *rule.when.comparisons(),
        *(each for one in questions if one.id in tried for each in one.when.comparisons()),
    )
    return _Search(
        content,
        rule,
        tuple(row for row in rule.when.alternatives if all(_can_hold(content, c) for c in row)),
        places,
        {each.id: _settled(each, ending, places) for each in questions},
        demands_on(content.rulebook.rules, content.questions),
        tried,
        {id_: frozenset(each for each in asked_for if each.question == id_) for id_ in tried},
        unanswered(record(content.questions, said)),
    )


def _with_gates(questions: Sequence[Question], tried: set[str]) -> frozenset[str]:
    """These questions, all that open them, and all that open what they open."""
    gates = {each.id: {c.question for c in each.when.comparisons()} for each in questions}
    found: set[str] = set()
    while found != tried:
        found = set(tried)
        for question, opened_by in gates.items():
            if question in found or opened_by & found:
                tried = tried | opened_by
    return frozenset(found)


def _options(question: Question, comparison: Comparison) -> Iterator[str]:
    """The options that a comparison asks for."""
    offered = [option.id for option in question.options]
    match comparison:
        case OneOf(options=options):
            yield from options
        case ChosenAtLeast():
            yield from offered


def _can_hold(content: Content, comparison: Comparison) -> bool:
    """Whether any answer to its question fulfils it: one option or number, or all the options."""
    return any(
        comparison.grounds({question.id: answer})
        for question in content.questions
        if question.id == comparison.question
        for answer in (*single_answers(question), tuple(each.id for each in question.options))
    )


def _settled(question: Question, ending: set[str], places: Mapping[str, int]) -> int:
    gates = ending | {comparison.question for comparison in question.when.comparisons()}
    before = (places[each] for each in gates if places[each] < places[question.id])
    return max(before, default=-1)


def _cheapest(search: _Search, branch: _Branch, best: _Branch | None) -> _Branch | None:
    """The best that this branch leads to, or what was found before, if that costs no more."""
    asked = relevant(search.content.questions, branch.said)
    owed = _owed(search, branch, asked)
    if not _may_apply(search, branch, asked) or (best and _lower_bound(branch, owed) >= best.cost):
        return best
    question = _next_to_try(search, branch, asked)
    if question is None:
        return branch if _is_goal(search, branch.said) else best
    for each in _branches(search, branch, question):
        if best and _lower_bound(each, owed - {question.id})[:2] > best.cost[:2]:
            break  # the cheapest branches come first
        best = _cheapest(search, each, best)
    return best


def _owed(search: _Search, branch: _Branch, asked: Sequence[Question]) -> frozenset[str]:
    """The questions ahead that a change has opened for certain, whatever else is decided."""
    return frozenset(
        each.id
        for each in asked
        if search.settled[each.id] < branch.place <= search.places[each.id]
        and _is_owed(search, branch, each)
    )


def _lower_bound(branch: _Branch, owed: frozenset[str]) -> Cost:
    """The lower bound of the branch: each question that is owed takes at least one option."""
    return plus(branch.cost, (len(owed), len(owed), 0, 0))


def _may_apply(search: _Search, branch: _Branch, asked: Sequence[Question]) -> bool:
    answers = _given(branch.said, asked)
    return any(all(_may_hold(search, branch, c, answers) for c in row) for row in search.rows)


def _given(said: Said, asked: Sequence[Question]) -> Answers:
    return {
        each.id: answer
        for each in asked
        if not isinstance(answer := said.get(each.id, NOT_ASKED), Unsaid)
    }


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
    return applies(search.content, search.rule, said) and not missing(search.content, said)


def _branches(search: _Search, branch: _Branch, question: Question) -> Iterator[_Branch]:
    """The children of a branch: the question answered as before, then otherwise."""
    place = search.places[question.id] + 1
    before = branch.said.get(question.id, NOT_ASKED)
    if not _is_owed(search, branch, question):
        yield _Branch(branch.said, place, branch.cost)
    for answer in _worth_a_try(search, question, before):
        cost = plus(branch.cost, cost_of(search.demands[question.id], before, answer))
        yield _Branch({**branch.said, question.id: answer}, place, cost)


def _worth_a_try(
    search: _Search, question: Question, before: Response | Unsaid
) -> Iterator[Response]:
    if question.id in search.tried:
        wanted = search.wanted[question.id]
        named = frozenset(option for each in wanted for option in _options(question, each))
        most = sum(each.count if isinstance(each, ChosenAtLeast) else 1 for each in wanted)
        return promising(question, before, named, most)
    return _to_go_on(search, question)


def _to_go_on(search: _Search, question: Question) -> Iterator[Response]:
    """The cheapest answer that opens nothing; where each opens something, any one of them."""
    quiet = [
        answer
        for answer in single_answers(question)
        if not any(
            comparison.grounds({question.id: answer})
            for each in search.content.questions
            for comparison in each.when.comparisons()
        )
    ]
    if quiet or not single_answers(question):
        yield cheapest_answer(search.demands[question.id], quiet)
    else:
        yield from single_answers(question)
