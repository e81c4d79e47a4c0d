"""Witnesses: example patients who show something, as small as can be.

The word of the solver is checked by the product: each example is asked and concluded from again by
`interview` and `rules`, which must say the same as the formulas.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from questionnaire.check.proof.flaw import Flaw
from questionnaire.check.proof.formula import Formula, Model, any_of, not_
from questionnaire.check.proof.solver import Solver
from questionnaire.check.proof.space import Interview, Space
from questionnaire.check.proof.symbolic import all_grounds, asks_for
from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import SKIPPED, Response, Said, ended, facts, relevant, visible
from rules import OUTCOMES, Answer, Comparison, Ground

Suspect = tuple[Formula, Flaw]
"""What would be wrong if there were a patient for whom the formula is true."""

IN_WORDS = "A few words"
IDLE = len(OUTCOMES) + 1
"""The rank of an answer on which no rule and no question rests."""


class ProofError(Exception):
    """The proof and the product say different things of one patient: a bug of ours."""


def smallest(space: Space, *wanted: Formula) -> Said | None:
    """The patient for whom all of this holds, with as few answers as can be; None: there is none.

    An interview that goes to the end is preferred.
    """
    wishes = [space.to_the_end, *left_out(space.interview)] if space.smallest else []
    model = smallest_model(space.solver, wishes, *wanted)
    return run_through(space.interview, model) if model else None


def smallest_model(solver: Solver, wishes: Iterable[Formula], *wanted: Formula) -> Model | None:
    """A model of what is wanted, made smaller greedily: each wish is fulfilled if it still can be.

    Where the wishes are to leave answers out, none remains that the example could do without.
    """
    with solver.asserting(*wanted):
        kept: list[Formula] = []
        model = solver.model_under(kept)
        for wish in wishes if model else ():
            if model and not model.holds(wish):
                better = solver.model_under([*kept, wish])
                if better is None:
                    continue
                model = better
            kept.append(wish)
        return model


def left_out(interview: Interview) -> Iterator[Formula]:
    """For each answer the wish to leave it out, beginning with those that lead to most."""
    ranks = ranks_of_answers(interview.content)
    last_first = list(interview.said)[::-1]  # of options with one rank, the first is kept longest
    for ground in sorted(last_first, key=lambda ground: ranks.get(ground, IDLE)):
        yield not_(interview.said[ground])


def ranks_of_answers(content: Content) -> Mapping[Ground, int]:
    """The rank of each answer on which something rests: that of its most urgent outcome."""
    rests = [(rule.when, OUTCOMES.index(rule.outcome)) for rule in content.rulebook.rules]
    rests += [(question.when, len(OUTCOMES)) for question in content.questions]
    ranks: dict[Ground, int] = {}
    for condition, rank in rests:
        for comparison in condition.comparisons():
            for ground in grounds_asked_for(content, comparison):
                ranks[ground] = min(rank, ranks.get(ground, IDLE))
    return ranks


def grounds_asked_for(content: Content, comparison: Comparison) -> Iterator[Ground]:
    """The answers that a comparison asks for; none where there is no such question."""
    for question in content.questions:
        if question.id == comparison.question:
            yield from (each for each in all_grounds(question) if asks_for(comparison, each.answer))


def run_through(interview: Interview, model: Model) -> Said:
    """What is said in a model; ProofError unless the product asks and concludes just the same."""
    said = said_under(interview, model)
    product = run_product(interview.content, said)
    rules = {rule for rule, formula in interview.follows.found.items() if model.holds(formula)}
    endings = {rule.id for rule in interview.content.rulebook.rules if rule.kind == "ending"}
    asked = {question for question, now in interview.flow.asked.items() if model.holds(now)}
    outcomes = {each for each, formula in interview.follows.outcome.items() if model.holds(formula)}
    _agree("questions", product.asked, asked)
    _agree("rules", product.found, rules & endings or rules)
    _agree("outcomes", {product.outcome}, outcomes)
    _agree("ends", {product.ended}, {model.holds(interview.flow.ended)})
    return {question: said[question] for question in said if question in asked}


@dataclass(frozen=True)
class Run:
    """What the product does when this is said: an oracle for the formulas."""

    asked: frozenset[str]
    counts: frozenset[Ground]
    found: frozenset[str]
    outcome: str
    ended: bool


def run_product(content: Content, said: Said) -> Run:
    """What the interview asks and counts, and what the rules conclude from it."""
    answers = facts(content.questions, said)
    conclusion = content.conclude(answers)
    return Run(
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


def said_under(interview: Interview, model: Model) -> Said:
    """What is said in a model, also to questions that are not asked."""
    said: dict[str, Response] = {}
    for question in interview.content.questions:
        given = [
            ground.answer
            for ground, formula in interview.said.items()
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
    """The flaws whose formula can be true, each with the smallest patient for whom it is.

    One call of the solver settles the usual case, that none of them can be.
    """
    suspects = list(suspects)
    if not space.can(any_of(formula for formula, _ in suspects)):
        return
    for formula, flaw in suspects:
        patient = smallest(space, formula)
        if patient is not None:
            yield replace(flaw, patient=patient, shown=distinctive(space, patient))


@lru_cache(maxsize=8)
def baseline(space: Space) -> frozenset[Ground]:
    """The answers of the smallest patient of all, with whom others are compared."""
    return frozenset(grounds_of(visible(space.content.questions, smallest(space) or {})))


def distinctive(space: Space, said: Said) -> str:
    """What is special about a patient: the answers that the baseline does not give."""
    answers = grounds_of(visible(space.content.questions, said))
    return in_short(each for each in answers if each not in baseline(space)) or "anyone"


def in_short(grounds: Iterable[Ground]) -> str:
    """Answers in short, as `question = option`."""
    return ", ".join(f"{each.question} = {each.answer}" for each in grounds)


def grounds_of(answers: Mapping[str, Answer]) -> Iterator[Ground]:
    """The answers taken apart: each option and each number by itself."""
    for question, answer in answers.items():
        for each in answer if isinstance(answer, tuple) else (answer,):
            yield Ground(question, each)
