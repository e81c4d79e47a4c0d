"""Choose how closely a report is set, so that it has no more pages than it should.

Only laying it out can tell how many pages it has; what is not worth laying out is known here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import get_args

from questionnaire.report.report import Density, Report

MOST_PAGES = 3
"""A report that would have more before its last part is set more closely, as far as that goes."""

MOST_LETTERS: Mapping[Density, int] = {"open": 8_950, "close": 10_500}
"""A report of more letters before its last part is not even tried at that density: it would hardly
have so few pages, and laying it out takes half of the time of making a report.
"""

_LAST = '<div class="last"'
_MARKUP = re.compile(r"<style>.*?</style>|<[^>]*>|(?<=\s)\s+", re.DOTALL)


def most_pages(report: Report, *, summary_only: bool) -> int:
    """The most pages that a report should have; `summary_only`: the practitioner's page alone."""
    return 1 if report.brief or summary_only else MOST_PAGES


def ways_to_set(
    report: Report, to_html: Callable[[Report], str], *, large: bool, summary_only: bool
) -> Iterator[str]:
    """The report as HTML at each density, the airiest first; large print has one density alone."""
    ways: tuple[Density, ...] = get_args(Density)
    if not summary_only:
        ways = ways[:1] if large else ways[:-1]
    tried = ""
    for each in ways:
        page = to_html(replace(report, density=each))
        # Where help comes first, "open" is set as closely as "close": the two pages are one.
        if page != tried and (each == ways[-1] or not is_too_much(page, each)):
            yield page
        tried = page
    if summary_only and report.code:
        yield to_html(replace(report, density="short", code=None))


def is_too_much(page: str, density: Density) -> bool:
    """Whether a page has so many letters that it is not tried at that density."""
    letters = len(_MARKUP.sub("", page.partition(_LAST)[0]))
    return density in MOST_LETTERS and letters > MOST_LETTERS[density]
