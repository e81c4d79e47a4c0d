"""A path of a picture is read once.

The outline of a body and a hundred people are in every report: 8 % of its time.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from weasyprint.pdf.stream import pydyf
from weasyprint.svg import SVG, TAGS
from weasyprint.svg.path import path

from questionnaire.quicker.recent import Recent

_MOST = 100
"""Some 40 stand in the reports."""

_met: Recent[int, bool] = Recent(_MOST)
"""The paths that came once: most of these never come again, as the code of a person, and a code
that is kept holds 300 kB."""


def _path(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - WeasyPrint ships no types
    given = (node.get("d", ""), font_size, svg.inner_width, svg.inner_height)
    if hash(given) not in _met:
        _met.found(hash(given), lambda: True)
        path(svg, node, font_size)
        return
    drawn, vertices = _drawn(*given)
    svg.stream.stream += drawn
    node.vertices += vertices


@lru_cache(_MOST)
def _drawn(shape: str, font_size: float, width: float, height: float) -> tuple[Any, Any]:
    """What a path adds to the page, and its corners, where a marker could stand."""
    node = SimpleNamespace(get={"d": shape}.get, vertices=[])
    svg = SVG.__new__(SVG)
    svg.stream, svg.inner_width, svg.inner_height = pydyf.Stream(), width, height
    path(svg, node, font_size)
    return svg.stream.stream, node.vertices


TAGS["path"] = _path
