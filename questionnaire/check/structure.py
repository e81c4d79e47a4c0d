"""What is wrong with the structure of the content: names, sources, and what nothing rests on.

Static checks: they need no answers.  What follows from answers is proved in `properties`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from questionnaire.check.edition import EXCEPTIONS, Edition
from questionnaire.check.proof.flaw import Flaw, Where, question_at, rule_at
from questionnaire.check.proof.promises import PLACE, Promises, named_as
from questionnaire.check.proof.symbolic import asks_for
from questionnaire.content.question import Option, Question
from rules import REFERENCE, ChosenAtLeast, Comparison, Condition, OneOf

OLDEST = 730
"""Days: a source must be looked at again every two years."""

MOST_PARTS = 12
"""A rule of more parts is really several rules; the engine would take 28."""

Use = tuple[tuple[bool, ...], bool, bool]
"""All that an option is used for: which comparisons ask for it, whether it stands alone, and
whether it ends the questions.  A comparison that counts options tells none from another.
"""


def _conditions(edition: Edition) -> Iterator[tuple[Where, Condition]]:
    rulebook = edition.content.rulebook
    for rule in rulebook.rules:
        yield rule_at(rulebook, rule), rule.when
    for question in edition.content.questions:
        yield question_at(question), question.when
    for asked, when in edition.promises.asked.items():
        yield (PLACE, f"[asked] {asked}"), when
    for group, when in edition.promises.led.items():
        yield (PLACE, named_as(group)), when


def unknown_names(edition: Edition) -> Iterator[Flaw]:
    """Conditions that name a question or an option that is not there, or compare it wrongly."""
    questions = {question.id: question for question in edition.content.questions}
    for where, when in _conditions(edition):
        for comparison in when.comparisons():
            question = questions.get(comparison.question)
            if question is None:
                matter = f"there is no question '{comparison.question}'"
                yield Flaw("unknown", *where, matter, f"name one of: {', '.join(questions)}")
            else:
                yield from _wrongly_compared(where, comparison, question)


def _wrongly_compared(where: Where, comparison: Comparison, question: Question) -> Iterator[Flaw]:
    match comparison:
        case OneOf(_, options) if question.kind in {"one", "many"}:
            offered = [option.id for option in question.options]
            for option in (each for each in options if each not in offered):
                matter = f"question '{question.id}' has no option '{option}'"
                yield Flaw("unknown", *where, matter, f"name one of: {', '.join(offered)}")
        case OneOf() | ChosenAtLeast() if question.kind != "many":
            matter = f"'{question.id}' is a question of kind '{question.kind}', compared as another"
            yield Flaw(
                "unknown", *where, matter, "compare numbers with numbers, options with options"
            )
        case ChosenAtLeast() | OneOf():
            return
        case _ if question.kind != "scale":
            matter = f"'{question.id}' is no number, and is compared with one"
            yield Flaw("unknown", *where, matter, "name its options")


def unkept_lists(edition: Edition) -> Iterator[Flaw]:
    """Lists in the promises that differ from what the questions say of themselves."""
    for question in edition.content.questions:
        where = question_at(question)
        if question.optional != (question.id in edition.promises.may_skip):
            said = "may be skipped" if question.optional else "must be answered"
            matter = f"it {said}, and {PLACE} says otherwise"
            yield Flaw("branch", *where, matter, "mend 'optional', or 'may_skip' there")
        yield from _wrongly_alone(edition.promises, question)
    known = {question.id for question in edition.content.questions}
    promises = edition.promises
    for listed in {*promises.asked, *promises.may_skip, *promises.graver_than_unsure} - known:
        matter, way_out = (
            f"there is no question '{listed}'",
            "take it out, or put the question back",
        )
        yield Flaw("unknown", PLACE, "", matter, way_out)


def _wrongly_alone(promises: Promises, question: Question) -> Iterator[Flaw]:
    if question.kind != "many":
        return
    where = question_at(question)
    for option in question.options:
        if option.exclusive != promises.stands_alone(question.id, option.id):
            may = "may not" if option.exclusive else "may"
            matter = f"'{option.id}' {may} stand beside other options, and {PLACE} says otherwise"
            yield Flaw("alone", *where, matter, "mend 'exclusive', or 'alone' there")
    if not (question.optional or any(option.exclusive for option in question.options)):
        yield Flaw("alone", *where, "whoever has none of these cannot say so", "add 'none'")


def idle_questions(edition: Edition) -> Iterator[Flaw]:
    """Questions on which no rule rests, unless that is excepted; and exceptions that are none."""
    rules = edition.content.rulebook.rules
    asked = {each.question for rule in rules for each in rule.when.comparisons()}
    for question in edition.content.questions:
        excepted = question.id in edition.exceptions.for_the_practitioner
        if question.id not in asked and not excepted:
            way_out = f"write a rule on it, or list it in {EXCEPTIONS} under [for_the_practitioner]"
            yield Flaw("idle question", *question_at(question), "it serves nothing", way_out)
        if question.id in asked and excepted:
            matter = f"a rule rests on it, and {EXCEPTIONS} says that none does"
            yield Flaw("idle question", *question_at(question), matter, "take it out there")


def alike_options(edition: Edition) -> Iterator[Flaw]:
    """Options that no rule and no question asks for or tells apart, unless that is excepted."""
    conditions = [when for _, when in _conditions(edition)]
    for question in edition.content.questions:
        uses: dict[Use, set[str]] = defaultdict(set)
        for option in question.options:
            uses[_use(question, option, conditions)].add(option.id)
        found = {frozenset(each) for each in uses.values() if len(each) > 1}
        found |= {frozenset(each) for use, each in uses.items() if _is_idle(use)}
        meant = set(edition.exceptions.alike.get(question.id, ()))
        for group in sorted(map(sorted, found - meant)):
            matter = f"nothing asks for these options, or tells them apart: {', '.join(group)}"
            way_out = f"write a rule, join them, or list them in {EXCEPTIONS} under [alike]"
            yield Flaw("alike", *question_at(question), matter, way_out, topic=f"alike {group}")
        for group in sorted(map(sorted, meant - found)):
            matter = f"these are told apart, or are not there: {', '.join(group)}"
            yield Flaw("alike", EXCEPTIONS, f"[alike] {question.id}", matter, "mend the list there")


def _use(question: Question, option: Option, conditions: list[Condition]) -> Use:
    asked_for = tuple(
        asks_for(comparison, option.id)
        for condition in conditions
        for comparison in condition.comparisons()
        if comparison.question == question.id and not isinstance(comparison, ChosenAtLeast)
    )
    return (asked_for, option.exclusive, option.ends)


def _is_idle(use: Use) -> bool:
    """Whether nothing asks for an option, which neither excludes others nor ends the interview."""
    asked_for, exclusive, ends = use
    return not (any(asked_for) or exclusive or ends)


def left_over_sources(edition: Edition) -> Iterator[Flaw]:
    """Sources that nothing cites, or that nobody has looked at for two years."""
    rulebook = edition.content.rulebook
    texts = [*edition.pages.values(), *edition.content.words.values()]
    texts += [
        text for question in edition.content.questions for text in (question.ask, question.help)
    ]
    cited = {source for rule in rulebook.rules for source in (*rule.source, *rule.cites)}
    cited |= {mark for text in texts for mark in REFERENCE.findall(text)}
    published = rulebook.about["published"]
    for source in rulebook.sources.values():
        where = ("rules/sources.toml", f"source '{source.id}'")
        if source.id not in cited:
            yield Flaw("unused source", *where, "nothing cites it", "cite it, or take it out")
        age = (published - source.checked).days if isinstance(published, date) else 0
        if not 0 <= age < OLDEST:
            matter = f"it was checked on {source.checked}, the content is of {published}"
            yield Flaw("old source", *where, matter, "look at it again, and mend 'checked'")


def passages(edition: Edition) -> Iterator[Flaw]:
    """Passages of the article on which no rule rests, unless that is excepted."""
    used = {rule.passage for rule in edition.content.rulebook.rules}
    for passage in edition.content.rulebook.passages:
        if (passage in used) == (passage in edition.exceptions.passages):
            matter = "a rule rests on it" if passage in used else "no rule rests on it"
            way_out = f"write one, or mend {EXCEPTIONS} under [passages_without_a_rule]"
            yield Flaw("passage", "rules/article.toml", f"passage '{passage}'", matter, way_out)


def large_rules(edition: Edition) -> Iterator[Flaw]:
    """Rules of so many parts that each is really several."""
    for rule in edition.content.rulebook.rules:
        parts = sum(len(getattr(each, "options", "1")) for each in rule.when.comparisons())
        if parts > MOST_PARTS:
            matter = f"its 'when' has {parts} parts, more than {MOST_PARTS}"
            where = rule_at(edition.content.rulebook, rule)
            yield Flaw("large rule", *where, matter, "make it several rules")


def dates(edition: Edition) -> Iterator[Flaw]:
    """A next review that is not after the publication."""
    about = edition.content.rulebook.about
    published, review = about["published"], about["next_review"]
    if isinstance(published, date) and isinstance(review, date) and review <= published:
        matter = f"the next review, {review}, is not after the publication, {published}"
        yield Flaw("dates", "rules/content.toml", "", matter, "mend 'next_review'")


STRUCTURE: Mapping[str, Callable[[Edition], Iterator[Flaw]]] = {
    "Every question and option that is named is there": unknown_names,
    "Questions are as the promises list them": unkept_lists,
    "Every question serves something": idle_questions,
    "Every option makes a difference": alike_options,
    "Every source is cited, and was looked at in the last two years": left_over_sources,
    "Every passage of the article has a rule, or is known to yield none": passages,
    "No rule is several rules": large_rules,
    "The content is looked at again after it is published": dates,
}
"""By claim: the search for counterexamples."""
