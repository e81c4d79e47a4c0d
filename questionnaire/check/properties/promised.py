"""Searches: do answers lead to less, or to more, than is promised of them?

The rules say file by file what follows from answers; the promises say it outcome by outcome.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from questionnaire.check.proof.flaw import Flaw, rule_at
from questionnaire.check.proof.formula import Formula, all_of, any_of, not_, xor
from questionnaire.check.proof.promises import (
    PLACE,
    Group,
    Promises,
    group_of,
    named_as,
    outcome_of,
    single,
)
from questionnaire.check.proof.space import Space
from questionnaire.check.proof.witness import Suspect, grounds_asked_for, shown_by
from rules import OUTCOMES, AtLeast, Below, Comparison, Condition, Ground, OneOf, Rule


def broken_promises(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Answers that lead to less than is promised, and rules that apply to others as well."""
    rules = space.content.rulebook.rules
    named = {rule.id: _named_by(space, rule.when) for rule in rules}
    less = (
        _less(space, named, group, answer)
        for group, promise in promises.led.items()
        for answer in single(promise)
    )
    yield from shown_by(space, less)
    yield from shown_by(space, (_more(space, promises, rule) for rule in rules))
    yield from shown_by(space, _told_twice(space))


def _less(
    space: Space, named: Mapping[str, frozenset[Ground]], group: Group, answer: Condition
) -> Suspect:
    """An answer that is promised to lead to the group, and to which no rule of it applies.

    `named`: the answers that each rule names, by its id.
    """
    wanted = _named_by(space, answer)
    together = _together(answer)
    on_it = [
        rule
        for rule in space.content.rulebook.rules
        if not wanted.isdisjoint(named[rule.id])
        and (len(together) == 1 or together in map(_together, _rows(rule.when)))
    ]
    right = [rule for rule in on_it if group_of(rule) == group]
    wrong = [rule for rule in on_it if rule.kind == group[0] and rule not in right]
    flaw = Flaw(
        "less",
        _place_of(space, right or wrong or on_it, group),
        _in_short(answer),
        f"it must lead to {_finding(group)}, and {_instead(right, wrong)}",
        f"mend or write the rule, or take the answer out of {PLACE} under {named_as(group)}",
        topic=f"answer {_in_short(answer)} {group}",
        covers=("promise", f"answer {_in_short(answer)}", *(f"more {rule.id}" for rule in wrong)),
    )
    found = (space.interview.follows.found[rule.id] for rule in right)
    return all_of((space.interview.holds(answer), not_(any_of(found)))), flaw


def _rows(when: Condition) -> Iterator[Condition]:
    return (Condition((row,)) for row in when.alternatives)


def _together(row: Condition) -> frozenset[str]:
    """The questions that one alternative rests on: answers that weigh more together than alone."""
    return _questions(row.comparisons())


def _instead(right: Sequence[Rule], wrong: Sequence[Rule]) -> str:
    """What is the case instead of what is promised."""
    if right:
        return f"rule '{right[0].id}' does not always apply"
    if wrong and wrong[0].level:
        return f"rule '{wrong[0].id}' has level '{wrong[0].level}'"
    return "no rule says so"


def _named_by(space: Space, when: Condition) -> frozenset[Ground]:
    return frozenset(
        ground for each in when.comparisons() for ground in grounds_asked_for(space.content, each)
    )


def _finding(group: Group) -> str:
    kind, level = group
    if kind in {"benefit", "note"}:
        return f"the {kind} '{level}'"
    names = {"doctor_first": "a reason to see a doctor first", "ending": "an ending"}
    return names.get(kind, f"a {kind} of level '{level}'")


def _in_short(answer: Condition) -> str:
    """An answer in short, as `question = option`."""
    return " with ".join(_compared(each) for each in answer.comparisons())


def _compared(comparison: Comparison) -> str:
    match comparison:
        case OneOf(question, options):
            return f"{question} = {' or '.join(options)}"
        case Below(question, limit):
            return f"{question} below {limit}"
        case AtLeast(question, limit):
            return f"{question} at least {limit}"
    return f"{comparison.count} or more of {comparison.question}"


