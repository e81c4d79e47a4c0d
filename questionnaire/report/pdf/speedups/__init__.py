"""Speed-ups of WeasyPrint: what it does again for every report is done once (memoization).

Monkey patches of its inside, so for one version alone, and only where `enable` is called: the PDF
is the same to the byte with them and without (`tests/report/test_speedups.py`).  How much each one
saves is in `docs/speed.md`; one that saves less than a tenth of a report is not worth its place.
"""

import weasyprint

from questionnaire.report.pdf.speedups.memory import one_report

__all__ = ["enable", "one_report"]

VERSION = "70.0"
"""The WeasyPrint that they were written for."""


def enable() -> bool:
    """Switch all of them on, once; whether that was done: under another version it is not."""
    if weasyprint.__version__ != VERSION:
        return False
    from questionnaire.report.pdf.speedups import drawing, lines, styles  # noqa: PLC0415  their inside

    for each in (lines, drawing, styles):
        each.enable()
    return True
