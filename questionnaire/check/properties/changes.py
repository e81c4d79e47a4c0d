"""What may an answer change?  Two interviews side by side that differ in one question.

Everything else that was said is the same in both, also answers that only one of them asks for.
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
    mark,
    no,
)
from questionnaire.check.proof.promises import Promises
from questionnaire.check.proof.space import Space, Talk
from questionnaire.check.proof.symbolic import allowed, named, possible
from questionnaire.check.proof.witness import shown_by
from questionnaire.check.properties.reach import flaw_of
from questionnaire.content.question import Question
from rules import OUTCOMES, Condition, Ground, OneOf

CONCERNS = ("warning", "doctor_first", "caution")


def unsure_helps(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Changing an answer to "not sure", or skipping it, must not bring up a benefit."""
    for question in space.content.questions:
        words = [option.id for option in question.options if option.id in promises.unsure]
        for word in words:
            yield from _helped(space, question, f"the answer '{word}' to", word)
        if question.optional:
            yield from _helped(space, question, "skipping", None)


def _helped(space: Space, question: Question, what: str, word: str | None) -> Iterator[Flaw]:
    """The benefits that this answer, or none, brings up."""
    changed = {each: TRUE if each.answer == word else FALSE for each in possible(question)}
    other = space.talk.with_said(changed)
    gained = (
        (
            all_of((other.possible, other.shows(rule.id), no(space.talk.shows(rule.id)))),
            flaw_of(
                space, rule, "unsure", f"{what} '{question.id}' brings it up", f"more {rule.id}"
            ),
        )
        for rule in space.content.rulebook.rules
        if rule.kind == "benefit"
    )
    yield from shown_by(space, gained)


def soothing_signs(space: Space) -> Iterator[Flaw]:
    """One more warning sign or caution must not make the outcome milder."""
    for question in space.content.questions:
        worse = _worrying(space, question)
        if not worse:
            continue
        said = {each: mark(f"then {each.question}={each.answer}") for each in possible(question)}
        other = space.talk.with_said(said)
        formula = all_of(
            (_added(space, question, said, worse), other.possible, _milder(space.talk, other))
        )
        matter = "one more warning sign or caution in it makes the outcome milder"
        way_out = "mend the branch or the rules on it"
        flaw = Flaw("soothing", *question_at(question), matter, way_out)
        yield from shown_by(space, [(formula, flaw)])


def _worrying(space: Space, question: Question) -> frozenset[Ground]:
    """The answers to a question that a rule takes for a sign or a caution."""
    named = {
        (comparison.question, option)
        for rule in space.content.rulebook.rules
        if rule.kind in CONCERNS
        for comparison in rule.when.comparisons()
        if isinstance(comparison, OneOf)
        for option in comparison.options
    }
    return frozenset(each for each in possible(question) if (each.question, each.answer) in named)


def _added(
    space: Space, question: Question, then: Mapping[Ground, Formula], worse: frozenset[Ground]
) -> Formula:
    """The second interview has all signs that the first has, and some more."""
    before = space.talk.said
    kept = [implies(before[each], then[each]) for each in worse]
    gained = [all_of((then[each], no(before[each]))) for each in worse]
    same = [each for each in possible(question) if each not in worse]
    other = [implies(then[each], before[each]) for each in same]
    return all_of((*kept, *other, any_of(gained), allowed(question, then)))


def _milder(before: Talk, after: Talk) -> Formula:
    """The second interview leads to an outcome that stands later in the order."""
    return any_of(
        all_of((before.follows.outcome[sooner], after.follows.outcome[later]))
        for at, sooner in enumerate(OUTCOMES)
        for later in OUTCOMES[at + 1 :]
    )


def clinging_benefits(space: Space) -> Iterator[Flaw]:
    """A benefit goes when all the answers that it names are taken back."""
    for rule in space.content.rulebook.rules:
        if rule.kind == "benefit":
            other = space.talk.with_said(_taken_back(space, rule.when))
            formula = all_of((space.talk.follows.found[rule.id], other.follows.found[rule.id]))
            matter = "it stays when the answers that it names are taken back"
            flaw = flaw_of(space, rule, "clinging", matter, f"more {rule.id}")
            yield from shown_by(space, [(formula, flaw)])


def _taken_back(space: Space, when: Condition) -> Mapping[Ground, Formula]:
    """As `Condition.grounds`: without the answers in every row that holds."""
    changed = {}
    for ground, said in space.talk.said.items():
        rows = [
            Condition((row,))
            for row in when.alternatives
            if any(each.question == ground.question and named(each, ground.answer) for each in row)
        ]
        changed[ground] = all_of((said, no(any_of(space.talk.holds(row) for row in rows))))
    return changed
