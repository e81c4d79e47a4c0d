"""The nearest sign for one that an encoding lacks.

For terminals and pipes that are not in UTF-8: a straight quotation mark for a curly one, the bare
letter for one with a mark, a question mark where nothing is near.
"""

import re
import unicodedata

_UNKNOWN = "?"
_ALIKE = str.maketrans(
    dict.fromkeys("‘’‚‛′´", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−·", "-")
    | dict.fromkeys("•●◦■", "*")
    | dict.fromkeys("→»›▶►", ">")
    | dict.fromkeys("←«‹◀◄", "<")
    | {"↑": "^", "↓": "v", "×": "x", "÷": "/", "⁄": "/", "≤": "<=", "≥": ">=", "≠": "!="}
    | {"†": "+", "‡": "++", "§": "S.", "°": " deg", "€": "EUR", "£": "GBP"}
    | {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ı": "i"}
)
"""Signs that Unicode does not take apart, and what looks or reads most like them."""

_UNSEEN = {"Mn", "Me", "Cf"}
"""The categories of marks above and below a letter, and of signs without a shape."""

_LETTER = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z])(?: WITH .+)?")


def nearest(text: str, encoding: str) -> str:
    """The text as the encoding can say it; a byte of a file name that is no text is unknown."""
    return text if _says(encoding, text) else "".join(_alike(each, encoding) for each in text)


def _says(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _alike(sign: str, encoding: str) -> str:
    if _says(encoding, sign):
        return sign
    if unicodedata.category(sign) in _UNSEEN:
        return ""
    parts = unicodedata.normalize("NFKD", sign)
    seen = (each for each in parts if unicodedata.category(each) not in _UNSEEN)
    near = "".join(map(_bare, seen)).translate(_ALIKE)
    return near if near and _says(encoding, near) else _UNKNOWN


def _bare(sign: str) -> str:
    """The letter without its stroke, hook or tail, which Unicode tells by its name alone."""
    named = _LETTER.fullmatch(unicodedata.name(sign, ""))
    if named is None:
        return sign
    return named[2] if named[1] == "CAPITAL" else named[2].lower()
