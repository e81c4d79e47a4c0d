"""The files attached to the PDF of a report, for programs to read.  Knows no WeasyPrint."""

from collections.abc import Mapping
from hashlib import sha256

from questionnaire.answers.file import write_answers
from questionnaire.conclusion.case import Case
from questionnaire.conclusion.result import to_json

ANSWERS, RESULT = "answers.json", "result.json"


def carried_by(case: Case) -> Mapping[str, bytes]:
    """The answers file, and what follows from it, as the report on a case carries them."""
    return {ANSWERS: write_answers(case.content, case.record, case.given), RESULT: to_json(case)}


def carried_id(carried: Mapping[str, bytes]) -> bytes:
    """The SHA-256 over these files, in hexadecimal digits: over each name and its bytes.

    Both are preceded by their length, so that no two sets of files are the same bytes.  It shows
    accidents and edits, and proves nothing: whoever changes a file can change this too.
    """
    whole = sha256()
    for name in sorted(carried):
        for part in (name.encode(), carried[name]):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest().encode("ascii")
