"""Letters with marks above and below them (diacritics), each set whole.

A letter must not come from one font and its mark from another, nor both from one that has no place
for the mark: it would stand beside the letter.  What has a character of its own (NFC) is set as
that; any other letter from its parts (NFD), in a face that has places for them.  A mark that has
no place there either cannot be printed.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape
from unicodedata import combining, normalize

from questionnaire.report.pdf.fonts import MARKED_FAMILY, UNDRAWABLE, has_places, other_letters

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""The marks that any letter may bear; those of one script alone are a matter of its shaping."""

_MOST = 3
"""Marks on one side of a letter: with more of them it would reach into other lines."""

_MARK = re.compile(f"[{_MARKS}]")
_LETTER = re.compile(f"(?P<letter>[^{_MARKS}]?)(?P<marks>[{_MARKS}]+)")
_PIECE = re.compile(rf"<[^>]*>|(?P<letter>&#?\w+;|[^<>&{_MARKS}]?)(?P<marks>[{_MARKS}]+)")
_FOOT = re.compile(r'(?<= data-footer=")[^"]*')
_CLASS = "marked"
_STYLE = f".{_CLASS} {{ {MARKED_FAMILY} }}"
_STYLE_OF_FOOT = f"@page {{ @bottom-left {{ {MARKED_FAMILY}; line-height: 1.16 }} }}"
"""With room for the marks below, above the edge that printers cut."""


@dataclass(frozen=True)
class Page:
    """A page on which every letter stands with its marks.

    `parts`: the letters and marks that some are set from, and `style`, how these are set.
    """

    html: str
    parts: frozenset[int] = frozenset()
    style: str = ""

    @property
    def marks(self) -> frozenset[int]:
        """Those of the parts that stand nowhere else."""
        return frozenset(each for each in self.parts if _MARK.match(chr(each)))


@dataclass(frozen=True)
class _Letter:
    """A letter as it is set, the marks that it cannot have, and whether it is set from parts."""

    text: str
    lost: int = 0
    is_apart: bool = False


def set_whole(html: str) -> Page:
    """The page with its letters set whole, in its text and at its foot."""
    if not _MARK.search(html):
        return Page(html)
    parts = set[str]()

    def placed(found: re.Match[str]) -> str:
        if not found["marks"]:
            return found[0]
        letter = _letter(unescape(found["letter"]), found["marks"])
        text = escape(letter.text)
        if letter.is_apart:
            parts.update(letter.text)
            text = f'<span class="{_CLASS}">{text}</span>'
        return text + UNDRAWABLE * letter.lost

    text, style = _PIECE.sub(placed, html), _STYLE
    if (found := _FOOT.search(text)) and _MARK.search(found[0]):
        foot, is_apart = _foot(unescape(found[0]))
        text = text[: found.start()] + escape(foot) + text[found.end() :]
        if is_apart:  # no part of it can have a style of its own
            parts.update(foot)
            style += _STYLE_OF_FOOT
    return Page(text, frozenset(map(ord, parts)), style)


def _foot(text: str) -> tuple[str, bool]:
    """The foot as it is set, and whether it is set from parts: then wherever they have places."""
    letters = list[_Letter]()

    def placed(found: re.Match[str]) -> str:
        letter = _letter(found["letter"], found["marks"])
        letters.append(letter)
        return letter.text + UNDRAWABLE * letter.lost

    foot = _LETTER.sub(placed, text)
    is_apart = any(each.is_apart for each in letters)
    return ("".join(map(_apart, foot)) if is_apart else foot), is_apart


def _apart(letter: str) -> str:
    parts = normalize("NFD", letter)
    return parts if has_places(parts) else letter


def _letter(letter: str, marks: str) -> _Letter:
    """A letter with the marks that can be set on it; one that has no place for any stays as it is.

    Where the text faces have it as it was typed, with its marks apart, it stays so.
    """
    typed = letter + marks
    one = normalize("NFC", typed)
    if not _MARK.search(one):
        return _Letter(one if other_letters(typed + one) else typed)
    if not has_places(normalize("NFD", letter)):
        return _Letter(letter, len(marks))
    apart = normalize("NFD", typed)
    kept, beside = apart[0], Counter[int]()
    for mark in apart[1:]:
        if beside[combining(mark)] < _MOST and has_places(kept + mark):
            kept += mark
            beside[combining(mark)] += 1
    one, lost = normalize("NFC", kept), len(apart) - len(kept)
    return _Letter(kept, lost, is_apart=True) if _MARK.search(one) else _Letter(one, lost)
