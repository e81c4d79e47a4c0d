"""Our own style and script, and the faces: the same for everybody, so that browsers may keep them.

An address holds the digest of its file: what has changed has another address.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from questionnaire.web.sheet import report_sheet

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "ttf": "font/ttf"}


@dataclass(frozen=True)
class Static:
    """A file that is served, as it is and compressed."""

    name: str
    kind: str
    plain: bytes
    packed: bytes

    @property
    def digest(self) -> str:
        """What its address holds."""
        return sha256(self.plain).hexdigest()[:12]


def _faces() -> Mapping[str, Callable[[], bytes]]:
    return {}


@cache
def _static(name: str) -> Static | None:
    """The file of this name; None when there is none."""
    if name == "report.css":
        return _made(name, report_sheet().encode())
    if name not in {path.name for path in FOLDER.iterdir()}:
        return None
    return _made(name, (FOLDER / name).read_bytes())


def _made(name: str, plain: bytes) -> Static:
    kind = _KINDS[name.rpartition(".")[2]]
    return Static(name, kind, plain, gzip.compress(plain, mtime=0))


@cache
def address_of(name: str) -> str:
    """The address of a file; StopIteration is a bug of the caller."""
    found = _static(name)
    if found is None:
        raise LookupError(name)
    return f"{PREFIX}{found.digest}/{name}"


def static(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """The file at an address."""
    found = _static(name)
    if found is None or digest != found.digest:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    body = found.packed if packed else found.plain
    return HttpResponse(body, content_type=found.kind, headers=headers)
