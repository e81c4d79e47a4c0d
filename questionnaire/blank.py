"""The questionnaire as a form to fill in by hand, as plain values.

Asks what the interview asks; which words stand around it is for the template to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from questionnaire.codes import lettered, numbered
from questionnaire.conditions import in_words
from questionnaire.content import Content, Country, read_paper_terms
from questionnaire.emergency import chosen_countries
from questionnaire.questions import Option, Question
from questionnaire.report import Paper

_ON_A_LINE, _FEWEST_LINES = 60, 2
"""Characters that are written by hand on one line; lines for whatever is short."""


@dataclass(frozen=True)
class Box:
    """An option with its letter.  `call`: whoever ticks it is to call for help before going on."""

    letter: str
    option: Option
    call: bool


@dataclass(frozen=True)
class Item:
    """A question as it is printed.  `only_if` is empty when everyone is asked."""

    number: int
    question: Question
    only_if: str
    boxes: tuple[Box, ...]
    scale: tuple[int, ...]
    lines: int

    @property
    def call(self) -> bool:
        """Whether one of its boxes is a reason to call for help at once."""
        return any(box.call for box in self.boxes)


@dataclass(frozen=True)
class Form:
    """The whole form: its questions under the titles of their sections.

    `help_now` and `call` are what an emergency says: its headline, and what to do next.
    """

    sections: Mapping[str, tuple[Item, ...]]
    help_now: str
    call: str
    countries: tuple[Country, ...]
    version: str
    today: date
    paper: Paper

    @property
    def numbers(self) -> Mapping[str, tuple[str, ...]]:
        """Each emergency number, with the countries where it is called."""
        numbers: dict[str, tuple[str, ...]] = {}
        for country in self.countries:
            numbers[country.emergency] = (*numbers.get(country.emergency, ()), country.name)
        return numbers


def make_form(
    content: Content, *, today: date, paper: Paper = "a4", countries: tuple[str, ...] = ()
) -> Form:
    """The form for this content; without a choice of countries, with the numbers of all."""
    sections: dict[str, tuple[Item, ...]] = {}
    for number, question in numbered(content.questions).items():
        item = _item(content, number, question)
        sections[question.section] = (*sections.get(question.section, ()), item)
    return Form(
        sections=sections,
        help_now=content.rulebook.outcomes["emergency"].title,
        call=content.rulebook.outcomes["emergency"].next,
        countries=chosen_countries(content, countries),
        version=content.version,
        today=today,
        paper=paper,
    )


def _item(content: Content, number: int, question: Question) -> Item:
    terms = read_paper_terms()["when"]
    is_scale = question.kind == "scale"
    return Item(
        number=number,
        question=question,
        only_if=terms["either"].join(in_words(content, terms, question.when)),
        boxes=tuple(
            Box(letter, option, is_emergency(content, question, option))
            for letter, option in lettered(question).items()
        ),
        scale=tuple(range(question.lowest, question.highest + 1)) if is_scale else (),
        lines=max(_FEWEST_LINES, question.longest // _ON_A_LINE) if question.kind == "text" else 0,
    )


def is_emergency(content: Content, question: Question, option: Option) -> bool:
    """Whether this option is, whatever else is ticked, a sign of an emergency."""
    return any(
        rule.when.holds({question.id: (option.id,)})
        for rule in content.rulebook.rules
        if (rule.kind, rule.level) == ("warning", "emergency")
    )
