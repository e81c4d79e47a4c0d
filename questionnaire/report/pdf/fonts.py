"""The letters that a page is set in.  The only module that knows the fonts.

No font of the machine is used.  The text is set in two packaged faces made for readers with low
vision; for other scripts a wider packaged font is cut down to the characters needed and fixed in
weight, because WeasyPrint 70 writes wrong widths for a variable font.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO

import fontpkg
from fontTools.ttLib import TTFont

_TEXT, _OTHER = "atkinson-hyperlegible", "noto-sans"
_WEIGHTS = (400, 700)
_BLANK = frozenset(map(ord, "\n\r\t"))
_JOINING = frozenset({0x20, 0xA0, 0x200C, 0x200D, 0x25CC})
"""Needed between and within the letters of other scripts."""

_FACE = "@font-face {{ font-family: 'acuscreen {0}'; src: url(font:{0}-{1}); font-weight: {1} }}"
_FAMILY = f"html, svg {{ font-family: 'acuscreen {_TEXT}', 'acuscreen {_OTHER}' }}"


def other_letters(text: str) -> frozenset[int]:
    """The characters for which the text faces are not enough."""
    return frozenset(map(ord, text)) - _characters(_TEXT)


def undrawable(text: str) -> frozenset[int]:
    """The characters that no packaged font has."""
    others = other_letters(text)
    return others - _characters(_OTHER) if others else others


def faces(others: frozenset[int]) -> tuple[str, Mapping[str, bytes]]:
    """The style sheet that names the faces, and the font at each address in it."""
    files = {f"font:{_TEXT}-{each}": fontpkg.path(_TEXT, each).read_bytes() for each in _WEIGHTS}
    rules = [_FACE.format(_TEXT, each) for each in _WEIGHTS]
    if others:
        cut = _cut(others)
        files |= {f"font:{_OTHER}-{each}": _in_weight(cut, each) for each in _WEIGHTS}
        rules += [_FACE.format(_OTHER, each) for each in _WEIGHTS]
    return "\n".join([*rules, _FAMILY]), files


@cache
def _characters(family: str) -> frozenset[int]:
    with TTFont(fontpkg.path(family), lazy=True) as font:
        return frozenset(font.getBestCmap()) | _BLANK


def _cut(characters: frozenset[int]) -> bytes:
    """The wider font with these characters alone.

    Without the feature that takes letters apart: a PDF would say of the parts that they are
    letters.
    """
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415  see below

    features = [each for each in Options().layout_features if each != "ccmp"]
    with TTFont(fontpkg.path(_OTHER), recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=features))
        subsetter.populate(unicodes=characters | _JOINING)
        subsetter.subset(font)
        return _written(font)


def _in_weight(file: bytes, weight: int) -> bytes:
    # Few write in other scripts, and this takes a third of the time that printing takes to load.
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    with TTFont(BytesIO(file), recalcTimestamp=False) as font:
        instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
        return _written(font)


def _written(font: TTFont) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()
