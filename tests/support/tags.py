"""The tags of a PDF: what a screen reader is given, and in which order."""

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from textwrap import shorten

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c


@dataclass(frozen=True)
class Tag:
    """One element: its role, the page that it begins on, and what stands in it and below it."""

    role: str
    page: int
    text: str = ""
    alt: str | None = None
    scope: str | None = None
    place: tuple[float, ...] | None = None
    below: tuple["Tag", ...] = ()

    def all(self):
        """This element and every element below it, in reading order."""
        yield self
        for each in self.below:
            yield from each.all()

    def of(self, *roles):
        """The elements of these roles, in reading order."""
        return [each for each in self.all() if each.role in roles]

    def spoken(self):
        """The text in reading order."""
        return " ".join(each.text for each in self.all() if each.text)

    def lines(self):
        """What a person who listens is told, an element a line: its role, and its first words."""
        match self.role:
            case "Figure":
                yield _line(self.role, self.alt)
            case "TR":
                yield _line(self.role, " | ".join(_words(each.spoken()) for each in self.below))
            case "P" | "LI" | "H1" | "H2" | "H3" | "H4":
                yield _line(self.role, self.spoken())
            case _:
                for each in self.below:
                    yield from each.lines()


def _line(role, text):
    return f"{role:<6}  {shorten(_words(text), 64, placeholder=' …')}"


def _words(text):
    return " ".join(text.replace("\x02", "-").split())


@lru_cache(maxsize=64)
def tree(pdf):
    """The document's tag, with all others below it."""
    marked = _marked(pdf)
    with pikepdf.open(BytesIO(pdf)) as file:
        pages = {page.objgen: at for at, page in enumerate(file.pages)}
        (document,) = file.Root.StructTreeRoot.K
        return _tag(document, pages, marked)


def _tag(element, pages, marked):
    page = pages[element.Pg.objgen] if "/Pg" in element else 0
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return Tag(
        role=str(element.S)[1:],
        page=page,
        text="".join(marked[page, kid] for kid in kids if isinstance(kid, int)),
        alt=str(element.Alt) if "/Alt" in element else None,
        scope=str(element.A.Scope) if "/Scope" in element.get("/A", {}) else None,
        place=_place(element),
        below=tuple(
            _tag(kid, pages, marked)
            for kid in kids
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ),
    )


def _place(element):
    return tuple(map(float, element.A.BBox)) if "/BBox" in element.get("/A", {}) else None


def _marked(pdf):
    """The text of each piece of marked content, by page and number."""
    marked = defaultdict(str)
    for at, page in enumerate(pdfium.PdfDocument(pdf)):
        text = page.get_textpage()
        for each in page.get_objects([pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=5):
            marked[at, pdfium_c.FPDFPageObj_GetMarkedContentID(each.raw)] += _text(each, text)
    return marked


def _text(shown, page):
    size = pdfium_c.FPDFTextObj_GetText(shown.raw, page.raw, None, 0)
    room = ctypes.create_string_buffer(size)
    into = ctypes.cast(room, ctypes.POINTER(pdfium_c.FPDF_WCHAR))
    pdfium_c.FPDFTextObj_GetText(shown.raw, page.raw, into, size)
    return room.raw.decode("utf-16-le").rstrip("\0")
