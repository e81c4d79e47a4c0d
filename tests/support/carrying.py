"""Small reports that carry answers: made in no time, as their pages say next to nothing."""

from vignettes import baseline

from questionnaire.report.pdf import render as pdf

PAGE = """<html lang="en"><meta charset="utf-8"><title>A report</title>
<meta name="author" content="acuscreen"><meta name="dcterms.created" content="2026-11-22">
<meta name="dcterms.modified" content="2026-11-22"><h1>A report</h1>"""
WELL = baseline()
ANN = WELL | {"name": "Zoë", "notes": "Only on\nMondays."}


def made_of(carried, page=PAGE):
    return pdf.to_pdf(page, carried)
