"""Text that somebody typed, as it can be printed: on paper, on a page, in a terminal.

Bidirectional controls make what follows run the other way, past the end of a name and through the
date beside it.  They and the other default-ignorable code points have no shape of their own, and
come unseen with what is pasted: nobody can be asked to take them out.  So they stay in the answers
as they were typed, and are left out wherever these are printed.
"""

import re
from unicodedata import bidirectional, category

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""The bidirectional controls (Bidi_Control), as they stand in a pattern."""

_JOINERS = "\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Choose the shape of the letter or picture before them, where a script or emoji has several."""

_UNSEEN = re.compile(
    f"[{TURNING}{_JOINERS}\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
"""The code points without a shape (Default_Ignorable_Code_Point), and notes between the lines."""

_JOINER = re.compile(f"[{_JOINERS}]")
_TURNING = re.compile(f"[{TURNING}]")
_LINE_ENDS = str.maketrans("\u2028\u2029", "\n\n")
_FIRST_WITH_SHAPES = "\u0590"
"""The letters before it (Latin, Greek, Cyrillic, Armenian) have one shape each."""

_SHAPED = {"L", "M", "S"}
_CONTROLS, _ALLOWED = {"Cc", "Cs"}, "\n\r\t"
_FROM_THE_RIGHT = {"R", "AL", "AN"}


def is_printable(text: str) -> bool:
    """Whether a text can be an answer: nothing in it steers a printer or a terminal."""
    return all(category(each) not in _CONTROLS or each in _ALLOWED for each in text)


def printed(text: str) -> str:
    """The text as it stands wherever it is printed; empty when nothing in it can be seen."""
    if text.isascii():
        return text
    seen = _UNSEEN.sub(_kept, text).translate(_LINE_ENDS)
    return seen if seen.strip() else ""


def steady(line: str) -> str:
    """A line for a terminal, in which nothing turns the rest of it.

    A name of a file is shown with the place of each such mark: two names must not look alike.
    """
    return line if line.isascii() else _TURNING.sub("\N{REPLACEMENT CHARACTER}", line)


def escaped(json: str) -> str:
    """JSON that says the same, and that nothing turns for whoever looks at it."""
    return _TURNING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def is_from_the_right(text: str) -> bool:
    """Whether some of it runs from right to left, and would turn what stands beside it."""
    return any(bidirectional(each) in _FROM_THE_RIGHT for each in text)


def _kept(unseen: re.Match[str]) -> str:
    """Of a run of such marks the one that the letter before it may need."""
    before = unseen.string[unseen.start() - 1 : unseen.start()]
    has_shapes = before >= _FIRST_WITH_SHAPES and category(before)[0] in _SHAPED
    joiner = _JOINER.search(unseen[0]) if has_shapes else None
    return joiner[0] if joiner else ""
