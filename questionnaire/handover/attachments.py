"""What a report carries for programs to read: files inside the PDF.  Knows no WeasyPrint."""

from collections.abc import Mapping
from hashlib import sha256

from questionnaire.answers.file import write_answers
from questionnaire.conclusion.case import Case
from questionnaire.conclusion.result import to_json

ANSWERS, RESULT = "answers.json", "result.json"


def carried_by(case: Case) -> Mapping[str, bytes]:
    """The answers file, and what follows from it, as the report on a case carries them."""
    return {ANSWERS: write_answers(case.content, case.record), RESULT: to_json(case)}


def carried_id(carried: Mapping[str, bytes]) -> bytes:
    """A code for these files, in hexadecimal digits: of each name and its bytes, with their length.

    It shows an accident or an edit, and proves nothing: whoever changes a file can change it too.
    """
    whole = sha256()
    for name in sorted(carried):
        for part in (name.encode(), carried[name]):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest().encode("ascii")
