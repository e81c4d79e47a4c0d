"""Extract the files that are attached to the PDF of a report, and see that they are unchanged.

The only module that knows pikepdf.  A PDF is not trusted: nothing in it is repaired, and nothing
is decompressed without a limit.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from io import BytesIO

import pikepdf
from pikepdf.settings import set_qpdf_limits

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.errors import AnswersError
from questionnaire.handover.attachments import ANSWERS, RESULT, carried_id

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # else its log is on the screen

LARGEST_PDF = 20_000_000
"""Bytes; a report has a few hundred thousand."""

_UNPACKED = 10_000_000
"""Decompression bomb: a small file may hold terabytes of nothing; this many bytes are enough."""
_NO_LIMIT = 0

_PACKED = ({"/FlateDecode"}, set[str]())
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")

_OTHERWISE = "read a picture of the page with the code, or use an answers file"
_DAMAGED = "is no whole PDF, or packs more than a report holds; get the file once more"
_ENCRYPTED = "is locked with a password; save a copy without one"
_FOREIGN = "is a PDF, but no report of acuscreen; save a scan of one as a picture (PNG or JPEG)"
_EMPTY = f"is of acuscreen, but carries no answers; if it is a report, {_OTHERWISE}"
_CHANGED = f"carries answers or a result that were changed after it was made; {_OTHERWISE}"
_TWICE = f"carries two files that are both called {{name}}; {_OTHERWISE}"


@dataclass(frozen=True)
class Attached:
    """What a report carries, by name, and the day that it says it was made."""

    files: Mapping[str, bytes]
    made: date | None


def attached_to(raw: bytes) -> Attached:
    """The files in a report; AnswersError unless both are there, unchanged."""
    if len(raw) > LARGEST_PDF:
        raise AnswersError([f"is larger than {LARGEST_PDF:,} bytes; that is no report"])
    try:
        with _limits(), _opened(raw) as pdf:
            return _attached(pdf)
    except AnswersError:
        raise
    except pikepdf.PasswordError as error:
        raise AnswersError([_ENCRYPTED]) from error
    except Exception as error:  # a damaged PDF fails in as many ways as there are parts of one
        raise AnswersError([_DAMAGED]) from error


@contextmanager
def _limits() -> Iterator[None]:
    set_qpdf_limits(flate_max_memory=_UNPACKED, run_length_max_memory=_UNPACKED)
    try:
        yield
    finally:
        set_qpdf_limits(flate_max_memory=_NO_LIMIT, run_length_max_memory=_NO_LIMIT)


def _opened(raw: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(raw), attempt_recovery=False, suppress_warnings=True)


def _attached(pdf: pikepdf.Pdf) -> Attached:
    if pdf.is_encrypted:
        raise AnswersError([_ENCRYPTED])
    streams = _streams(pdf)
    if not streams:
        raise AnswersError([_EMPTY if pdf.docinfo.get("/Author") == "acuscreen" else _FOREIGN])
    files = {name: _read(stream) for name, stream in streams.items()}
    if bytes(pdf.trailer.ID[0]) != carried_id(files) or files.keys() != {ANSWERS, RESULT}:
        raise AnswersError([_CHANGED])
    return Attached(files, _day(streams[ANSWERS]))


def _streams(pdf: pikepdf.Pdf) -> Mapping[str, pikepdf.Object]:
    """Our files in the PDF, by name, not read yet; other files may be attached beside them."""
    found: dict[str, pikepdf.Object] = {}
    for entry in _entries(pdf):
        names = {str(entry[key]) for key in ("/F", "/UF") if key in entry}
        for name in names & {ANSWERS, RESULT}:
            for stream in entry.EF.values():
                if found.setdefault(name, stream).objgen != stream.objgen:
                    raise AnswersError([_TWICE.format(name=name)])
    return found


def _entries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every entry for an attached file; a PDF has two places for them, and most are in both."""
    yield from list(pdf.Root.get("/AF", []))
    if "/Names" in pdf.Root and "/EmbeddedFiles" in pdf.Root.Names:
        yield from _leaves(pdf.Root.Names.EmbeddedFiles, set())


def _leaves(tree: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """The values of a PDF name tree; pikepdf's own reader would hide one of two with one name."""
    if tree.objgen in seen:
        raise ValueError("a tree that grows into itself")
    if tree.is_indirect:
        seen.add(tree.objgen)
    yield from list(tree.get("/Names", []))[1::2]
    for branch in list(tree.get("/Kids", [])):
        yield from _leaves(branch, seen)


def _read(stream: pikepdf.Object) -> bytes:
    """One file; ValueError when it is compressed in a way for which there is no limit."""
    filters = stream.get("/Filter", pikepdf.Array())
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    if {str(each) for each in names} not in _PACKED:
        raise ValueError("packed otherwise")
    file = stream.read_bytes()
    if len(file) > LARGEST:
        raise AnswersError([f"carries a file of more than {LARGEST:,} bytes; that is no report"])
    told = _about(stream).get("/CheckSum")
    if told is not None and bytes(told) != md5(file, usedforsecurity=False).digest():
        raise AnswersError([_CHANGED])
    return file


def _about(stream: pikepdf.Object) -> pikepdf.Object:
    return stream.get("/Params", pikepdf.Dictionary())


def _day(stream: pikepdf.Object) -> date | None:
    told = _DAY.match(str(_about(stream).get("/CreationDate", "")))
    with suppress(ValueError):  # a day that no calendar has
        return date(*map(int, told.groups())) if told else None
    return None
