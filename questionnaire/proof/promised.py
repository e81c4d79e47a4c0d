"""Do answers lead to what is promised of them, to nothing less and to nothing more?

The rules say what follows from answers, file by file; the promises say it outcome by outcome.
"""

from collections.abc import Iterator
from itertools import combinations

from questionnaire.proof.examples import possible_in, shown_by
from questionnaire.proof.flaw import Flaw
from questionnaire.proof.logic import Formula, all_of, any_of, differ, no
from questionnaire.proof.promises import (
    PLACE,
    Group,
    Promises,
    group_of,
    named_as,
    outcome_of,
    single,
)
from questionnaire.proof.space import Space
from rules import OUTCOMES, Comparison, Condition, OneOf, Rule

URGENT = ("emergency", "today", "doctor_first")


def broken_promises(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Answers that lead to less than is promised, and rules that apply to others as well."""
    for group, promise in promises.led.items():
        for answer in single(promise):
            yield from _less(space, group, answer)
    for rule in space.content.rulebook.rules:
        yield from _more(space, promises, rule)
    yield from _told_twice(space)


def _less(space: Space, group: Group, answer: Condition) -> Iterator[Flaw]:
    """The rules of the group that name an answer must find it, whatever else was said."""
    finding = [
        space.talk.follows.found[rule.id]
        for rule in space.content.rulebook.rules
        if group_of(rule) == group and _names(space, rule, answer)
    ]
    formula = all_of((space.talk.holds(answer), no(any_of(finding))))
    place, about = _place_of(space, group, answer), _named(answer)
    matter = f"it must lead to {_told(group)}, whatever else is said, and does not"
    way_out = f"mend the rule on it, or {PLACE} under {named_as(group)}"
    topic = f"answer {about}"
    yield from shown_by(space, formula, Flaw("less", place, about, matter, way_out, topic=topic))


def _names(space: Space, rule: Rule, answer: Condition) -> bool:
    """Whether a rule names one of these answers at least."""
    wanted = {g for each in answer.comparisons() for g in possible_in(space.content, each)}
    named = {g for each in rule.when.comparisons() for g in possible_in(space.content, each)}
    return not wanted.isdisjoint(named)


def _told(group: Group) -> str:
    kind, level = group
    if kind in {"benefit", "note"}:
        return f"the {kind} '{level}'"
    names = {"doctor_first": "a reason to see a doctor first", "ending": "an ending"}
    return names.get(kind, f"a {kind} ({level})")


def _named(answer: Condition) -> str:
    """An answer in short, as `question = option`."""
    return " with ".join(_compared(each) for each in answer.comparisons())


def _compared(comparison: Comparison) -> str:
    match comparison:
        case OneOf(question, options):
            return f"{question} = {' or '.join(options)}"
        case _:
            limits = [str(value) for key, value in vars(comparison).items() if key != "question"]
            return f"{comparison.question} ({type(comparison).__name__} {limits[0]})"


def _place_of(space: Space, group: Group, answer: Condition) -> str:
    """The file whose rules ask about the question, those of the same kind first."""
    asked = {each.question for each in answer.comparisons()}
    rules = [
        (group_of(rule) != group, group_of(rule)[0] != group[0], at, rule.id)
        for at, rule in enumerate(space.content.rulebook.rules)
        if asked & {each.question for each in rule.when.comparisons()} or group_of(rule) == group
    ]
    return space.content.rulebook.places.get(min(rules)[3], "rules") if rules else "rules"


def _more(space: Space, promises: Promises, rule: Rule) -> Iterator[Flaw]:
    """A rule may apply to nobody but those of whom its kind and level is promised."""
    group = group_of(rule)
    promise = promises.led.get(group)
    promised = space.talk.holds(promise) if promise else any_of(())
    formula = all_of((space.talk.follows.found[rule.id], no(promised)))
    place = space.content.rulebook.places.get(rule.id, "rules")
    matter = f"{_told(group)} for people of whom {PLACE} promises none"
    way_out = f"mend its 'when' or its level, or add the answer there under {named_as(group)}"
    about = f"rule '{rule.id}'"
    flaw = Flaw("more", place, about, matter, way_out, topic=f"more {rule.id}")
    yield from shown_by(space, formula, flaw)


def _told_twice(space: Space) -> Iterator[Flaw]:
    """Two rules of a kind and level must not find the same answer."""
    for rule, other in combinations(space.content.rulebook.rules, 2):
        if group_of(rule) == group_of(other) and (both := _shared(space, rule, other)):
            found = space.talk.follows.found
            formula = all_of((found[rule.id], found[other.id], any_of(both)))
            place = space.content.rulebook.places.get(other.id, "rules")
            where = space.content.rulebook.places.get(rule.id, "rules")
            matter = f"it finds the same answer as '{rule.id}' ({where}), so people are told twice"
            topic = f"twice {' '.join(sorted((rule.id, other.id)))}"
            flaw = Flaw(
                "told twice", place, f"rule '{other.id}'", matter, "mend one 'when'", topic=topic
            )
            yield from shown_by(space, formula, flaw)


def _shared(space: Space, rule: Rule, other: Rule) -> list[Formula]:
    first, second = (
        {g for each in one.when.comparisons() for g in possible_in(space.content, each)}
        for one in (rule, other)
    )
    return [space.talk.heard.counts[ground] for ground in first & second]


def wrong_outcomes(space: Space, promises: Promises) -> Iterator[Flaw]:
    """The outcome is the most urgent that an answer promises; whatever else is said."""
    sooner: list[Formula] = []
    for outcome in OUTCOMES[:-1]:
        led = [when for group, when in promises.led.items() if outcome_of(group) == outcome]
        promised = any_of(space.talk.holds(when) for when in led)
        expected = all_of((promised, no(any_of(sooner))))
        sooner.append(promised)
        formula = differ(expected, space.talk.follows.outcome[outcome])
        about, matter = (
            f"outcome '{outcome}'",
            "people get it of whom it is not promised, or not those",
        )
        flaw = Flaw("wrong outcome", "rules", about, matter, "mend the rules that lead to it")
        yield from shown_by(space, formula, flaw)


def mild_warnings(space: Space) -> Iterator[Flaw]:
    """Every option of a warning list, but those that stand alone, sends people to a doctor."""
    urgent = any_of(space.talk.follows.outcome[each] for each in ("not_for_this_tool", *URGENT))
    for question in space.content.questions:
        for option in question.options:
            if question.id.startswith("warning_") and not option.exclusive:
                about = f"{question.id} = {option.id}"
                answer = space.talk.holds(Condition(((OneOf(question.id, (option.id,)),),)))
                matter = "a warning sign that sends nobody to a doctor"
                place, way_out = f"questionnaire/{question.place}", "write a rule for it"
                flaw = Flaw("mild warning", place, about, matter, way_out, topic=f"answer {about}")
                yield from shown_by(space, all_of((answer, no(urgent))), flaw)


def wrong_branches(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Everyone is asked what is promised, and nobody else is."""
    ended = space.talk.heard.ended
    for question in space.content.questions:
        asked = space.talk.heard.asked[question.id]
        wanted = space.talk.holds(promises.asked_when(question.id))
        place, about = f"questionnaire/{question.place}", f"question '{question.id}'"
        way_out = f"mend its 'when', or {PLACE} under [asked]"
        topic = f"asked {question.id}"
        for formula, matter in (
            (all_of((wanted, no(ended), no(asked))), "people whom it concerns are not asked"),
            (all_of((asked, no(wanted))), "people whom it does not concern are asked"),
        ):
            yield from shown_by(
                space, formula, Flaw("branch", place, about, matter, way_out, topic=topic)
            )


def wrong_endings(space: Space) -> Iterator[Flaw]:
    """The questions end where an ending is found, and nowhere else."""
    endings = [rule for rule in space.content.rulebook.rules if rule.kind == "ending"]
    found = any_of(space.talk.follows.found[rule.id] for rule in endings)
    ended = space.talk.heard.ended
    place = "rules/scope.toml"
    for formula, matter in (
        (all_of((found, no(ended))), "a person whom this is not for is asked on"),
        (all_of((ended, no(found))), "the questions end and nobody is told why"),
    ):
        way_out = "give the option 'ends' in its question and a rule of kind 'ending'"
        yield from shown_by(space, formula, Flaw("ending", place, "", matter, way_out))
