"""A path of a picture is read once.

The outline of a body and a hundred people are in every report: 8 % of its time.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from weasyprint.pdf.stream import pydyf
from weasyprint.svg import SVG, TAGS
from weasyprint.svg.path import path


def _path(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - WeasyPrint ships no types
    drawn, vertices = _drawn(node.get("d", ""), font_size, svg.inner_width, svg.inner_height)
    svg.stream.stream += drawn
    node.vertices += vertices


@lru_cache(maxsize=40)  # some 20 stand in the reports; the others are codes, each in one
def _drawn(shape: str, font_size: float, width: float, height: float) -> tuple[Any, Any]:
    """What a path adds to the page, and its corners, where a marker could stand."""
    node = SimpleNamespace(get={"d": shape}.get, vertices=[])
    svg = SVG.__new__(SVG)
    svg.stream, svg.inner_width, svg.inner_height = pydyf.Stream(), width, height
    path(svg, node, font_size)
    return svg.stream.stream, node.vertices


TAGS["path"] = _path
