"""The files attached to the PDF of a report, for programs to read.  Knows no WeasyPrint."""

from collections.abc import Mapping
from hashlib import sha256

from questionnaire.answers.file import write_answers
from questionnaire.conclusion.result import to_json
from questionnaire.content.content import Content
from questionnaire.interview.flow import Said, facts

ANSWERS, RESULT = "answers.json", "result.json"


def carried_by(content: Content, said: Said) -> Mapping[str, bytes]:
    """The answers file, and what follows from it, as the report on these answers carries them."""
    conclusion = content.conclude(facts(content.questions, said))
    return {ANSWERS: write_answers(content, said), RESULT: to_json(content, conclusion)}


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