def _place_of(space: Space, rules: Sequence[Rule], group: Group) -> str:
    """The file of the nearest rule: of these, or else of the same kind."""
    near = rules or [rule for rule in space.content.rulebook.rules if rule.kind == group[0]]
    return space.content.rulebook.place_of(near[0]) if near else "rules"


def _more(space: Space, promises: Promises, rule: Rule) -> Suspect:
    """A rule that applies to people of whom its kind and level is not promised.

    Each of its alternatives needs a promise that rests on the same questions: that the same is
    promised of another answer, which these people always give too, is no reason for it.
    """
    group = group_of(rule)
    promise = promises.led.get(group, Condition(()))
    unpromised = any_of(
        all_of((space.interview.holds(row), not_(space.interview.holds(_within(promise, row)))))
        for row in _rows(rule.when)
    )
    flaw = Flaw(
        "more",
        *rule_at(space.content.rulebook, rule),
        f"it is {_finding(group)} for people of whom {PLACE} promises none",
        f"mend its 'when' or its level, or add the answer there under {named_as(group)}",
        topic=f"more {rule.id}",
        covers=("promise",),
    )
    return all_of((space.interview.follows.found[rule.id], unpromised)), flaw


def _within(promise: Condition, row: Condition) -> Condition:
    """The promise as far as it rests on the very questions of the row."""
    asked = _together(row)
    alternatives = (each for each in promise.alternatives if _questions(each) == asked)
    return Condition(tuple(alternatives))


def _questions(alternative: Iterable[Comparison]) -> frozenset[str]:
    return frozenset(each.question for each in alternative)


def _told_twice(space: Space) -> Iterator[Suspect]:
    """Two rules of one kind and level that find the same answer, or the same ones together."""
    rulebook, found = space.content.rulebook, space.interview.follows.found
    for rule, other in combinations(rulebook.rules, 2):
        if group_of(rule) != group_of(other):
            continue
        both = tuple(_in_both(space, rule.when, other.when))
        if both:
            flaw = Flaw(
                "told twice",
                *rule_at(rulebook, other),
                f"it finds the same answer as '{rule.id}' ({rulebook.place_of(rule)})",
                "mend the 'when' of one, or keep one of the two",
                topic=f"twice {' '.join(sorted((rule.id, other.id)))}",
            )
            said = any_of(space.interview.holds(same) for same in both)
            yield all_of((found[rule.id], found[other.id], said)), flaw


def _in_both(space: Space, when: Condition, other: Condition) -> Iterator[Condition]:
    """The answers to the same questions that fulfil an alternative of either condition."""
    for row, another in product(_rows(when), _rows(other)):
        if _together(row) == _together(another):
            both = _named_by(space, row) & _named_by(space, another)
            if _together(row) == {ground.question for ground in both}:
                yield _same(row, both)


def _same(row: Condition, grounds: Collection[Ground]) -> Condition:
    """The alternative as far as these answers fulfil it."""
    comparisons = (
        OneOf(
            each.question,
            tuple(str(g.answer) for g in grounds if g.question == each.question),
        )
        if isinstance(each, OneOf)
        else each
        for each in row.comparisons()
    )
    return Condition((tuple(comparisons),))


def wrong_outcomes(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Outcomes that are not the most urgent one promised of the answers."""
    yield from shown_by(space, _outcomes(space, promises))


def _outcomes(space: Space, promises: Promises) -> Iterator[Suspect]:
    sooner: list[Formula] = []
    for outcome in OUTCOMES[:-1]:
        led = [when for group, when in promises.led.items() if outcome_of(group) == outcome]
        promised = any_of(space.interview.holds(when) for when in led)
        expected = all_of((promised, not_(any_of(sooner))))
        sooner.append(promised)
        matter = "some people of whom it is promised do not get it, or others do"
        way_out = f"mend the rules that lead to it, or {PLACE}"
        flaw = Flaw("outcome", "rules", f"outcome '{outcome}'", matter, way_out, topic="promise")
        yield xor(expected, space.interview.follows.outcome[outcome]), flaw
