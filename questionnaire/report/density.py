"""How closely a report is set.

Only the layout can tell whether a report has the pages that it should have; here is known what is
not worth laying out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import get_args

from questionnaire.report.report import Report, Setting

MOST_PAGES = 5
"""A report that would have more is set more closely, as far as that goes."""

MOST_LETTERS: Mapping[Setting, int] = {"open": 14_950, "close": 15_450}
"""With more a report is not even tried in that setting: it would hardly have so few pages, and
laying it out takes half of the time for a report."""

_NO_LETTERS = re.compile(r"<style>.*?</style>|<[^>]*>|(?<=\s)\s+", re.DOTALL)


def most_pages(report: Report, *, summary_only: bool) -> int:
    """The pages that a report should not exceed; `summary_only`: the practitioner's page alone."""
    return 1 if report.brief or summary_only else MOST_PAGES


def ways_to_set(
    report: Report, to_html: Callable[[Report], str], *, large: bool, summary_only: bool
) -> Iterator[str]:
    """The pages of a report, the airiest way first; large print has one, however long it gets."""
    ways: tuple[Setting, ...] = get_args(Setting)
    if not summary_only:
        ways = ways[:1] if large else ways[:-1]
    tried = ""
    for each in ways:
        page = to_html(replace(report, setting=each))
        # Where help comes first nothing is set with more air: two ways are one.
        if page != tried and (each == ways[-1] or not is_too_much(page, each)):
            yield page
        tried = page
    if summary_only and report.code:
        yield to_html(replace(report, setting="short", code=None))


def is_too_much(page: str, setting: Setting) -> bool:
    """Whether a page has so many letters that it is not tried in that setting."""
    return setting in MOST_LETTERS and len(_NO_LETTERS.sub("", page)) > MOST_LETTERS[setting]
