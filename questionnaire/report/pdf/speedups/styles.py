"""Compute the style of an element once.

The sheets are the same for every report (`pdf`), and most elements stand in many.
"""

from typing import Any

from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.html import UA_STYLESHEET

from questionnaire.report.pdf.speedups.memory import once

_OF_NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
"""No page of ours has notes, and every element would get five styles for them."""

FOR_ALL = UA_STYLESHEET.matcher.other_selectors
"""The rules of WeasyPrint's own style sheet that hold for every element."""

compute = StyleFor.set_computed_styles


def enable() -> None:
    """Let WeasyPrint compute styles by way of the cache, and none for notes."""
    StyleFor.set_computed_styles = _set_computed_styles
    UA_STYLESHEET.matcher.other_selectors = [each for each in FOR_ALL if each[3] not in _OF_NOTES]


def _set_computed_styles(  # noqa: PLR0913, PLR0917 - as WeasyPrint calls it
    self: Any,  # noqa: ANN401 - WeasyPrint ships no types
    element: Any,  # noqa: ANN401
    parent: Any,  # noqa: ANN401
    root: Any = None,  # noqa: ANN401
    pseudo_type: str | None = None,
    base_url: str | None = None,
    target_collector: Any = None,  # noqa: ANN401
) -> None:
    """Take the style that the same declarations under the same parent had, where there is one.

    A declaration is the same object in every report; but for the language, an attribute. What the
    key names by its id is held by the style, so that nothing else can have that id.
    """
    computed = self.get_computed_styles()
    declared = self.get_cascaded_styles().get((element, pseudo_type), {})
    above = computed.get((parent, None))
    said = (
        part
        for name, (value, _) in declared.items()
        for part in (name, value if name == "lang" else id(value))
    )
    key = ("style", id(self.font_config), id(above), pseudo_type, base_url, *said)

    def computed_now() -> ComputedStyle:
        compute(self, element, parent, root, pseudo_type, base_url)
        return computed[element, pseudo_type]

    computed[element, pseudo_type] = style = once(key, computed_now)
    if target_collector and style["anchor"]:
        target_collector.collect_anchor(style["anchor"])
