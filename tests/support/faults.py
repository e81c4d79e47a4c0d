"""Faults sown into a copy of our content: each changes one rule or one question, in memory."""

from dataclasses import dataclass, replace

from questionnaire.content.content import Content
from questionnaire.content.question import Option
from rules import ALWAYS, OUTCOME_OF, AtLeast, Below, ChosenAtLeast, Condition, OneOf


@dataclass(frozen=True)
class Fault:
    """Where it is, what was done there, and the content with it."""

    where: str
    what: str
    content: Content

    def __str__(self):
        return f"{self.where}: {self.what}"


def in_rules(content):
    """Every fault of every rule."""
    for rule in content.rulebook.rules:
        for what, *instead in changes_of(content, rule):
            rules = [
                each
                for there in content.rulebook.rules
                for each in (instead if there is rule else [there])
            ]
            rulebook = replace(content.rulebook, rules=tuple(rules))
            yield Fault(rule.id, what, replace(content, rulebook=rulebook))


def changes_of(content, rule):
    yield ("deleted",)
    yield "duplicated", rule, replace(rule, id=f"{rule.id}_again")
    for kind, level in OUTCOME_OF:
        if kind == rule.kind and level != rule.level:
            yield f"level {level}", replace(rule, level=level)
    for what, when in other_conditions(content.questions, rule.when):
        yield what, replace(rule, when=when)
    for question in content.questions:
        if any(option.id == "unsure" for option in question.options):
            unsure = (OneOf(question.id, ("unsure",)),)
            if unsure[0] not in rule.when.comparisons():
                when = Condition((*rule.when.alternatives, unsure))
                yield f"also on unsure: {question.id}", replace(rule, when=when)


def other_conditions(questions, when):
    """The condition made narrower or wider by one step, in every way."""
    rows = when.alternatives
    yield "narrower: by self", Condition(tuple((*r, OneOf("answered_by", ("self",))) for r in rows))
    for at, row in enumerate(rows):
        before, after = rows[:at], rows[at + 1 :]
        if len(rows) > 1:
            yield f"narrower: no part {at + 1}", Condition((*before, *after))
        for place, comparison in enumerate(row):
            rest = (row[:place], row[place + 1 :])
            if len(row) > 1:
                yield (
                    f"wider: whatever {comparison.question}",
                    Condition((*before, (*rest[0], *rest[1]), *after)),
                )
            for what, other in other_comparisons(questions, comparison):
                yield what, Condition((*before, (*rest[0], other, *rest[1]), *after))


def other_comparisons(questions, comparison):
    match comparison:
        case OneOf(question, options):
            offered = next(each.options for each in questions if each.id == question)
            for option in options if len(options) > 1 else ():
                fewer = tuple(each for each in options if each != option)
                yield f"narrower: not {option}", OneOf(question, fewer)
            for option in offered:
                if option.id not in options:
                    yield f"wider: or {option.id}", OneOf(question, (*options, option.id))
        case Below(question, limit):
            yield "narrower: one below", Below(question, limit - 1)
            yield "wider: one above", Below(question, limit + 1)
        case AtLeast(question, limit):
            yield "narrower: one above", AtLeast(question, limit + 1)
            yield "wider: one below", AtLeast(question, limit - 1)
        case ChosenAtLeast(question, count):
            yield "narrower: one more", ChosenAtLeast(question, count + 1)
            yield "wider: one fewer", ChosenAtLeast(question, count - 1)


def in_questions(content):
    """Every fault of every question."""
    for question in content.questions:
        for what, instead in changes_of_question(content, question):
            questions = tuple(instead if q is question else q for q in content.questions)
            yield Fault(question.id, what, replace(content, questions=questions))


def changes_of_question(content, question):
    if question.when != ALWAYS:
        yield "asked of everyone", replace(question, when=ALWAYS)
        for what, when in other_conditions(content.questions, question.when):
            yield what, replace(question, when=when)
    if question.kind in {"many", "text"}:
        yield "optional or not", replace(question, optional=not question.optional)
    for option in question.options:
        yield f"without {option.id}", with_option(question, option, None)
        yield (
            f"ends or not: {option.id}",
            with_option(question, option, replace(option, ends=not option.ends)),
        )
        if question.kind == "many":
            other = replace(option, exclusive=not option.exclusive)
            yield f"exclusive or not: {option.id}", with_option(question, option, other)
        new = Option(f"{option.id}_too", "New")
        yield f"new option after {option.id}", with_option(question, option, option, new)


def with_option(question, option, *instead):
    options = (each for o in question.options for each in (instead if o is option else [o]))
    return replace(question, options=tuple(option for option in options if option))
