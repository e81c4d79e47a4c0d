"""What WeasyPrint 70 leaves out of a PDF that is to be PDF/A-3a and PDF/UA-1 at once.

Works on the file's objects just before they are written, and knows no library: they are
dictionaries, lists and streams.
"""

from dataclasses import dataclass
from typing import Any, cast

_POINT = 0.75
"""Points in a pixel of the page."""

_SILENT = b" <200b>"
"""The space that has no width: it stands for no letter, and is no word's end to a listener."""

_EMPTY, _SHOWN, _END_OF_TEXT = b"<>", b"] TJ", b"ET"

_DOUBTFUL = b"\r\nendstream"
"""Some readers take a last byte that could end a line for one that does, and miss a byte."""

_END = b"</rdf:RDF>"

_ALSO_FOR_ALL = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""Says that the file is PDF/UA-1, and, for PDF/A, what that entry means."""


def is_doubtful(file: bytes) -> bool:
    """Whether a reader may take the wrong length for what is packed in the file."""
    return _DOUBTFUL in file


def finish(pdf: Any, spare: int) -> None:  # noqa: ANN401 - WeasyPrint's file ships no types
    """Name the second standard; say what each table header heads, and where each picture is.

    `spare`: so many empty objects more. The lists that writing adds are packed differently then,
    and end on another byte.
    """
    _also_for_all(pdf)
    _headers_with_scope(pdf)
    _pictures_in_place(pdf)
    _letters_with_meaning(pdf)
    _marks_in_place(pdf)
    if "AF" in pdf.catalog:  # every carried file stands there twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    pdf.objects[1:] = map(_settled, pdf.objects[1:])  # the first is no object, but says so
    for _ in range(spare):
        pdf.add_object(type(pdf.catalog)())


def _also_for_all(pdf: Any) -> None:  # noqa: ANN401
    """In the one set of statements that readers look at, and not packed, as many read no other."""
    metadata = _at(pdf, pdf.catalog["Metadata"])
    (xmp,) = metadata.stream
    before, end, after = xmp.rpartition(_END)
    metadata.stream = [before + _ALSO_FOR_ALL + end + after]
    metadata.compress = False


def _headers_with_scope(pdf: Any) -> None:  # noqa: ANN401
    """A header beside plain cells heads its row; one among headers only, its column."""
    for header in pdf.objects:
        if isinstance(header, dict) and header.get("S") == "/TH":
            row = _at(pdf, header["P"])
            plain = any(_at(pdf, cell)["S"] == "/TD" for cell in row["K"])
            header["A"]["Scope"] = "/Row" if plain else "/Column"


def _pictures_in_place(pdf: Any) -> None:  # noqa: ANN401
    """WeasyPrint gives places in its own pixels from the top; a PDF counts points from below."""
    for picture in pdf.objects:
        if isinstance(picture, dict) and picture.get("S") == "/Figure":
            height = _at(pdf, picture["Pg"])["MediaBox"][3]
            left, top, right, bottom = (_POINT * each for each in picture["A"]["BBox"])
            picture["A"]["BBox"][:] = (left, height - bottom, right, height - top)


def _letters_with_meaning(pdf: Any) -> None:  # noqa: ANN401
    """A sign that is drawn for several letters at once leaves its neighbours without meaning."""
    for font in pdf.objects:
        if isinstance(font, dict) and "ToUnicode" in font:
            meanings = _at(pdf, font["ToUnicode"])
            meanings.stream = [each.replace(b" <>", _SILENT) for each in meanings.stream]


def _marks_in_place(pdf: Any) -> None:  # noqa: ANN401
    """Without empty texts in a line that goes on: after one, PDFium forgets the last move.

    Then a mark above another stands beside it, and what follows is drawn over the letter.
    """
    for each in pdf.objects:
        if lines := getattr(each, "stream", ()):
            ends = [*lines[1:], _END_OF_TEXT]
            lines[:] = [
                line.replace(_EMPTY, b" ")
                if isinstance(line, bytes) and line.endswith(_SHOWN) and end != _END_OF_TEXT
                else line
                for line, end in zip(lines, ends, strict=True)
            ]


@dataclass
class _Settled:
    """An object with the bytes that it will be written as.

    Else they are made, and packed, twice for each file: 7 % of the time for a report.
    """

    number: int
    generation: int
    free: str
    compressible: bool
    data: bytes
    offset: int = 0

    @property
    def indirect(self) -> bytes:
        """As the file's writer asks for it."""
        return b"%d %d obj\n%b\nendobj" % (self.number, self.generation, self.data)


def _settled(each: Any) -> _Settled:  # noqa: ANN401
    data = each.data
    if is_doubtful(data):
        each.compress = False
        data = each.data
    return _Settled(each.number, each.generation, each.free, each.compressible, data)


def _at(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401
    return cast("Any", pdf.objects[int(reference.split()[0])])
