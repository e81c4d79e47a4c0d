"""The templates of the pages, beside those of the report, whose parts they share."""

import re
from pathlib import Path

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from questionnaire.report.html import environment_for
from questionnaire.web.assets import address_of
from rules import REFERENCE

TEMPLATES = Path(__file__).parent / "jinja2"

_MARKS = re.compile(rf"\s*{REFERENCE.pattern}")
_DIALLED = re.compile(r"(?<![\w.])\d(?:[ -]?\d){2,}(?!\w)")


def environment(**_options: object) -> object:
    """The environment that Django renders with: ours, so that no missing value goes unseen."""
    made = environment_for(TEMPLATES)
    made.auto_reload = False
    made.globals["static"] = address_of
    made.filters |= {"bare": _bare, "dialled": _dialled}
    return made


def _bare(text: str) -> str:
    """A text without the marks of its sources, which stand in the report."""
    return _MARKS.sub("", text)


def _dialled(text: str) -> SafeString:
    """A text in which a touch on a telephone number calls it."""
    return mark_safe(_DIALLED.sub(_link, escape(text)))  # noqa: S308  escaped just now


def _link(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return format_html('<a href="tel:{}">{}</a>', digits, found[0])
