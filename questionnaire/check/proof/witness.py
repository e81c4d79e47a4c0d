"""Example patients: the smallest that shows something, run through the product itself.

Nothing is told of formulas alone: whatever the solver comes up with is asked and concluded again
by `interview` and `rules`, which must say the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from questionnaire.check.proof.flaw import Flaw
from questionnaire.check.proof.formula import Formula, Model, any_of, no
from questionnaire.check.proof.solver import Search
from questionnaire.check.proof.space import Space, Talk
from questionnaire.check.proof.symbolic import named, possible
from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import SKIPPED, Response, Said, ended, facts, relevant, visible
from rules import OUTCOMES, Answer, Comparison, Ground

Suspect = tuple[Formula, Flaw]
"""What would be wrong if there were a patient of whom the formula holds."""

IN_WORDS = "A few words"
SILENT = len(OUTCOMES) + 1
"""The weight of an answer that no rule and no question rests on."""


class ProofError(Exception):
    """The proof and the product say different things of one patient: a bug of ours."""


def smallest(space: Space, *wanted: Formula) -> Said | None:
    """The patient of whom all of this holds with the fewest telling answers; None: there is none.

    An interview to the end is preferred.
    """
    wishes = [space.to_the_end, *without(space.talk)] if space.smallest else []
    model = smallest_model(space.search, wishes, *wanted)
    return run_through(space.talk, model) if model else None


def smallest_model(search: Search, wishes: Iterable[Formula], *wanted: Formula) -> Model | None:
    """A model of what is wanted that fulfils each wish, one after the other, if it still can.

    The wishes are to take answers back: none is left that the example could do without.
    """
    with search.given(*wanted):
        kept: list[Formula] = []
        model = search.under(kept)
        for wish in wishes if model else ():
            if model and not model.holds(wish):
                better = search.under([*kept, wish])
                if better is None:
                    continue
                model = better
            kept.append(wish)
        return model


def without(talk: Talk) -> Iterator[Formula]:
    """Each answer left out, the most telling first."""
    weights = telling(talk.content)
    last_first = list(talk.said)[::-1]  # of answers alike, the first of a list is kept
    for ground in sorted(last_first, key=lambda ground: weights.get(ground, SILENT)):
        yield no(talk.said[ground])


def telling(content: Content) -> Mapping[Ground, int]:
    """How much each answer leads to, the most urgent outcome first; those that nothing rests on
    are not there.
    """
    rests = [(rule.when, OUTCOMES.index(rule.outcome)) for rule in content.rulebook.rules]
    rests += [(question.when, len(OUTCOMES)) for question in content.questions]
    weights: dict[Ground, int] = {}
    for condition, weight in rests:
        for comparison in condition.comparisons():
            for ground in possible_in(content, comparison):
                weights[ground] = min(weight, weights.get(ground, SILENT))
    return weights


def possible_in(content: Content, comparison: Comparison) -> Iterator[Ground]:
    """The answers that a comparison asks for; none where there is no such question."""
    for question in content.questions:
        if question.id == comparison.question:
            yield from (each for each in possible(question) if named(comparison, each.answer))


def run_through(talk: Talk, model: Model) -> Said:
    """What is said in a model; ProofError unless the product asks and concludes the same of it."""
    said = said_in(talk, model)
    product = told_by_product(talk.content, said)
    rules = {rule for rule, formula in talk.follows.found.items() if model.holds(formula)}
    endings = {rule.id for rule in talk.content.rulebook.rules if rule.kind == "ending"}
    asked = {question for question, now in talk.heard.asked.items() if model.holds(now)}
    outcomes = {each for each, formula in talk.follows.outcome.items() if model.holds(formula)}
    _agree("questions", product.asked, asked)
    _agree("rules", product.found, rules & endings or rules)
    _agree("outcomes", {product.outcome}, outcomes)
    _agree("ends", {product.ended}, {model.holds(talk.heard.ended)})
    return {question: said[question] for question in said if question in asked}


@dataclass(frozen=True)
class Told:
    """What the product makes of what was said."""

    asked: frozenset[str]
    counts: frozenset[Ground]
    found: frozenset[str]
    outcome: str
    ended: bool


def told_by_product(content: Content, said: Said) -> Told:
    """What the interview asks and counts, and what the rules conclude."""
    answers = facts(content.questions, said)
    conclusion = content.conclude(answers)
    return Told(
        frozenset(question.id for question in relevant(content.questions, said)),
        frozenset(grounds_of(answers)),
        frozenset(finding.rule.id for finding in conclusion.findings),
        conclusion.outcome,
        ended(content.questions, said),
    )


def _agree(matter: str, product: Collection[object], proof: Collection[object]) -> None:
    if set(product) != set(proof):
        doubtful = ", ".join(sorted(map(str, set(product) ^ set(proof))))
        raise ProofError(f"The proof and the product disagree on {matter}: {doubtful}.")


def said_in(talk: Talk, model: Model) -> Said:
    """What is said in a model, also of questions that are not asked."""
    said: dict[str, Response] = {}
    for question in talk.content.questions:
        given = [
            ground.answer
            for ground, formula in talk.said.items()
            if ground.question == question.id and model.holds(formula)
        ]
        if given or question.optional:
            said[question.id] = _answer(question, given) if given else SKIPPED
        elif question.kind == "text":
            said[question.id] = IN_WORDS
    return said


def _answer(question: Question, given: list[str | int]) -> Answer:
    if question.kind == "many":
        return tuple(str(each) for each in given)
    return given[0]


def shown_by(space: Space, suspects: Iterable[Suspect]) -> Iterator[Flaw]:
    """The flaws of which the formula can hold, each with the smallest patient of whom it does.

    That none of them can is decided in one go.
    """
    suspects = list(suspects)
    if not space.can(any_of(formula for formula, _ in suspects)):
        return
    for formula, flaw in suspects:
        patient = smallest(space, formula)
        if patient is not None:
            yield replace(flaw, patient=patient, shown=shown(space, patient))


@lru_cache(maxsize=8)
def quietest(space: Space) -> frozenset[Ground]:
    """The answers of the patient of whom there is least to tell."""
    return frozenset(grounds_of(visible(space.content.questions, smallest(space) or {})))


def shown(space: Space, said: Said) -> str:
    """What is special about a patient: the answers that the quietest of all does not give."""
    counting = visible(space.content.questions, said)
    return told(each for each in grounds_of(counting) if each not in quietest(space)) or "anyone"


def told(grounds: Iterable[Ground]) -> str:
    """Answers in short."""
    return ", ".join(f"{each.question} = {each.answer}" for each in grounds)


def grounds_of(answers: Mapping[str, Answer]) -> Iterator[Ground]:
    """The single answers in what was answered."""
    for question, answer in answers.items():
        for each in answer if isinstance(answer, tuple) else (answer,):
            yield Ground(question, each)
