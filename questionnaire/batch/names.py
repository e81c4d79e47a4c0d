"""The names of reports.

A name carries a digest of all that a report is made of, and of what it is called after.  Of
libraries, pathvalidate keeps signs that a spreadsheet takes for a formula, and python-slugify drops
the vowels of Hindi.
"""

import json
import unicodedata
from dataclasses import fields
from hashlib import sha256

from questionnaire.report.settings import Settings
from questionnaire.system.printable import printed

_LONGEST = 50
_DIGITS = 12
_KEPT = "LMN"
"""Of signs in a name, the classes that stay: letters, marks, numbers."""


def report_name(name: str, answers: bytes, settings: Settings) -> str:
    """The report's file name: what it is called after, and the digest of what it is made of.

    `answers` is the answers file that the report carries.
    """
    parts = (name.encode(errors="surrogatepass"), answers, _chosen(settings))
    digest = sha256()
    for part in parts:
        digest.update(f"{len(part)}\0".encode())
        digest.update(part)
    return f"{_harmless(name)}-{digest.hexdigest()[:_DIGITS]}.pdf"


def _chosen(settings: Settings) -> bytes:
    """The settings that are not as ever; the day is left out, so that a stop over night is none."""
    chosen = {
        each.name: getattr(settings, each.name)
        for each in fields(settings)
        if each.name != "today" and getattr(settings, each.name) != each.default
    }
    return json.dumps(chosen, sort_keys=True).encode()


def _harmless(name: str) -> str:
    """The name as a part of a file name that no system and no table takes for anything else."""
    signs = unicodedata.normalize("NFC", printed(name))[:_LONGEST]
    kept = (each if unicodedata.category(each)[0] in _KEPT else "-" for each in signs)
    return "-".join(filter(None, "".join(kept).split("-"))) or "report"
