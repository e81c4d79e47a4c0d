"""The letters that a page is set in.  The only module that knows the fonts.

No font of the machine is used.  The text is set in two packaged faces made for readers with low
vision; for other scripts a wider packaged font is cut down to the characters needed and fixed in
weight, because WeasyPrint 70 writes wrong widths for a variable font.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from unicodedata import combining

import fontpkg
from fontTools.ttLib import TTFont

UNDRAWABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands in print for a character that no packaged font can draw."""

_TEXT, _OTHER = "atkinson-hyperlegible", "noto-sans"
_WEIGHTS = (400, 700)
_BLANK = frozenset(map(ord, "\n\r\t"))
_JOINING = frozenset({0x20, 0xA0, 0x200C, 0x200D, 0x25CC})
"""Needed between and within the letters of other scripts."""

_FACE = "@font-face {{ font-family: 'acuscreen {0}'; src: url(font:{0}-{1}); font-weight: {1} }}"
_FAMILY = f"html, svg {{ font-family: 'acuscreen {_TEXT}', 'acuscreen {_OTHER}' }}"

_MARKED = f"{_OTHER}-marked"
MARKED_FAMILY = f"font-family: 'acuscreen {_MARKED}', 'acuscreen {_TEXT}', 'acuscreen {_OTHER}'"
"""The style of letters that are set from their parts."""

_CCMP = "ccmp"
"""The feature that takes letters apart: a PDF would say of the parts that they are letters.  Where
there are parts alone it does no harm, and takes the dot off an i with an accent."""

_ON_LETTER, _ON_MARK, _ELSEWHERE = 4, 6, 9
"""Kinds of GPOS lookup: places for marks on letters, and on marks; and one that is kept apart."""


def other_letters(text: str) -> frozenset[int]:
    """The characters for which the text faces are not enough."""
    return frozenset(map(ord, text)) - _characters(_TEXT)


def undrawable(text: str) -> frozenset[int]:
    """The characters that no packaged font has."""
    others = other_letters(text)
    return others - _characters(_OTHER) if others else others


def has_places(letter: str) -> bool:
    """Whether the wider font has a place for every mark of a letter that is taken apart (NFD).

    A mark stands on the one before it on the same side of the letter, or else on the letter.
    """
    if not letter or not _characters(_OTHER).issuperset(map(ord, letter)):
        return False
    on = dict[int, str]()
    for mark in letter[1:]:
        below = on.get(combining(mark))
        kind = _ON_MARK if below else _ON_LETTER
        if not any(each.holds(below or letter[0], mark) for each in _places(kind)):
            return False
        on[combining(mark)] = mark
    return True


def faces(
    others: frozenset[int], parts: frozenset[int] = frozenset()
) -> tuple[str, Mapping[str, bytes]]:
    """The style sheet that names the faces, and the font at each address in it.

    `parts`: the letters and marks from which letters are set that have no character of their own.
    They have a face to themselves, where no letter and mark are made one: text stays what it was.
    """
    files = {f"font:{_TEXT}-{each}": fontpkg.path(_TEXT, each).read_bytes() for each in _WEIGHTS}
    rules = [_FACE.format(_TEXT, each) for each in _WEIGHTS]
    for name, wanted in ((_OTHER, others), (_MARKED, parts)):
        if wanted:
            cut = _cut(wanted, takes_apart=name == _MARKED)
            files |= {f"font:{name}-{each}": _in_weight(cut, each) for each in _WEIGHTS}
            rules += [_FACE.format(name, each) for each in _WEIGHTS]
    return "\n".join([*rules, _FAMILY]), files


@cache
def _characters(family: str) -> frozenset[int]:
    with TTFont(fontpkg.path(family), lazy=True) as font:
        return frozenset(font.getBestCmap()) | _BLANK


@dataclass(frozen=True)
class _Places:
    """Places of marks (GPOS anchors): the class of each mark, and each letter's by class."""

    classes: Mapping[str, int]
    anchors: Mapping[str, Sequence[object]]
    glyphs: Mapping[int, str]

    def holds(self, letter: str, mark: str) -> bool:
        """Whether the letter, or mark, has a place for a mark."""
        of_mark = self.classes.get(self.glyphs[ord(mark)])
        anchors = self.anchors.get(self.glyphs[ord(letter)])
        return of_mark is not None and anchors is not None and anchors[of_mark] is not None


@cache
def _places(kind: int) -> Sequence[_Places]:
    with TTFont(fontpkg.path(_OTHER), lazy=True) as font:
        glyphs = font.getBestCmap()
        return [
            _Places(
                dict(zip(marks.glyphs, (each.Class for each in classes), strict=True)),
                dict(zip(letters.glyphs, anchors, strict=True)),
                glyphs,
            )
            for marks, classes, letters, anchors in map(_read, _lookups(font["GPOS"].table, kind))
        ]


def _lookups(table: Any, kind: int) -> Iterator[Any]:  # noqa: ANN401 - fontTools ships no types
    """The tables of this kind in the features that place marks of every script."""
    features = (each for each in table.FeatureList.FeatureRecord)
    marking = [each.Feature for each in features if each.FeatureTag in {"mark", "mkmk"}]
    for number in sorted({number for each in marking for number in each.LookupListIndex}):
        for found in table.LookupList.Lookup[number].SubTable:
            kept = found.ExtSubTable if found.LookupType == _ELSEWHERE else found
            if kept.LookupType == kind:
                yield kept


def _read(table: Any) -> tuple[Any, Any, Any, Any]:  # noqa: ANN401
    """The marks and their classes, and the letters, or marks, that hold them, with their places."""
    if table.LookupType == _ON_LETTER:
        letters = table.BaseArray.BaseRecord
        anchors = [each.BaseAnchor for each in letters]
        return table.MarkCoverage, table.MarkArray.MarkRecord, table.BaseCoverage, anchors
    below = table.Mark2Array.Mark2Record
    anchors = [each.Mark2Anchor for each in below]
    return table.Mark1Coverage, table.Mark1Array.MarkRecord, table.Mark2Coverage, anchors


def _cut(characters: frozenset[int], *, takes_apart: bool) -> bytes:
    """The wider font with these characters alone."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415  see below

    features = [each for each in Options().layout_features if takes_apart or each != _CCMP]
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
