"""People whose reports try the forms out, and reports in a form, each made once."""

from dataclasses import replace
from datetime import date
from functools import cache

import pypdfium2
from casework import BASELINE

from questionnaire.conclusion.case import case_of
from questionnaire.content.content import read_content
from questionnaire.report.documents import to_pdf
from questionnaire.report.report import compose
from questionnaire.report.settings import Settings

CONTENT = read_content()
TODAY = date(2026, 11, 22)
NOTE = ("I wake at four, and the tablets that I take at night do little for my hip. " * 7)[:500]
WELL = {key: tuple(each) if isinstance(each, list) else each for key, each in BASELINE.items()}
TICKED = {
    question.id: tuple(option.id for option in question.options if not option.exclusive)
    for question in CONTENT.questions
    if question.kind == "many"
}
EMERGENCIES = {
    option
    for rule in CONTENT.rulebook.rules
    for comparison in rule.when.comparisons()
    if rule.level == "emergency" and comparison.question.startswith("warning_")
    for option in comparison.options
}
"""Signs that are emergencies by themselves, or beside another answer."""

HEAVIEST = WELL | TICKED | {"pregnancy": "yes", "notes": NOTE, "name": "W" * 100}

PEOPLE = {
    "typical": WELL
    | {
        "name": "Margaret O'Neill",
        "medicine_problems": ("wants_fewer",),
        "sleep_trouble": ("staying_asleep",),
        "notes": "Can I bring my daughter?\nHow long does one visit take?",
    },
    "doctor first": HEAVIEST
    | {each: ("none",) for each in TICKED if each.startswith("warning_")}
    | {"pain_checked": "no"},
    "today": HEAVIEST
    | {
        each: tuple(sign for sign in TICKED[each] if sign not in EMERGENCIES) or ("none",)
        for each in TICKED
        if each.startswith("warning_")
    },
    "emergency": WELL | {"warning_nerves": ("numb_saddle", "both_legs"), "needles": ("nervous",)},
    "heaviest": HEAVIEST,
    "stopped": {
        "country": "uk",
        "answered_by": "self",
        "age_group": "18_to_49",
        "pain_types": ("back",),
        "warning_any": ("chest_pain",),
    },
    "under 18": {"country": "uk", "answered_by": "self", "age_group": "under_18"},
}


@cache
def report_on(who):
    return compose(case_of(CONTENT, PEOPLE[who]), today=TODAY)


@cache
def in_form(who, paper="a4", **form):
    """The PDF on somebody, in this form."""
    return to_pdf(case_of(CONTENT, PEOPLE[who]), replace(Settings(TODAY, paper), **form))


def pages(pdf):
    """What each page says, with its line ends made spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
