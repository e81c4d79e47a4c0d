"""A short text as a QR code to print.  The only module that knows segno."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_CORRECTS = "q"
"""Error correction of level Q: a quarter of the code may be stained or torn.  Its modules are still
four dots wide in a scan at 100 dpi.
"""


@dataclass(frozen=True)
class Code:
    """The answers as a QR code: the text it holds, and its dark modules as an SVG path.

    The path is to be stroked, one unit wide: a module, one square of the code, is a unit, and each
    run of dark ones is one line.  `size` counts the modules of one side, without the quiet zone
    around them.
    """

    text: str
    size: int
    path: str


def code_for(text: str) -> Code:
    """The smallest code that holds the text."""
    import segno  # noqa: PLC0415  only who prints a code waits for it

    rows = [bytes(row) for row in segno.make_qr(text, error=_CORRECTS).matrix]
    return Code(text, len(rows), "".join(f"M{x} {y}.5h{n}" for x, y, n in _bars(rows)))


def _bars(rows: Sequence[bytes]) -> Iterator[tuple[int, int, int]]:
    """Each run of dark modules in a row: where it begins, and how long it is."""
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield x, y, length
            x += length
