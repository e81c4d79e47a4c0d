"""The workbook with which a clinician signs off the content, as plain values.

Every example person in it goes through the rules when it is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from questionnaire.conclusion.baseline import well
from questionnaire.conclusion.examples import Example, changed, hit, miss
from questionnaire.content.conditions import in_words
from questionnaire.content.content import Content, read_reviewers_terms
from questionnaire.content.question import Question
from questionnaire.interview.flow import Said, record
from questionnaire.interview.wording import worded
from questionnaire.report.settings import Paper
from rules import Rule, Source

Terms = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class RuleEntry:
    """A rule in words, with all that a reviewer wants to see beside it.

    `hit` and `miss` are the example people; `is_shown` tells whether both were found.
    """

    rule: Rule
    code: str
    klass: str
    when: tuple[str, ...]
    sources: tuple[str, ...]
    hit: str
    miss: str
    reviewed: str
    is_shown: bool


@dataclass(frozen=True)
class QuestionEntry:
    """A question, with the words for who is asked it and what it takes."""

    question: Question
    when: tuple[str, ...]
    takes: str


@dataclass(frozen=True)
class Workbook:
    """The whole workbook.

    `claims` are those about every possible interview, each with whether it was proved when this was
    made; `signed` counts the rules with a valid signature.
    """

    content: Content
    entries: Mapping[str, tuple[RuleEntry, ...]]
    asked: tuple[QuestionEntry, ...]
    works: Mapping[str, str]
    well: str
    claims: Mapping[str, bool]
    signed: int
    terms: Terms
    today: date
    paper: Paper

    @property
    def proved(self) -> tuple[str, ...]:
        """Each claim, with whether it was proved, in words."""
        words = {True: self.terms["proved"]["yes"], False: self.terms["proved"]["no"]}
        return tuple(words[so].format(claim=claim) for claim, so in self.claims.items())

    @property
    def unshown(self) -> tuple[str, ...]:
        """The rules for which an example person was not found."""
        entries = (each for group in self.entries.values() for each in group)
        return tuple(each.rule.id for each in entries if not each.is_shown)


def make_workbook(
    content: Content, claims: Mapping[str, bool], *, today: date, paper: Paper = "a4"
) -> Workbook:
    """The workbook on this content; finds the example people."""
    terms = read_reviewers_terms()
    start = well(content)
    groups: dict[str, list[RuleEntry]] = {}
    for rule in content.rulebook.rules:
        entry = _entry(content, terms, start, rule)
        groups.setdefault(entry.klass, []).append(entry)
    return Workbook(
        content=content,
        entries={klass: tuple(entries) for klass, entries in groups.items()},
        asked=tuple(_asked(content, terms, question) for question in content.questions),
        works={each.id: _cited(terms, each) for each in content.rulebook.sources.values()},
        well=_said(content, start, tuple(question.id for question in content.questions)),
        claims=claims,
        signed=sum(content.signature(rule) is not None for rule in content.rulebook.rules),
        terms=terms,
        today=today,
        paper=paper,
    )


def _entry(content: Content, terms: Terms, start: Said, rule: Rule) -> RuleEntry:
    found = hit(content, start, rule)
    missed = miss(content, start, rule, found) if found else None
    signature = content.signature(rule)
    signed = vars(signature) if signature else {}
    return RuleEntry(
        rule=rule,
        code=content.code(rule),
        klass=terms["classes"][f"{rule.kind} {rule.level}".strip()],
        when=in_words(content, terms["when"], rule.when),
        sources=tuple(
            f"[{each}] {_cited(terms, content.rulebook.sources.get(each))}" for each in rule.source
        ),
        hit=_person(content, terms, start, rule, found),
        miss=_person(content, terms, start, rule, missed),
        reviewed=terms["signed"]["yes" if signature else "no"].format(**signed),
        is_shown=bool(found and missed),
    )


def _cited(terms: Terms, source: Source | None) -> str:
    """A source, with how well it is known; without one it is common teaching."""
    if source is None:
        return terms["sources"]["unchecked"]
    return terms["sources"][source.seen].format(cite=source.cite)


def _person(
    content: Content, terms: Terms, start: Said, rule: Rule, example: Example | None
) -> str:
    """How an example person differs from the well person, and what is concluded."""
    if example is None:
        return terms["people"]["none_found"]
    differs = changed(content, start, example.said)
    also = [each.rule.id for each in example.conclusion.findings if each.rule != rule]
    return terms["people"]["also" if also else "found"].format(
        says=_said(content, example.said, differs) or terms["people"]["is_well"],
        outcome=content.rulebook.outcomes[example.conclusion.outcome].title,
        also=", ".join(also),
    )


def _said(content: Content, said: Said, questions: tuple[str, ...]) -> str:
    told = worded(record(content.questions, said))
    answered = (told[each] for each in told if each in questions and told[each].words)
    return "; ".join(f"{each.question.short}: {', '.join(each.words)}" for each in answered)


def _asked(content: Content, terms: Terms, question: Question) -> QuestionEntry:
    return QuestionEntry(
        question=question,
        when=in_words(content, terms["when"], question.when),
        takes=terms["kinds"][question.kind].format(**vars(question)),
    )
