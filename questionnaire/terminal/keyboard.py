"""Lines that somebody types, or that come through a pipe.

Bytes that are no text are taken as signs that no answer holds, so that they are a mistake like any
other and not an end (the "surrogateescape" of Python).
"""

import io
import select
import sys
import termios


def take_any_bytes() -> None:
    """From now on, whatever comes in is a line."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")


def typed_line() -> str:
    """The next line, without its end; EOFError at the end of the input."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def is_text(line: str) -> bool:
    """Whether all its bytes were text."""
    return not any("\udc80" <= each <= "\udcff" for each in line)


def is_terminal() -> bool:
    """Whether somebody types, and nothing comes through a pipe."""
    return bool(sys.stdin and sys.stdin.isatty())


def forget_what_waits() -> bool:
    """Drop what was typed or pasted and not read yet; whether there was a line of it."""
    if not is_terminal():
        return False
    waits, _, _ = select.select([sys.stdin], [], [], 0)
    termios.tcflush(sys.stdin, termios.TCIFLUSH)
    return bool(waits)
