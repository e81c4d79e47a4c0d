"""What WeasyPrint 70 does again for every report, and sometimes twice in one, done once.

Besides `pdf` the only module that knows WeasyPrint, and the only one that knows its inside; without
it a report is the same, and takes longer (`docs/speed.md`).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.layout import inline, preferred
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import split_first_line

_MOST_LINES = 5000
"""A report has some 700; most of them are in many."""

_DECIDING = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override"),
    *("lang", "direction", "white_space", "letter_spacing", "word_spacing", "tab_size"),
    *("overflow_wrap", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars"),
    "hyphenate_limit_zone",
)
"""All that `split_first_line` asks of a style, but for lines under and over the text (a set)."""

_lines: WeakKeyDictionary[FontConfiguration, dict[object, tuple[Any, ...]]] = WeakKeyDictionary()


def _first_line(  # noqa: PLR0913, PLR0917 - as WeasyPrint calls it
    text: str,
    style: Any,  # noqa: ANN401 - WeasyPrint ships no types
    context: object,
    max_width: float,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> tuple[Any, ...]:
    """Where the first line of a text ends, and its size; each is found once.

    Cells are laid out two and three times, and much is said in every report: 13 % of its time.
    """
    lines = _lines.setdefault(style.font_config, {})
    looks = (*(style[each] for each in _DECIDING), str(style["text_decoration_line"]))
    key = (text, looks, max_width, justification_spacing, is_line_start, minimum)
    if key not in lines:
        if len(lines) >= _MOST_LINES:
            lines.clear()
        lines[key] = split_first_line(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    layout, *sizes = lines[key]
    return (copy(layout), *sizes)  # whoever draws it fills it in


inline.split_first_line = preferred.split_first_line = _first_line


@contextmanager
def no_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile; what a page leaves behind is collected at the end, once.

    A page is tens of thousands of objects that all stay until it is printed: 8 % of its time.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
