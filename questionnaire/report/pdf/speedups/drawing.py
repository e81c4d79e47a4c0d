"""Draw a line of text from a recording, where a report on nobody has the same line.

To draw a line WeasyPrint lays it out again and looks at every letter.  What only a person says is
not recorded: it is drawn once.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any

from weasyprint import draw
from weasyprint.draw.text import draw_first_line, draw_text
from weasyprint.matrix import Matrix

from questionnaire.report.pdf.speedups.memory import is_on_nobody


@dataclass(frozen=True)
class _Letters:
    """The letters of one font in a line, by their number in it: how wide, and what they mean."""

    font: int
    widths: dict[int, int]
    meanings: dict[int, str]

    def fit(self, font: Any) -> bool:  # noqa: ANN401 - WeasyPrint ships no types
        """Whether they are as wide in the document's font: as first measured, in some size."""
        return all(font.widths.get(each, width) == width for each, width in self.widths.items())

    def join(self, font: Any) -> None:  # noqa: ANN401
        """Tell the document's font that it needs them; what it knows already stays."""
        for each, width in self.widths.items():
            font.widths.setdefault(each, width)
        for each, meaning in self.meanings.items():
            font.to_unicode.setdefault(each, meaning)


@dataclass(frozen=True)
class _Line:
    """What a line adds to a page, wherever it stands: calls of the page's methods."""

    calls: list[tuple[str, tuple[Any, ...]]]
    letters: list[_Letters]


class _Notebook:
    """Stands for a page while a line is drawn, as if nothing had been drawn in its fonts yet."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.fonts: dict[int, Any] = {}
        self.page = page

    def add_font(self, pango_font: object) -> tuple[Any, float]:
        """The page's font, without the letters that it has from other lines."""
        font, size = self.page.add_font(pango_font)
        key = next(key for key, known in self.page._fonts.items() if known is font)
        unused = copy(font)
        unused.widths, unused.to_unicode, unused.missing = {}, {}, {}
        return self.fonts.setdefault(key, unused), size

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name.endswith("_rect"):  # where Pango puts what it measures
            return getattr(self.page, name)
        return lambda *given: self.calls.append((name, given))


def enable() -> None:
    """Let WeasyPrint draw what was recorded from the recording."""
    draw.draw_text = _draw_text


def _draw_text(
    stream: Any,  # noqa: ANN401
    textbox: Any,  # noqa: ANN401
    offset_x: float,
    text_overflow: str,
    block_ellipsis: str = "none",
) -> None:
    line = None
    if textbox.text.strip() and _is_plain(textbox.style, text_overflow, block_ellipsis):
        line = _by_heart(stream, textbox)
    fonts = [(stream._fonts.get(each.font), each) for each in line.letters] if line else []
    if line and all(font and letters.fit(font) for font, letters in fonts):
        _draw(stream, textbox, line)
        for font, letters in fonts:
            letters.join(font)
    else:
        draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)


def _by_heart(stream: Any, textbox: Any) -> _Line | None:  # noqa: ANN401
    """The recording of a line; None where there is none, and where the line has pictures."""
    learnt: list[_Line | None] | None = getattr(textbox.pango_layout, "learnt", None)
    if learnt is None:  # not from `lines`
        return None
    if not learnt and is_on_nobody():
        learnt.append(_recorded(stream, textbox))
    return learnt[0] if learnt else None


def _recorded(stream: Any, textbox: Any) -> _Line | None:  # noqa: ANN401
    notes = _Notebook(stream)
    textbox.pango_layout.reactivate(textbox.style)
    pictures = draw_first_line(notes, textbox, "clip", "none", Matrix())
    textbox.pango_layout.deactivate()
    letters = [_Letters(key, font.widths, font.to_unicode) for key, font in notes.fonts.items()]
    if pictures or any(font.missing for font in notes.fonts.values()):
        return None
    return _Line(notes.calls[1:], letters)  # the first call says where it stands


def _draw(stream: Any, textbox: Any, line: _Line) -> None:  # noqa: ANN401
    place = Matrix(d=-1, e=textbox.position_x, f=textbox.position_y + textbox.baseline)
    stream.set_color(textbox.style["color"])
    stream.begin_text()
    stream.set_text_matrix(*place.values)
    for name, given in line.calls:
        getattr(stream, name)(*given)
    stream.end_text()


def _is_plain(style: Any, text_overflow: str, block_ellipsis: str) -> bool:  # noqa: ANN401
    """Whether the line is all there is to be drawn: nothing under it, nothing in place of it."""
    return (
        style["visibility"] == "visible"
        and style["text_decoration_line"] == "none"
        and text_overflow == "clip"
        and block_ellipsis == "none"
    )
