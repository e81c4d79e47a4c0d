"""A text as a QR code, drawn as modules.  The only module that knows segno."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Code:
    """The answers as a QR code: what it holds, and its dark modules as an SVG path.

    One unit is one module; `size` is modules a side, without the quiet zone.
    """

    text: str
    size: int
    path: str


def code_for(text: str) -> Code:
    """The code that holds this text."""
    rows = segno.make_qr(text, error="m").matrix
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, each in enumerate(row) if each)
    return Code(text, len(rows), "".join(dark))
