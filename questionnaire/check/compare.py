"""Who gets another result from one content than from another, of all who can answer either.

One person answers both; each content hears what it asks.  A question that only one of them has is
answered for that one alone.  An answer that one of them does not offer is to that one a question
left open: whoever gives it is still compared, on all that they could say.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from questionnaire.answers.file import write_answers
from questionnaire.check.proof.formula import FALSE, Formula, Model, all_of, any_of, no
from questionnaire.check.proof.solver import Search
from questionnaire.check.proof.space import Talk, talk
from questionnaire.check.proof.symbolic import Marks, allowed, possible, said_freely
from questionnaire.check.proof.witness import run_through, smallest_model, told, without
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
    before, after = (talk(content, said_freely(content.questions)) for content in (old, new))
    always = (_answered(before, after.said), _answered(after, before.said))
    search = Search(always)
    wishes = tuple(dict.fromkeys((*without(after), *without(before))))
    nobody = _shown(before, after, smallest_model(search, wishes))
    for matter, formula in _suspects(before, after):
        if model := smallest_model(search, wishes, formula):
            special = [each for each in _shown(before, after, model) if each not in nobody]
            said = run_through(before, model), run_through(after, model)
            yield Difference(matter, told(special) or "anyone", *said)


def _shown(before: Talk, after: Talk, model: Model | None) -> tuple[Ground, ...]:
    """The answers in a model that count in either content."""
    sooner, later = before.heard.counts, after.heard.counts
    return tuple(
        ground
        for ground in dict.fromkeys((*sooner, *later))
        if model and any(model.holds(each.get(ground, FALSE)) for each in (sooner, later))
    )


def _answered(own: Talk, others: Marks) -> Formula:
    """Every answer is one that its question takes, and no question is open that offers one."""
    questions = own.content.questions
    foreign = {each: formula for each, formula in others.items() if each not in own.said}
    open_questions = (
        all_of((own.heard.asked[question.id], no(any_of(_given(own, foreign, question.id)))))
        for question in questions
        if not question.optional and question.kind != "text"
    )
    stopped = (own.heard.ended, own.follows.outcome["emergency"])
    taken = (allowed(question, own.said) for question in questions)
    return all_of((*taken, any_of((*stopped, no(any_of(open_questions))))))


def _given(own: Talk, foreign: Marks, question: str) -> list[Formula]:
    said = {**own.said, **foreign}
    return [formula for each, formula in said.items() if each.question == question]


def _suspects(before: Talk, after: Talk) -> Iterator[tuple[str, Formula]]:
    """What may differ, with the formula of whom it does; what cannot, for it is the same, is not
    among them.
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
            yield f"{thing} is new to some people", all_of((now, no(was)))
            yield f"{thing} is gone for some people", all_of((was, no(now)))


def _things(one: Talk) -> Mapping[str, Formula]:
    """What people are asked and what is found, by its name: a rule with its kind and level.

    What is shown of it follows from the outcome, which is told by itself.
    """
    things = {f"question '{question}'": asked for question, asked in one.heard.asked.items()}
    for rule in one.content.rulebook.rules:
        level = f" ({rule.level})" if rule.level else ""
        things[f"{rule.kind} '{rule.id}'{level}"] = one.follows.found[rule.id]
    return things


def _other_answers(old: Content, new: Content) -> Iterator[str]:
    """Questions of both that may be answered otherwise than before."""
    before = {question.id: question for question in old.questions}
    for question in new.questions:
        if question.id in before and _takes(before[question.id]) != _takes(question):
            yield f"question '{question.id}' takes other answers"


def _takes(question: Question) -> tuple[object, ...]:
    alone = tuple(option.id for option in question.options if option.exclusive)
    return question.kind, frozenset(possible(question)), alone, question.optional, question.longest


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
                "before": each.before and json.loads(write_answers(old, each.before)),
                "after": each.after and json.loads(write_answers(new, each.after)),
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
                yield f"{number:02}-{name}.json", write_answers(content, said)
