"""What of a draft still holds on the day it is taken up.

The days go by: after four weeks, or where a draft does not say how old it is, the warning signs are
asked again.  Whatever else was said is shown at the review, for the person to look over that day.
"""

from dataclasses import replace
from datetime import date

from questionnaire.answers.draft import Draft
from questionnaire.answers.given import is_of_another_day, is_old
from questionnaire.interview.flow import Said

SIGNS = "warning_"
"""How the id of every list of warning signs begins."""


def holding(draft: Draft, today: date) -> Draft:
    """The draft without what must be asked again by now."""
    if not _is_outdated(draft, today):
        return draft
    said: Said = {name: each for name, each in draft.said.items() if not name.startswith(SIGNS)}
    return replace(draft, said=said, given=today)


def how_old(draft: Draft, today: date) -> str:
    """The words, by their key, for how old a draft is; empty for one of today or yesterday."""
    if not draft.said:
        return ""
    if draft.given is None:
        return "resumed_undated"
    if is_old(draft.given, today):
        return "resumed_old"
    return "resumed_given" if is_of_another_day(draft.given, today) else ""


def _is_outdated(draft: Draft, today: date) -> bool:
    return draft.given is None or is_old(draft.given, today)
