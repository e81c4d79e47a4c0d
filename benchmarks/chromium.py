"""Chromium, cold and warm.  It stays and prints page after page when it takes orders in a pipe.

These are the messages of its developer tools (`--remote-debugging-pipe`); each ends in a zero byte.
"""

import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = ("--headless", "--no-sandbox")  # root could not start it otherwise; the page is ours


def found() -> str:
    """Where Chromium is; empty when it is not there."""
    return next(filter(None, map(shutil.which, _NAMES)), "")


def version(program: str) -> str:
    """Its name and number."""
    told = subprocess.run((program, "--version"), check=True, capture_output=True, text=True)
    return " ".join(told.stdout.split()[:2])


def cold(program: str, page: Path, pdf: Path) -> tuple[str, ...]:
    """The command that prints one page."""
    return (program, *_OPTIONS, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())


@contextmanager
def warm(program: str) -> Iterator["Printer"]:
    """A Chromium that has started, and ends with this.  It reads from 3, and writes to 4."""
    its_orders, orders = map(_out_of_the_way, os.pipe())
    replies, its_replies = map(_out_of_the_way, os.pipe())
    ends = [(os.POSIX_SPAWN_DUP2, its_orders, 3), (os.POSIX_SPAWN_DUP2, its_replies, 4)]
    silent = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = (program, *_OPTIONS, "--remote-debugging-pipe", f"--user-data-dir={profile}")
        process = os.posix_spawn(program, command, os.environ, file_actions=[*ends, silent])
        os.close(its_orders)
        os.close(its_replies)
        try:
            yield Printer(orders, replies)
        finally:
            os.close(orders)  # so it ends
            os.waitpid(process, 0)
            os.close(replies)


def _out_of_the_way(descriptor: int) -> int:
    """The same with a number above 4."""
    high = fcntl(descriptor, F_DUPFD_CLOEXEC, 5)
    os.close(descriptor)
    return high


class Printer:
    """Gives the orders, and waits for the replies."""

    def __init__(self, orders: int, replies: int) -> None:
        """Through these pipes."""
        self._orders, self._replies = orders, replies
        self._unread, self._asked, self._is_loaded = b"", 0, False
        self._session: dict[str, object] = {}
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        self._ask("Page.enable")

    def to_pdf(self, page: Path) -> bytes:
        """The page of this file, tagged, in the size that it asks for."""
        self._is_loaded = False
        self._ask("Page.navigate", url=page.as_uri())
        while not self._is_loaded:
            self._next()
        self._ask("Runtime.evaluate", expression="document.fonts.ready", awaitPromise=True)
        printed = self._ask("Page.printToPDF", generateTaggedPDF=True, preferCSSPageSize=True)
        return b64decode(printed["data"])

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._asked += 1
        order = {"id": self._asked, "method": method, "params": parameters, **self._session}
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        while (reply := self._next()).get("id") != self._asked:
            pass
        return dict(reply["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            read = os.read(self._replies, 2**20)
            if not read:
                raise EOFError("Chromium has ended.")
            self._unread += read
        message, _, self._unread = self._unread.partition(b"\0")
        reply = dict(json.loads(message))
        self._is_loaded |= reply.get("method") == "Page.loadEventFired"
        return reply
