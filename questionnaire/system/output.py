"""Standard output and standard error: whatever is printed can be shown there.

The one place that prints.  A terminal or a pipe may lack a sign, and a file name may be no text at
all: printing never fails for want of a sign.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from questionnaire.errors import WriteError
from questionnaire.system.nearest import nearest
from questionnaire.system.printable import steady

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Signs that steer a terminal; a new line and a tab are how text is set."""


def print_text(text: str) -> None:
    """Print text as it comes; WriteError when there is no room, or standard output is closed."""
    with _errors_told():
        sys.stdout.write(showable(text, sys.stdout))
        sys.stdout.flush()


def write_to_stdout(content: bytes) -> None:
    """Write bytes to standard output; WriteError when there is no room, or it is closed."""
    with _errors_told():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def print_aside(text: str) -> None:
    """Print text on standard error; where that is closed or full, nobody can be told so."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(showable(text, sys.stderr))
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def showable(text: str, stream: TextIO) -> str:
    """The text as the stream can show it, with nearest signs, and none that steers or turns."""
    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", steady(text))
    return nearest(shown, stream.encoding or "utf-8")


@contextmanager
def _errors_told() -> Iterator[None]:
    """What cannot be written is told by us, and not once more when Python ends."""
    if sys.stdout is None:
        raise WriteError("standard output: is closed.")
    try:
        yield
    except OSError as error:
        _discard(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise
        matter = (error.strerror or str(error)).lower()
        raise WriteError(f"standard output: cannot be written: {matter}.") from error


def _discard(stream: TextIO) -> None:
    """Let go of what is left in a stream: else Python fails once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
