"""What WeasyPrint 70 does again for every report, and sometimes twice in one, done once.

Besides `pdf` the only modules that know WeasyPrint, and the only ones that know its inside. Each
puts something in the place of a function of its; without them a report is the same to the byte
(`tests/test_quicker.py`), and takes longer (`docs/speed.md`).
"""

from questionnaire.quicker import c_types, drawing, lines, paths, styles  # noqa: F401
