"""Somebody who asks a program for pages, as a server would (WSGI), and fills its forms in.

Knows how our forms are built, and reads no more of a page than that takes.
"""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

HOST, PORT = "127.0.0.1", "8000"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(\w+)">')
_FORM = "application/x-www-form-urlencoded"


def hidden(page: str) -> dict[str, str]:
    """The fields of the page's form that nobody sees."""
    return dict(_HIDDEN.findall(page))


class Asking:
    """A browser of sorts: it keeps cookies, and goes where it is sent."""

    def __init__(self, application: Application) -> None:
        """Ask this program."""
        self._application = application
        self._cookies: dict[str, str] = {}
        self.path, self.page = "", ""

    def get(self, path: str) -> bytes:
        """The page at an address."""
        return self._asks("GET", path, b"")

    def sends(self, button: str, answers: Mapping[str, object] | None = None) -> bytes:
        """Send the form of the page that came last, with these answers in it."""
        filled = {**hidden(self.page), **(answers or {}), button: "1"}
        return self._asks("POST", self.path, urlencode(filled, doseq=True).encode())

    def _asks(self, method: str, path: str, body: bytes) -> bytes:
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            told.update(status=status, headers=headers)

        answer = self._application(self._environ(method, path, body), start)
        page = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]  # as a server does
        for name, value in told["headers"]:
            if name == "Set-Cookie":
                key, _, kept = value.partition(";")[0].strip().partition("=")
                self._cookies[key] = kept
        for name, value in told["headers"]:
            if name == "Location":
                return self.get(value)
        self.path, self.page = path, page.decode(errors="replace")
        return page

    def _environ(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": _FORM if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": HOST,
            "SERVER_PORT": PORT,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": f"{HOST}:{PORT}",
            "HTTP_COOKIE": "; ".join(f"{key}={value}" for key, value in self._cookies.items()),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
