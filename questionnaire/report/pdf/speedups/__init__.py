"""What WeasyPrint 70 does again for every report, and sometimes twice in one, done once.

Besides `pdf` the only modules that know WeasyPrint, and the only ones that know its inside. Each
puts something in the place of a function of its; without them a report is the same to the byte
(`tests/report/test_speedups.py`), and takes longer (`docs/speed.md`).
"""

from questionnaire.report.pdf.speedups import (
    c_types,  # noqa: F401
    drawing,  # noqa: F401
    lines,  # noqa: F401
    paths,  # noqa: F401
    styles,  # noqa: F401
)
