"""A page as a PDF.  The only module that knows WeasyPrint and the fonts.

Nothing is fetched, and no font of the machine is used.  The text is set in two packaged faces
made for readers with low vision; for other scripts a wider packaged font is cut down to the
characters needed and fixed in weight, because WeasyPrint 70 writes wrong widths for a variable
font.  The same page gives the same bytes, as long as the page itself holds its dates.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from io import BytesIO

import fontpkg
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

UNDRAWABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands in print for a character that no packaged font can draw."""

_VARIANT = "pdf/ua-1"
_TEXT, _OTHER = "atkinson-hyperlegible", "noto-sans"
_WEIGHTS = (400, 700)
_BLANK = frozenset(map(ord, "\n\r\t"))
_JOINING = frozenset({0x20, 0xA0, 0x200C, 0x200D, 0x25CC})
"""Needed between and within the letters of other scripts."""

_FACE = "@font-face {{ font-family: 'acuscreen {0}'; src: url(font:{0}-{1}); font-weight: {1} }}"
_FAMILY = f"html, svg {{ font-family: 'acuscreen {_TEXT}', 'acuscreen {_OTHER}' }}"
_TOLD = ".undrawable { display: block !important }"


class _Packaged(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Hands out the fonts it was given, and nothing else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__()
        self._fonts = fonts

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """The font of that address; whatever else a page asks for is a bug."""
        if url not in self._fonts:
            raise FatalURLFetchingError(f"A report needs only its fonts, and asked for {url}.")
        return URLFetcherResponse(url, self._fonts[url])


def to_pdf(html: str) -> bytes:
    """The page as a tagged PDF (PDF/UA-1).

    What cannot be drawn is marked, and the page's element of class `undrawable` says so.
    """
    return _written_out(_laid_out(html))


def first_that_fits(versions: Iterable[str], most: int) -> bytes:
    """The first version of a page that fills no more than `most` sheets, or the last, as a PDF."""
    for version in versions:
        document = _laid_out(version)
        if len(document.pages) <= most:
            break
    return _written_out(document)


def _written_out(document: Document) -> bytes:
    pdf: bytes = document.write_pdf(pdf_variant=_VARIANT)
    return pdf


def _laid_out(html: str) -> Document:
    page = _marked(html)
    others = frozenset(map(ord, page)) - _characters(_TEXT)
    styles, fonts = _faces(others)
    if page != html:
        styles = [*styles, CSS(string=_TOLD)]
    return HTML(string=page, url_fetcher=_Packaged({})).render(
        stylesheets=styles, font_config=fonts, pdf_variant=_VARIANT
    )


def _marked(html: str) -> str:
    unknown = frozenset(map(ord, html)) - _characters(_TEXT) - _characters(_OTHER)
    return html.translate(dict.fromkeys(unknown, UNDRAWABLE))


@cache
def _characters(family: str) -> frozenset[int]:
    with TTFont(fontpkg.path(family), lazy=True) as font:
        return frozenset(font.getBestCmap()) | _BLANK


@lru_cache(maxsize=4)
def _faces(others: frozenset[int]) -> tuple[list[CSS], FontConfiguration]:
    """The faces that a page needs, ready for layout."""
    files = {f"font:{_TEXT}-{each}": fontpkg.path(_TEXT, each).read_bytes() for each in _WEIGHTS}
    faces = [_FACE.format(_TEXT, each) for each in _WEIGHTS]
    if others:
        cut = _cut(others)
        files |= {f"font:{_OTHER}-{each}": _in_weight(cut, each) for each in _WEIGHTS}
        faces += [_FACE.format(_OTHER, each) for each in _WEIGHTS]
    fonts = FontConfiguration()
    sheet = "\n".join([*faces, _FAMILY])
    return [CSS(string=sheet, font_config=fonts, url_fetcher=_Packaged(files))], fonts


def _cut(characters: frozenset[int]) -> bytes:
    """The wider font with these characters alone."""
    with TTFont(fontpkg.path(_OTHER), recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=["*"]))
        subsetter.populate(unicodes=characters | _JOINING)
        subsetter.subset(font)
        return _written(font)


def _in_weight(file: bytes, weight: int) -> bytes:
    with TTFont(BytesIO(file), recalcTimestamp=False) as font:
        instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
        return _written(font)


def _written(font: TTFont) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()
