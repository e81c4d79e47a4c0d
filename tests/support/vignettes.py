"""People whose reports are printed: every outcome, the longest answers, and odd scripts."""

from datetime import date

import pytest
from casework import BASELINE

from questionnaire.interview.flow import SKIPPED

TODAY = date(2026, 11, 22)
LONG_NOTE = ("I wake at four, and the tablets that I take at night do little for my hip. " * 7)[
    :500
]
STOPPED = ("country", "answered_by", "age_group", "pain_types", "warning_any")

PEOPLE = {
    "plain": {},
    "typical": {
        "name": "Margaret O'Neill",
        "medicine_problems": ("wants_fewer",),
        "sleep_trouble": ("staying_asleep",),
        "sleep_quality": 3,
        "notes": "Can I bring my daughter?\nHow long does one visit take?",
    },
    "cautions": {
        "pain_types": ("headache", "neck"),
        "needles": ("nervous",),
        "body_conditions": ("diabetes",),
        "current_medicines": ("antiplatelet",),
        "medicine_problems": ("side_effects", "not_enough_relief"),
        "sleep_trouble": ("falling_asleep", "waking_early"),
        "goals": SKIPPED,
        "notes": LONG_NOTE,
    },
    "doctor first": {
        "pain_types": ("back", "joints"),
        "warning_any": ("night_pain", "weight_loss_or_night_sweats"),
        "health_conditions": ("bleeding_disorder", "heart_valve", "implanted_device"),
        "body_conditions": ("epilepsy",),
        "current_medicines": ("anticoagulant",),
        "needles": ("fainted_before",),
        "pain_checked": "no",
    },
    "today": {"pain_types": ("headache",), "warning_headache": ("scalp_jaw_vision",)},
    "emergency": {"warning_nerves": ("numb_saddle", "both_legs"), "needles": ("nervous",)},
}

BRIEF = {
    "stopped": {"warning_any": ("chest_pain",)},
    "under 18": {"age_group": "under_18"},
    "no pain": {"pain_types": ("no_pain",)},
}

ODD = {
    "other scripts": {
        "name": "Ольга Việt",
        "notes": "Привет, γειά, नमस्ते, हिन्दी! Ça va? Øyvind; ﬁ ½ e\u0301 … “x” —1",
    },
    "marked letters": {
        "name": "Ọláṣẹ́ Ẹ̀ M̂",
        "notes": "Yoruba ẹ̀ ọ́, Igbo ị̀, Ewe ɛ̃ ɔ̀, Navajo į́ Ǫ́, Lithuanian ė̃ i̇́, IPA l̩̀ ã̰ t͡ʃ, "
        "Vie\u0323\u0302t Ha\u0300, Мари́я, C̨̆ L̥̄ ṣ̌́",
    },
    "unprintable": {"name": "李", "notes": "Hello 你好 \N{GRINNING FACE}! שלום, مرحبا"},
    "typed html": {"notes": "<img src='http://example.org/x.png'><b>bold</b> &amp; {{ 7 }}"},
}

LONGEST = ("everything", "everything, stopped")

EVERYONE = (*PEOPLE, *BRIEF, *ODD, *LONGEST)

PAPERS = {"a4": {}, "letter": {"paper": "letter"}}

FORMS = PAPERS | {
    "large": {"large": True},
    "large letter": {"large": True, "paper": "letter"},
    "practitioner": {"summary_only": True},
    "practitioner letter": {"summary_only": True, "paper": "letter"},
}
"""Every way to print a report."""

REPORTS = [
    *(
        (who, "a4")
        for who in ("typical", "doctor first", "emergency", "under 18", "marked letters")
    ),
    *((who, "a4") for who in LONGEST),
    *((who, "letter") for who in ("everything", "stopped")),
    *((who, "large") for who in ("typical", "everything", "stopped")),
    ("cautions", "large letter"),
    ("typical", "practitioner"),
    ("doctor first", "practitioner letter"),
]
"""What is printed in every run of the tests: one person of each outcome, and of each form the
fullest, the emptiest or the usual; `-m exhaustive` prints the rest."""


def in_each(forms, people=EVERYONE):
    """The parameters of a test on these people's reports in these forms."""
    return [
        (who, form)
        if (who, form) in REPORTS
        else pytest.param(who, form, marks=pytest.mark.exhaustive)
        for who in people
        for form in forms
    ]


def baseline():
    """The answers of `cases/baseline.toml`; lists of options come as tuples."""
    return {
        question: tuple(answer) if isinstance(answer, list) else answer
        for question, answer in BASELINE.items()
    }


def answers_of(who, content):
    """All that this person says."""
    match who:
        case "everything":
            return everything(content)
        case "everything, stopped":
            said = everything(content)
            return {
                key: said[key]
                for key in [*STOPPED, "warning_nerves", "warning_back", "warning_headache"]
            }
        case _ if who in BRIEF:
            said = baseline() | BRIEF[who]
            return {key: said[key] for key in STOPPED}
        case _:
            return baseline() | (PEOPLE | ODD)[who]


def everything(content):
    """Somebody who ticks all that can be ticked, and writes as much as fits.

    But for thoughts of self-harm, which are answered otherwise than all the rest.
    """
    ticked = {
        question.id: tuple(
            option.id
            for option in question.options
            if not option.exclusive and option.id != "self_harm_thoughts"
        )
        for question in content.questions
        if question.kind == "many"
    }
    return baseline() | ticked | {"pregnancy": "yes", "notes": LONG_NOTE, "name": "W" * 100}
