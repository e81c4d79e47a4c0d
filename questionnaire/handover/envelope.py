"""The text of a printed code, apart from its meaning: a version, a number and a checksum.

A hand scanner types this text as a keyboard does, perhaps as one of another country.  So it is
written with the digits of base32hex (0 to 9, A to V): capital letters and digits are what a QR code
holds most closely, and Y and Z, which keyboards swap, are not among them.  It is base32hex of a
number, not of bytes as Python's base64 writes it, which would make the text longer.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from questionnaire.errors import AnswersError

FORMAT = "ACU1"

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
_CHECKSUM = 7
"""Digits of a checksum; each holds 5 bits."""

_TEXT = re.compile(
    rf"{FORMAT}\.(?P<version>[\x21-\x7e]+)\."
    rf"(?P<mark>[{_DIGITS}]{{{_CHECKSUM}}})(?P<number>[{_DIGITS}]*)[{_DIGITS}]{{{_CHECKSUM}}}"
)
_BLANKS = "".join(map(chr, range(33))) + "\x7f\xa0\ufeff"
"""What scanners and pipes set around a text: Enter, Tab, and signs that steer a transmission."""

_SYMBOLOGY = re.compile(r"[^\sA-Z0-9][A-Z][A-Z0-9](?=ACU\d+\.)", re.ASCII | re.IGNORECASE)
"""The AIM identifier of the kind of code, such as ]Q1, which a scanner may set before its text.
What stands for the bracket depends on the keyboard."""

_LATER = re.compile(rf"(?!{FORMAT}\.)ACU\d+\.")
_KEYBOARD = (
    "if a hand scanner typed it, set the scanner to the keyboard of this computer, and scan again"
)


@dataclass(frozen=True)
class Sealed:
    """What a text holds: a number, and the content that gives it a meaning, by version and mark.

    Both are in capital letters.
    """

    version: str
    mark: str
    number: int


def seal(content: Sealed) -> str:
    """The text: what it holds, and the checksum of that."""
    digits = _in_base_32(content.number)
    text = f"{FORMAT}.{content.version}.{content.mark}{digits}"
    return text + checksum(text)


def unseal(typed: str) -> Sealed:
    """What a text holds; AnswersError unless it is one of ours, and whole."""
    text = as_printed(typed)
    found = _TEXT.fullmatch(text)
    if found is None:
        raise AnswersError([_strange(text)])
    if not text.endswith(checksum(text[:-_CHECKSUM])):
        raise AnswersError([_DAMAGED])
    number = int(found["number"] or _DIGITS[0], len(_DIGITS))
    return Sealed(found["version"], found["mark"], number)


def as_printed(typed: str) -> str:
    """The text without what a scanner sets around it, in capitals; empty if it cannot be ours."""
    whole = typed.strip(_BLANKS)
    identified = _SYMBOLOGY.match(whole)
    bare = whole[identified.end() :] if identified else whole
    # Some letters of other scripts have a capital that is one of ours.
    return bare.upper() if bare.isascii() else ""


def checksum(text: str) -> str:
    """Seven digits that follow from the SHA-256 of the text."""
    start = int.from_bytes(sha256(text.encode()).digest(), "big")
    return _in_base_32(start % len(_DIGITS) ** _CHECKSUM).rjust(_CHECKSUM, _DIGITS[0])


_DAMAGED = (
    "is not the text that was printed: a character is missing, added or changed; "
    f"{_KEYBOARD}, or read a picture of its page"
)


def _strange(text: str) -> str:
    if _LATER.match(text):
        return f"is of another format than {FORMAT}; read it with the program that made it"
    return f"is no code of a report, which begins with {FORMAT}, or not all of it; {_KEYBOARD}"


def _in_base_32(number: int) -> str:
    digits = ""
    while number:
        number, place = divmod(number, len(_DIGITS))
        digits = _DIGITS[place] + digits
    return digits
