"""The questionnaire as a form to fill in by hand, as plain values.

It asks what the interview asks; the words around the questions are in the template.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from questionnaire.content.conditions import in_words
from questionnaire.content.content import Content, Country, read_paper_terms
from questionnaire.content.domain import values
from questionnaire.content.numbering import lettered, numbered
from questionnaire.content.question import Option, Question
from questionnaire.report.settings import Paper

_ON_A_LINE = 60
"""Characters that fit on one line when they are written by hand."""

_TIERS = ("emergency", "today")
"""The tiers of warning signs that cannot wait until the form is typed in, the most urgent first."""


@dataclass(frozen=True)
class Box:
    """An option with its letter, and the tier of warning signs that it is of; most are of none."""

    letter: str
    option: Option
    tier: str


@dataclass(frozen=True)
class Item:
    """A question as it is printed.  `only_if` says whom it is for; it is empty if for everyone."""

    number: int
    question: Question
    only_if: str
    boxes: tuple[Box, ...]
    scale: tuple[str | int, ...]
    lines: int

    @property
    def tiers(self) -> frozenset[str]:
        """The tiers of its boxes."""
        return frozenset(box.tier for box in self.boxes)


@dataclass(frozen=True)
class Form:
    """The whole form: its questions under the titles of their sections.

    `help_now` and `call` are the headline of an emergency, and what to do next; `soon` is the
    headline of the tier below.
    """

    sections: Mapping[str, tuple[Item, ...]]
    headings: Mapping[str, str]
    help_now: str
    call: str
    soon: str
    countries: tuple[Country, ...]
    version: str
    today: date
    paper: Paper

    @property
    def numbers(self) -> Mapping[str, tuple[str, ...]]:
        """Each emergency number, with the countries in which it is the one to call."""
        numbers: dict[str, tuple[str, ...]] = {}
        for country in self.countries:
            numbers[country.emergency] = (*numbers.get(country.emergency, ()), country.name)
        return numbers


def make_form(
    content: Content, *, today: date, paper: Paper = "a4", countries: tuple[str, ...] = ()
) -> Form:
    """The form for this content, with the numbers of these countries, or of all without any."""
    sections: dict[str, tuple[Item, ...]] = {}
    for number, question in numbered(content.questions).items():
        item = _item(content, number, question)
        sections[question.section] = (*sections.get(question.section, ()), item)
    return Form(
        sections=sections,
        headings=content.headings,
        help_now=content.rulebook.outcomes["emergency"].title,
        call=content.rulebook.outcomes["emergency"].next,
        soon=content.rulebook.outcomes["today"].title,
        countries=content.chosen_countries(countries),
        version=content.version,
        today=today,
        paper=paper,
    )


def _item(content: Content, number: int, question: Question) -> Item:
    terms = read_paper_terms()["when"]
    return Item(
        number=number,
        question=question,
        only_if=terms["either"].join(in_words(content, terms, question.when)),
        boxes=tuple(
            Box(letter, option, tier_of(content, question, option))
            for letter, option in lettered(question).items()
        ),
        scale=values(question) if question.kind == "scale" else (),
        lines=max(1, question.longest // _ON_A_LINE) if question.kind == "text" else 0,
    )


def tier_of(content: Content, question: Question, option: Option) -> str:
    """The most urgent tier of which this option by itself is a sign; empty when it is of none."""
    ticked = {question.id: (option.id,)}
    signs = [rule for rule in content.rulebook.rules if rule.kind == "warning"]
    levels = {rule.level for rule in signs if rule.when.holds(ticked)}
    return next((tier for tier in _TIERS if tier in levels), "")
