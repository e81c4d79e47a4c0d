"""Compare two contents: who gets another result from the new one, of all who can answer either.

One person answers both, and each content takes the answers to its own questions.  To a content that
does not offer the answer given, the question is left open; whoever gives that answer is compared
all the same, on everything else.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from questionnaire.answers.file import answers_of
from questionnaire.check.proof.formula import FALSE, Formula, Model, all_of, any_of, not_
from questionnaire.check.proof.solver import Solver
from questionnaire.check.proof.space import Interview, interview
from questionnaire.check.proof.symbolic import (
    Given,
    all_grounds,
    allowed,
    anything_said,
)
from questionnaire.check.proof.witness import (
    in_short,
    left_out,
    run_through,
    smallest_model,
)
from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.flow import Said
from questionnaire.system.json import json_file
from rules import OUTCOMES, Ground

FORMAT = "acuscreen-compare/1"


@dataclass(frozen=True)
class Difference:
    """One thing that changes for some people; `before` and `after` are one patient's answers."""

    matter: str
    shown: str = ""
    before: Said | None = None
    after: Said | None = None

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.matter}." + (f" Shown by: {self.shown}." if self.shown else "")


def differences(old: Content, new: Content) -> Iterator[Difference]:
    """Everything that some people get from one content and not from the other."""
    for matter in _other_answers(old, new):
        yield Difference(matter)
    before, after = (interview(content, anything_said(content.questions)) for content in (old, new))
    always = (_answered(before, after.said), _answered(after, before.said))
    solver = Solver(always)
    wishes = tuple(dict.fromkeys((*left_out(after), *left_out(before))))
    baseline = _counting(before, after, smallest_model(solver, wishes))
    for matter, formula in _suspects(before, after):
        if model := smallest_model(solver, wishes, formula):
            answers = _counting(before, after, model)
            special = [each for each in answers if each not in baseline]
            said = run_through(before, model), run_through(after, model)
            yield Difference(matter, in_short(special) or "anyone", *said)


def _counting(before: Interview, after: Interview, model: Model | None) -> tuple[Ground, ...]:
    """The answers in a model that count in either content."""
    sooner, later = before.flow.counts, after.flow.counts
    return tuple(
        ground
        for ground in dict.fromkeys((*sooner, *later))
        if model and any(model.holds(each.get(ground, FALSE)) for each in (sooner, later))
    )


def _answered(own: Interview, others: Given) -> Formula:
    """Every answer is one that its question takes, and no question is open that has an answer."""
    questions = own.content.questions
    foreign = {each: formula for each, formula in others.items() if each not in own.said}
    open_questions = (
        all_of((own.flow.asked[question.id], not_(any_of(_given(own, foreign, question.id)))))
        for question in questions
        if not question.optional and question.kind != "text"
    )
    stopped = (own.flow.ended, own.follows.outcome["emergency"])
    taken = (allowed(question, own.said) for question in questions)
    return all_of((*taken, any_of((*stopped, not_(any_of(open_questions))))))


def _given(own: Interview, foreign: Given, question: str) -> list[Formula]:
    said = {**own.said, **foreign}
    return [formula for each, formula in said.items() if each.question == question]


def _suspects(before: Interview, after: Interview) -> Iterator[tuple[str, Formula]]:
    """What may differ, each with the formula of those for whom it does.

    Equal formulas are one object (`formula`): where both contents have the same, nothing differs.
    """
    for sooner in OUTCOMES:
        for later in OUTCOMES:
            if sooner != later:
                matter = f"the outcome was '{sooner}' and is '{later}'"
                pair = (before.follows.outcome[sooner], after.follows.outcome[later])
                yield matter, all_of(pair)
    old, new = _things(before), _things(after)
    for thing in dict.fromkeys((*old, *new)):
        was, now = old.get(thing, any_of(())), new.get(thing, any_of(()))
        if was is not now:
            yield f"{thing} is new to some people", all_of((now, not_(was)))
            yield f"{thing} is gone for some people", all_of((was, not_(now)))


def _things(one: Interview) -> Mapping[str, Formula]:
    """What people are asked and what is found, by its name: of a rule with its kind and level.

    Whether a benefit is shown follows from the outcome, which is compared by itself.
    """
    things = {f"question '{question}'": asked for question, asked in one.flow.asked.items()}
    for rule in one.content.rulebook.rules:
        level = f" ({rule.level})" if rule.level else ""
        things[f"{rule.kind} '{rule.id}'{level}"] = one.follows.found[rule.id]
    return things


def _other_answers(old: Content, new: Content) -> Iterator[str]:
    """Questions of both contents to which the possible answers have changed."""
    before = {question.id: question for question in old.questions}
    for question in new.questions:
        if question.id in before and _takes(before[question.id]) != _takes(question):
            yield f"question '{question.id}' takes other answers"


def _takes(question: Question) -> tuple[object, ...]:
    alone = tuple(option.id for option in question.options if option.exclusive)
    return (
        question.kind,
        frozenset(all_grounds(question)),
        alone,
        question.optional,
        question.longest,
    )


def to_text(found: Sequence[Difference]) -> str:
    """A line for each difference."""
    return "".join(f"{each.line}\n" for each in found) or "Everyone gets the same from both.\n"


def to_json(old: Content, new: Content, found: Sequence[Difference]) -> bytes:
    """The same for programs, with each patient's answers to both."""
    table = {
        "format": FORMAT,
        "old": vars(old.stamp),
        "new": vars(new.stamp),
        "differences": [
            {
                "matter": each.matter,
                "shown": each.shown,
                "before": each.before and json.loads(answers_of(old, each.before)),
                "after": each.after and json.loads(answers_of(new, each.after)),
            }
            for each in found
        ],
    }
    return json_file(table)


def examples(
    old: Content, new: Content, found: Sequence[Difference]
) -> Iterator[tuple[str, bytes]]:
    """The answers files of each patient, by name: one for each content."""
    for number, each in enumerate(found, 1):
        for name, content, said in (("old", old, each.before), ("new", new, each.after)):
            if said is not None:
                yield f"{number:02}-{name}.json", answers_of(content, said)
