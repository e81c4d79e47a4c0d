"""Plain WeasyPrint, as anyone would call it: what our own way of printing is held against.

As a program it prints one page: `python -m benchmarks.plain PAGE.html REPORT.pdf`.
"""

import sys
from pathlib import Path

_FAMILY = "acuscreen atkinson-hyperlegible"


def with_faces(html: str) -> str:
    """The page with the faces of its text in its own style sheet, by the address of their files."""
    import fontpkg  # noqa: PLC0415 - the program below does without it

    files = {each: fontpkg.path("atkinson-hyperlegible", each).as_uri() for each in (400, 700)}
    faces = "".join(
        f"@font-face {{ font-family: '{_FAMILY}'; src: url({file}); font-weight: {weight} }}\n"
        for weight, file in files.items()
    )
    family = f"html, svg {{ font-family: '{_FAMILY}' }}\n"
    return html.replace("<style>", f"<style>{faces}{family}", 1)


def to_pdf(html: str) -> bytes:
    """The page as a PDF, parsed and laid out from nothing."""
    from weasyprint import HTML  # noqa: PLC0415 - importing it is part of what is measured

    pdf: bytes = HTML(string=html).write_pdf(pdf_variant="pdf/a-3a")
    return pdf


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(to_pdf(Path(sys.argv[1]).read_text(encoding="utf-8")))
