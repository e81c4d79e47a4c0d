"""The style of the report, for a report that stands inside another page."""

import re
from functools import cache

from questionnaire.report.html import TEMPLATES

SCOPE = ".sheet"
"""The element that the report stands in."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PAGE = re.compile(r"@page\s*{[^}]*}")
_RULE = re.compile(r"(@[^{}]*|[^{}@]+){")
_WHOLE = {":root", "html", "body"}


@cache
def report_sheet() -> str:
    """The style sheet that a report on a screen has, each selector inside its element."""
    text = (TEMPLATES / "screen.css").read_text(encoding="utf-8")
    bare = _PAGE.sub("", _COMMENT.sub("", text))
    return _RULE.sub(_scoped, bare)


def _scoped(found: re.Match[str]) -> str:
    if found[1].startswith("@"):
        return found[0]
    selectors = (each.strip() for each in found[1].split(","))
    return ", ".join(SCOPE if each in _WHOLE else f"{SCOPE} {each}" for each in selectors) + " {"
