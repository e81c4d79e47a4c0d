"""Break each line of text once: cells are laid out two and three times, and much comes again."""

from copy import copy
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text.line_break import split_first_line

from questionnaire.report.pdf.speedups.memory import once

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


def enable() -> None:
    """Let WeasyPrint break lines by way of the cache."""
    inline.split_first_line = preferred.split_first_line = _first_line


def _first_line(  # noqa: PLR0913, PLR0917 - as WeasyPrint calls it
    text: str,
    style: Any,  # noqa: ANN401 - WeasyPrint ships no types
    context: object,
    max_width: float,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> tuple[Any, ...]:
    """Where the first line of a text ends, and its size."""
    looks = (*(style[each] for each in _DECIDING), str(style["text_decoration_line"]))
    given = (max_width, justification_spacing, is_line_start, minimum)
    layout, *sizes = once(
        ("line", style.font_config, text, looks, *given),
        lambda: _broken(text, style, context, *given),
    )
    return (copy(layout), *sizes)  # whoever draws it fills it in


def _broken(*given: Any) -> tuple[Any, ...]:  # noqa: ANN401
    layout, *sizes = split_first_line(*given)
    layout.learnt = []  # of every copy: how it is drawn (`drawing`)
    return (layout, *sizes)
