"""Recover the answers from a report: from the files in its PDF, or the code on its first page.

What follows from them is concluded anew, under the content that the report names.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from questionnaire.answers.file import read_answers, stamp_of, write_answers
from questionnaire.conclusion.case import Case, case_of
from questionnaire.content.content import Content, ContentStamp
from questionnaire.content.versions import content_of, released_versions
from questionnaire.errors import AnswersError
from questionnaire.handover.attachments import ANSWERS, RESULT, carried_by
from questionnaire.handover.envelope import unseal
from questionnaire.handover.payload import mark_of, unpack
from questionnaire.interview.wording import Worded, worded
from questionnaire.system.files import read_file
from questionnaire.system.output import print_aside
from questionnaire.system.printable import escaped

LARGEST_PICTURE = 50_000_000
"""Bytes: a page at 600 dpi in colour has fewer, even hardly compressed."""

_PDF = b"%PDF-"
_HEAD = 1024
"""Bytes: a PDF may begin anywhere among these, after some that belong to nothing."""
_LONGEST = 1000
"""Characters; the text of a code has some sixty."""


@dataclass(frozen=True)
class Recovered:
    """The answers that a report gave back: as a case, and as a file.

    `made` is the day that the report names.  `carried`: they came out of its PDF, together with a
    result, which was found to follow from them.
    """

    case: Case
    file: bytes
    made: date | None = None
    carried: bool = False

    @property
    def outcome(self) -> str:
        """What follows from the answers, in the words of its content."""
        return self.case.content.rulebook.outcomes[self.case.conclusion.outcome].title

    @property
    def replies(self) -> Mapping[str, Worded]:
        """The answers in the words that were chosen."""
        return worded(self.case.record)


def recover(present: Content, file: str | None, text: str) -> Recovered:
    """What is recovered from a file, or without one from a text; "-" stands for standard input.

    ReadError or AnswersError when nothing can be.
    """
    if file is not None:
        return from_file(read_file(file, LARGEST_PICTURE), present)
    return from_text(_typed() if text == "-" else text, present)


def from_file(raw: bytes, present: Content) -> Recovered:
    """From the PDF of a report, or from a picture of its page; AnswersError when it is neither."""
    if len(raw) > LARGEST_PICTURE:
        raise AnswersError([f"is larger than {LARGEST_PICTURE:,} bytes; save it smaller"])
    if _PDF in raw[:_HEAD]:
        return _from_report(raw, present)
    return _from_picture(raw, present)


def from_text(text: str, present: Content) -> Recovered:
    """From the text of the code, as a hand scanner types it; AnswersError when it is not whole."""
    content = _content_of_text(text, present)
    case = case_of(content, unpack(text, content))
    return Recovered(case, write_answers(content, case.record))


def _typed() -> str:
    """The text from standard input: a line in a terminal (a scanner ends it with Enter), of a pipe
    all there is.
    """
    if sys.stdin and sys.stdin.isatty():
        print_aside("Scan the code now, or type its text and press Enter.\n")
        return sys.stdin.buffer.readline(_LONGEST).decode(errors="replace")
    return read_file("-", _LONGEST).decode(errors="replace")


def _from_report(raw: bytes, present: Content) -> Recovered:
    from questionnaire.handover.extract import attached_to  # noqa: PLC0415  who has a text needs no PDF

    report = attached_to(raw)
    file = report.files[ANSWERS]
    content = _content(stamp_of(file), present)
    sheet = read_answers(file, content)
    case = case_of(content, sheet.said, sheet.given)
    if carried_by(case)[RESULT] != report.files[RESULT]:
        raise AnswersError([f"carries a result that does not follow from its answers; {_REDO}"])
    return Recovered(case, escaped(file.decode()).encode(), report.made, carried=True)


def _from_picture(raw: bytes, present: Content) -> Recovered:
    from questionnaire.handover.scan import codes_in  # noqa: PLC0415  as above

    match codes_in(raw):
        case ():
            raise AnswersError([_UNSEEN])
        case (text,):
            return from_text(text, present)
        case texts:
            raise AnswersError([f"shows {len(texts)} codes; take a picture of one page alone"])


def _content_of_text(text: str, present: Content) -> Content:
    packed = unseal(text)
    known = (present.version, *released_versions())
    named = next((each for each in known if each.upper() == packed.version), packed.version)
    same = mark_of(present) == packed.mark
    return _content(ContentStamp(named, present.sha256 if same else ""), present)


def _content(stamp: ContentStamp, present: Content) -> Content:
    """The very content that made the report; AnswersError when we do not have it."""
    content = content_of(stamp, present)
    if content.version != stamp.version:
        known = ", ".join(dict.fromkeys((*released_versions(), present.version)))
        raise AnswersError([_UNKNOWN.format(version=stamp.version, known=known)])
    return content


_REDO = "make the report again from an answers file"
_UNSEEN = (
    "shows no code that can be read; take the picture again of the page with the code, flat, sharp "
    "and whole, or scan it at 150 dpi or more"
)
_UNKNOWN = (
    "was made with content version {version}, which is not here (there: {known}); use the program "
    "that made it, or name a folder with --content"
)
