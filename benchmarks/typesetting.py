"""A report's page for Typst: the same words, tables and pictures, laid out nearly as it is in CSS.

As a program it prints one page: `python -m benchmarks.typesetting PAGE.typ REPORT.pdf FONTS`.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

_STYLE = Path(__file__).with_name("report.typ")
_STANDARDS = ["a-3a", "ua-1"]
_SPACES = re.compile(r"[ \n\t]+")
_SVG = "{http://www.w3.org/2000/svg}"

_CELLS = {
    "ul": "list(",
    "ol": "enum(",
    "glance": "beside((15.5em, 1fr, 44mm), ",
    "pair": "beside((1fr,) * 2, ",
    "trio": "beside((1fr,) * 3, ",
    "sides": "beside((31%, 1fr), ",
    "scale": "beside((9em, 4em, 1fr, 9.6em, 9.2em), ",
}
"""What has its children side by side, or one below the other, as parts of a whole."""

_AROUND = {
    **{f"h{level}": f"heading(level: {level})[" for level in (1, 2, 3, 4)},
    "b": "strong[",
    "lead": "lead[",
    "summary": "framed[",
    "benefit": "whole[",
}
_PICTURES = {"body": "186pt", "people": "100%", "": "115pt"}


def to_typst(html: str) -> str:
    """The page as a Typst document that needs no other file but the fonts."""
    import tinyhtml5  # noqa: PLC0415 - the program below does without it

    page = tinyhtml5.parse(html, namespace_html_elements=False)
    body = page.find("body")
    title, footer = page.findtext("head/title"), body.get("data-footer")
    style = _STYLE.read_text(encoding="utf-8")
    return f"{style}\n#sheet({_text(title)}, {_text(footer)})[\n{_inside(body)}\n]\n"


def to_pdf(document: str, fonts: str) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1, with the fonts in that folder and no others."""
    import typst  # noqa: PLC0415 - importing it is part of what is measured

    return bytes(
        typst.compile(
            document.encode(),
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=_STANDARDS,
        )
    )


def _inside(element: Element) -> str:
    parts = [_said(element.text)]
    for child in element:
        parts += [_set(child), _said(child.tail)]
    return "".join(parts)


def _set(element: Element) -> str:
    names = [element.tag, *element.get("class", "").split()]
    if element.tag == f"{_SVG}svg":
        return _picture(element)
    if "undrawable" in names:
        return ""
    if "rows" in names:
        return "".join(f"#beside((31%, 1fr), {_cells(row)})\n" for row in element)
    if element.tag == "table":
        head = f"table.header({_cells(element.iter('th'))}), "
        return f"#answers({head}{_cells(element.iter('td'))})\n"
    if kinds := [each for each in names if each in _CELLS]:
        return f"#{_CELLS[kinds[0]]}{_cells(element)})\n"
    inside = _inside(element)
    for name in names:
        inside = f"#{_AROUND[name]}{inside}]" if name in _AROUND else inside
    return f"\n\n{inside}\n\n" if element.tag == "p" else inside


def _cells(elements: Iterable[Element]) -> str:
    return "".join(f"[{_set(each)}], " for each in elements)


def _picture(svg: Element) -> str:
    """With what it shows in words; its letters are in the same face."""
    kind = svg.get("class", "")
    title = svg.findtext(f"{_SVG}title")
    file = tostring(svg, encoding="unicode").replace("acuscreen atkinson-", "Atkinson ")
    return f"#picture({_text(file)}, {_text(title)}, {svg.get('width', _PICTURES[kind])})\n"


def _said(text: str | None) -> str:
    words = _SPACES.sub(" ", text or "")
    return f"#{_text(words)};" if words.strip(" ") else words


def _text(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(
        to_pdf(Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[3])
    )
