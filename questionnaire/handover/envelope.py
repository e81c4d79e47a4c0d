"""The text of a printed code, without its meaning: a number under a version, and its check.

A hand scanner types this text, and may do so as on another keyboard.  So it is of capital letters
and digits, which a QR code holds closely, and without Y and Z, which keyboards swap: base32hex,
of a number and not of bytes as Python's base64 writes it, which would make the text longer.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from questionnaire.errors import AnswersError

FORMAT = "ACU1"

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
_CHECK = 7
"""Digits of a check; each holds 5 bits."""

_TEXT = re.compile(
    rf"{FORMAT}\.(?P<version>[\x21-\x7e]+)\."
    rf"(?P<mark>[{_DIGITS}]{{{_CHECK}}})(?P<number>[{_DIGITS}]*)[{_DIGITS}]{{{_CHECK}}}"
)
_LATER = re.compile(rf"(?!{FORMAT}\.)ACU\d+\.")
_KEYBOARD = (
    "if a hand scanner typed it, set the scanner to the keyboard of this computer, and scan again"
)


@dataclass(frozen=True)
class Sealed:
    """A number, the content version that gives it a meaning, and the mark of that content.

    All of it is in capital letters.
    """

    version: str
    mark: str
    number: int


def seal(content: Sealed) -> str:
    """The text: all that it holds, and the check of that."""
    digits = _in_digits(content.number)
    text = f"{FORMAT}.{content.version}.{content.mark}{digits}"
    return text + check(text)


def unseal(typed: str) -> Sealed:
    """What a text holds; AnswersError unless it is one of ours, and whole."""
    # Some letters of other scripts have a capital that is one of ours.
    text = typed.strip().upper() if typed.isascii() else ""
    found = _TEXT.fullmatch(text)
    if found is None:
        raise AnswersError([_strange(text)])
    if not text.endswith(check(text[:-_CHECK])):
        raise AnswersError([_DAMAGED])
    number = int(found["number"] or _DIGITS[0], len(_DIGITS))
    return Sealed(found["version"], found["mark"], number)


def check(text: str) -> str:
    """Seven digits that are others when anything in the text is."""
    start = int.from_bytes(sha256(text.encode()).digest(), "big")
    return _in_digits(start % len(_DIGITS) ** _CHECK).rjust(_CHECK, _DIGITS[0])


_DAMAGED = (
    "is not the text that was printed: a character is missing, added or changed; "
    f"{_KEYBOARD}, or read a picture of its page"
)


def _strange(text: str) -> str:
    if _LATER.match(text):
        return f"is of another format than {FORMAT}; read it with the program that made it"
    return f"is no code of a report, which begins with {FORMAT}, or not all of it; {_KEYBOARD}"


def _in_digits(number: int) -> str:
    digits = ""
    while number:
        number, place = divmod(number, len(_DIGITS))
        digits = _DIGITS[place] + digits
    return digits
