"""Searches over pairs of interviews: what does another answer to one question change?

All other answers are the same in both, even where only one of the two asks for them.
"""

from collections.abc import Iterator, Mapping

from questionnaire.check.proof.flaw import Flaw, question_at
from questionnaire.check.proof.formula import (
    FALSE,
    TRUE,
    Formula,
    all_of,
    any_of,
    implies,
    not_,
    variable,
)
from questionnaire.check.proof.promises import Promises
from questionnaire.check.proof.space import Interview, Space
from questionnaire.check.proof.symbolic import all_grounds, allowed, asks_for
from questionnaire.check.proof.witness import Suspect, shown_by
from questionnaire.check.properties.reach import flaw_of_rule
from questionnaire.content.question import Question
from rules import OUTCOMES, Condition, Ground, OneOf

CONCERNS = ("warning", "doctor_first", "caution")


def unsure_helps(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Benefits that come up when an answer is changed to "not sure", or is skipped."""
    for question in space.content.questions:
        for word in _unsure(question, promises):
            what = f"the answer '{word}' to" if word else "skipping"
            yield from _helped(space, question, what, word)


def _helped(space: Space, question: Question, what: str, word: str | None) -> Iterator[Flaw]:
    """The benefits that come up when the answer is changed to this option, or to none."""
    changed = {each: TRUE if each.answer == word else FALSE for each in all_grounds(question)}
    other = space.interview.with_said(changed)
    possible, found = other.possible, space.interview.follows.found
    gained = (
        (
            all_of((possible, other.follows.found[rule.id], not_(found[rule.id]))),
            flaw_of_rule(
                space, rule, "unsure", f"{what} '{question.id}' brings it up", f"more {rule.id}"
            ),
        )
        for rule in space.content.rulebook.rules
        if rule.kind == "benefit"
    )
    yield from shown_by(space, gained)


def unsure_soothes(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Questions in which "not sure", or skipping, makes the outcome milder.

    With `unsure_helps` this means that no benefit is shown either that was held back before.
    """
    suspects = (
        _soothed(space, promises, question, word)
        for question in space.content.questions
        for word in _unsure(question, promises)
    )
    yield from shown_by(space, suspects)


def _unsure(question: Question, promises: Promises) -> Iterator[str | None]:
    """Its options that say "not sure", and None where it may be skipped."""
    yield from (option.id for option in question.options if option.id in promises.unsure)
    if question.optional:
        yield None


def _soothed(space: Space, promises: Promises, question: Question, word: str | None) -> Suspect:
    """The outcome is milder when the answer is changed to this option, or to none."""
    before = space.interview.said
    changed = {each: TRUE if each.answer == word else FALSE for each in all_grounds(question)}
    other = space.interview.with_said(changed)
    graver = any_of(before[each] for each in _graver(promises, question))
    formula = all_of((not_(graver), other.possible, _milder(space.interview, other)))
    what = f"the answer '{word}'" if word else "skipping it"
    way_out = "give it a rule, or list the answers that lead to more under [graver_than_unsure]"
    flaw = Flaw("unsure", *question_at(question), f"{what} makes the outcome milder", way_out)
    return formula, flaw


def _graver(promises: Promises, question: Question) -> Iterator[Ground]:
    """The answers that lead to more than not being sure does: every sign in a list of signs."""
    listed = promises.graver_than_unsure.get(question.id, ())
    signs = question.id.startswith("warning_")
    for option in question.options:
        is_sign = signs and not option.exclusive and option.id not in promises.unsure
        if is_sign or option.id in listed:
            yield Ground(question.id, option.id)


def soothing_signs(space: Space) -> Iterator[Flaw]:
    """Questions in which one more warning sign or caution makes the outcome milder."""
    for question in space.content.questions:
        worse = _worrying(space, question)
        if not worse:
            continue
        said = {
            each: variable(f"then {each.question}={each.answer}") for each in all_grounds(question)
        }
        other = space.interview.with_said(said)
        formula = all_of(
            (_added(space, question, said, worse), other.possible, _milder(space.interview, other))
        )
        matter = "one more warning sign or caution in it makes the outcome milder"
        way_out = "mend the branch or the rules on it"
        flaw = Flaw("soothing", *question_at(question), matter, way_out)
        yield from shown_by(space, [(formula, flaw)])


def _worrying(space: Space, question: Question) -> frozenset[Ground]:
    """The answers to a question that some rule takes for a warning sign or a caution."""
    named = {
        (comparison.question, option)
        for rule in space.content.rulebook.rules
        if rule.kind in CONCERNS
        for comparison in rule.when.comparisons()
        if isinstance(comparison, OneOf)
        for option in comparison.options
    }
    return frozenset(
        each for each in all_grounds(question) if (each.question, each.answer) in named
    )


def _added(
    space: Space, question: Question, then: Mapping[Ground, Formula], worse: frozenset[Ground]
) -> Formula:
    """The second interview has all signs that the first has, and some more.

    Whatever else may stand beside them stays too; an ending is no answer that a sign is added to.
    """
    before, going = space.interview.said, not_(space.interview.flow.ended)
    beside = {
        Ground(question.id, each.id)
        for each in question.options
        if question.kind == "many" and not each.exclusive
    }
    kept = [implies(before[each], then[each]) for each in worse]
    gained = [all_of((then[each], not_(before[each]))) for each in worse]
    same = [each for each in all_grounds(question) if each not in worse]
    other = [implies(then[each], before[each]) for each in same]
    stays = [implies(before[each], then[each]) for each in same if each in beside]
    return all_of((going, *kept, *other, *stays, any_of(gained), allowed(question, then)))


def _milder(before: Interview, after: Interview) -> Formula:
    """The second interview leads to an outcome that stands later in the order."""
    return any_of(
        all_of((before.follows.outcome[sooner], after.follows.outcome[later]))
        for at, sooner in enumerate(OUTCOMES)
        for later in OUTCOMES[at + 1 :]
    )


def clinging_benefits(space: Space) -> Iterator[Flaw]:
    """Benefits that stay when all the answers that they name are taken back."""
    for rule in space.content.rulebook.rules:
        if rule.kind == "benefit":
            other = space.interview.with_said(_taken_back(space, rule.when))
            formula = all_of((space.interview.follows.found[rule.id], other.follows.found[rule.id]))
            matter = "it stays when the answers that it names are taken back"
            flaw = flaw_of_rule(space, rule, "clinging", matter, f"more {rule.id}")
            yield from shown_by(space, [(formula, flaw)])


def _taken_back(space: Space, when: Condition) -> Mapping[Ground, Formula]:
    """What is said without the grounds: the answers in every row that holds, as they are found by
    `Condition.grounds`.
    """
    changed = {}
    for ground, said in space.interview.said.items():
        rows = [
            Condition((row,))
            for row in when.alternatives
            if any(
                each.question == ground.question and asks_for(each, ground.answer) for each in row
            )
        ]
        changed[ground] = all_of((said, not_(any_of(space.interview.holds(row) for row in rows))))
    return changed
