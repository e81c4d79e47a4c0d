"""What WeasyPrint 70 leaves out of a PDF that is to be PDF/A-3a and PDF/UA-1 at once.

Works on the file's objects just before they are written, and imports no library: they are
dictionaries, lists and streams.
"""

from typing import Any, cast

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


def finish(pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint's file ships no types
    """Name the second standard, and say of each table header what it heads."""
    _also_for_all(pdf)
    _headers_with_scope(pdf)
    if "AF" in pdf.catalog:  # every carried file stands there twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


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


def _at(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401
    return cast("Any", pdf.objects[int(reference.split()[0])])
