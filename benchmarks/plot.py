"""Growth as a picture: one SVG that needs no other file.  The only module that knows Leather."""

import math
from collections.abc import Iterable

import leather
from leather import theme

from benchmarks.growth import Growth, Point, Series

_WIDE, _HIGH = 800, 440
_COLOURS = ("#0b5394", "#b45309")
_TEXT, _TITLE = 16, 20

theme.background_color = "#fff"  # on a dark page too
theme.tick_color = "#ddd"
theme.title_color = theme.legend_color = theme.axis_title_color = theme.label_color = "#222"
theme.title_font_family = theme.legend_font_family = "sans-serif"
theme.axis_title_font_family = theme.tick_font_family = "sans-serif"
theme.title_font_size = theme.title_font_char_height = _TITLE
theme.legend_font_size = theme.legend_font_char_height = _TEXT
theme.axis_title_font_size = theme.axis_title_font_char_height = _TEXT
theme.axis_title_gap = 28  # beside the longest number
theme.tick_font_size = theme.tick_font_char_height = _TEXT


def drawn(growth: Growth) -> str:
    """The plot as SVG: what was measured as dots, and the straight line through it."""
    chart = leather.Chart(growth.title)
    most = max(x for each in growth.series for x, _ in each.points)
    if growth.by_tens:
        tens = range(math.ceil(math.log10(most)) + 1)
        chart.add_x_scale(0, tens[-1])
        chart.add_x_axis([*tens], lambda ten, *_: f"{10**ten:,}", growth.across)
    else:
        chart.add_x_scale(0, most)
        chart.add_x_axis(None, _number, growth.across)
    chart.add_y_scale(0, max(y for each in growth.series for _, y in (*each.points, *_line(each))))
    chart.add_y_axis(None, _number, growth.up)
    for series, colour in zip(growth.series, _COLOURS, strict=False):
        dots, dashes = _placed(growth, series.points), _placed(growth, _line(series))
        chart.add_dots(dots, name=series.name, fill_color=colour, radius=5)
        chart.add_line(dashes, name="its line", stroke_color=colour, stroke_dasharray="6 4")
    picture = str(chart.to_svg(width=_WIDE, height=_HIGH))
    return picture.replace("<svg ", f'<svg viewBox="0 0 {_WIDE} {_HIGH}" ', 1) + "\n"


def _line(series: Series) -> list[Point]:
    return [(x, series.line.at(x)) for x, _ in series.points if x >= series.settled]


def _number(value: float, *_: object) -> str:
    return f"{float(value):,.0f}"


def _placed(growth: Growth, points: Iterable[Point]) -> list[Point]:
    """Where these points stand on the axes."""
    return [(math.log10(x), y) for x, y in points] if growth.by_tens else [*points]
