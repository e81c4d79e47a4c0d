"""Reachability: is there an interview for every question, answer, rule and outcome?

Each example is run through the product and settles everything that it reaches, so few are needed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from questionnaire.check.proof.flaw import Flaw, question_at, rule_at
from questionnaire.check.proof.formula import TRUE, Formula, Model, any_of, not_, xor
from questionnaire.check.proof.promises import group_of
from questionnaire.check.proof.space import Space
from questionnaire.check.proof.symbolic import all_grounds
from questionnaire.check.proof.witness import Run, run_product, run_through
from questionnaire.content.question import Question
from rules import Comparison, Condition, OneOf, Rule

TOGETHER = 16
"""Goals that one example is asked to reach at once, to begin with."""


@dataclass(frozen=True)
class Goal:
    """Something that must be reached: as a formula, and as seen in a run of the product.  Where
    it cannot be, that is the flaw.
    """

    formula: Formula
    reached: Callable[[Run], bool]
    flaw: Flaw


def unreachable(space: Space) -> Iterator[Flaw]:
    """What no interview reaches.  Many goals are tried at once; where that fails, half of them."""
    goals = [*_of_rules(space), *_of_answers(space), *_of_questions(space), *_of_outcomes(space)]
    while goals:
        wanted, model = goals[:TOGETHER], None
        while wanted and not (model := space.model(*(goal.formula for goal in wanted))):
            wanted = wanted[: len(wanted) // 2]
        if model is None:
            yield goals.pop(0).flaw
            continue
        run = run_product(space.content, run_through(space.interview, model))
        goals = [goal for goal in goals[len(wanted) :] if not goal.reached(run)]


def _of_questions(space: Space) -> Iterator[Goal]:
    for question in space.content.questions:
        yield Goal(
            space.interview.flow.asked[question.id],
            lambda run, asked=question.id: asked in run.asked,  # type: ignore[misc]
            _flaw_of_question(
                question, "nobody is ever asked it", "mend its 'when', or take it out"
            ),
        )


def _of_answers(space: Space) -> Iterator[Goal]:
    place = {each: at for q in space.content.questions for at, each in enumerate(all_grounds(q))}
    counts = space.interview.flow.counts
    for ground in sorted(
        counts, key=lambda ground: place[ground]
    ):  # one a question: so they fit together
        matter = f"nobody can ever answer '{ground.answer}'"
        yield Goal(
            counts[ground],
            lambda run, ground=ground: ground in run.counts,  # type: ignore[misc]
            _flaw_of_question(space.content.question(ground.question), matter, "mend its 'when'"),
        )


def _flaw_of_question(question: Question, matter: str, way_out: str) -> Flaw:
    topic = f"asked {question.id}"
    return Flaw("unreachable", *question_at(question), matter, way_out, topic=topic)


def _of_rules(space: Space) -> Iterator[Goal]:
    found, ended = space.interview.follows.found, space.interview.flow.ended
    for rule in space.content.rulebook.rules:
        silent = not_(any_of((found[rule.id], *([ended] if rule.kind != "ending" else []))))
        yield Goal(
            silent,
            lambda run, rule=rule.id: rule not in run.found,  # type: ignore[misc]
            flaw_of_rule(space, rule, "unreachable", "it applies to everyone", f"fires {rule.id}"),
        )
    for rule in space.content.rulebook.rules:
        yield Goal(
            found[rule.id],
            lambda run, rule=rule.id: rule in run.found,  # type: ignore[misc]
            flaw_of_rule(space, rule, "unreachable", "it can never apply", f"fires {rule.id}"),
        )


def _of_outcomes(space: Space) -> Iterator[Goal]:
    for outcome, formula in space.interview.follows.outcome.items():
        matter, way_out = "nobody ever gets it", "give a rule a level that leads to it"
        yield Goal(
            formula,
            lambda run, outcome=outcome: run.outcome == outcome,  # type: ignore[misc]
            Flaw("unreachable", "rules/outcomes.toml", f"outcome '{outcome}'", matter, way_out),
        )


def flaw_of_rule(space: Space, rule: Rule, sort: str, matter: str, topic: str = "") -> Flaw:
    """A flaw of a rule that is mended by another condition."""
    where = rule_at(space.content.rulebook, rule)
    return Flaw(sort, *where, matter, "mend its 'when', or take the rule out", topic=topic)


def idle_answers(space: Space) -> Iterator[Flaw]:
    """Answers for which a rule or a question asks, and which never make a difference to it."""
    for rule in space.content.rulebook.rules:
        for idle in _idle(space, rule.when, TRUE):
            yield flaw_of_rule(space, rule, "idle answer", idle, f"fires {rule.id}")
    for question in space.content.questions:
        for idle in _idle(space, question.when, space.interview.flow.going[question.id]):
            yield replace(_flaw_of_question(question, idle, "mend its 'when'"), sort="idle answer")


def _idle(space: Space, when: Condition, going: Formula) -> Iterator[str]:
    whole = space.interview.holds(when)
    for at, without, named in _narrowed(when):
        if not space.can(going, xor(whole, space.interview.holds(without))):
            yield f"'{named}' in part {at} of its 'when' makes no difference"


def _narrowed(condition: Condition) -> Iterator[tuple[int, Condition, str]]:
    """The condition without one option, or without one part, and what was left out."""
    rows = condition.alternatives
    for at, row in enumerate(rows):
        for place, comparison in enumerate(row):
            for fewer, named in _without_one(comparison):
                changed = (*row[:place], fewer, *row[place + 1 :]) if fewer else None
                kept = (*rows[:at], *([changed] if changed else []), *rows[at + 1 :])
                yield at + 1, Condition(kept), named


def _without_one(comparison: Comparison) -> Iterator[tuple[Comparison | None, str]]:
    if not isinstance(comparison, OneOf) or len(comparison.options) == 1:
        yield None, comparison.question
        return
    for option in comparison.options:
        fewer = tuple(each for each in comparison.options if each != option)
        yield replace(comparison, options=fewer), f"{comparison.question} = {option}"


def same_rules(space: Space) -> Iterator[Flaw]:
    """Two rules of a kind that apply to just the same people.

    An example that tells two rules apart is kept, as it tells other pairs apart as well: few are
    left for the solver.
    """
    found = space.interview.follows.found
    rules = list(space.content.rulebook.rules)
    models: list[Model] = []
    while rules:
        rule = rules.pop(0)
        alike = [each for each in rules if _kind(each) == _kind(rule)]
        while alike := [e for e in alike if _agree_in(models, found[e.id], found[rule.id])]:
            model = space.model(xor(found[rule.id], found[alike[0].id]))
            if model is None:
                yield _same(space, rule, alike.pop(0))
            else:
                models.append(model)


def _agree_in(models: Sequence[Model], formula: Formula, other: Formula) -> bool:
    return all(model.holds(formula) == model.holds(other) for model in models)


def _kind(rule: Rule) -> tuple[str, str, str]:
    kind, level = group_of(rule)
    return (kind, level if rule.level else "", rule.about)


def _same(space: Space, rule: Rule, other: Rule) -> Flaw:
    rulebook = space.content.rulebook
    place = rulebook.place_of(rule)
    matter = f"it applies to just the people to whom '{rule.id}' ({place}) applies"
    topic = f"twice {' '.join(sorted((rule.id, other.id)))}"
    where = rule_at(rulebook, other)
    return Flaw("same rule", *where, matter, "keep one of the two", topic=topic)
