"""A folder that one run has to itself while it writes there.

Knows how a folder is locked, and what a run that was killed may leave behind.  The folder itself is
locked, by the system, which frees it whatever happens; filelock and its kind leave a file in it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from questionnaire.errors import WriteError
from questionnaire.system.files import PRIVATE_FOLDER, make_folder
from questionnaire.system.whole import BESIDE

_PATIENCE, _PAUSE = 10.0, 0.1
"""Seconds: processes of a run that was killed finish the report that they have in hand."""


@contextmanager
def occupied(folder: Path) -> Iterator[None]:
    """Make the folder if need be, and have it alone; WriteError when another run has it."""
    make_folder(folder, PRIVATE_FOLDER)
    descriptor = _opened(folder)
    try:
        _lock(descriptor, folder)
        _clear(folder)
        yield
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise WriteError(f"{folder}: cannot be read: {str(error.strerror).lower()}.") from error


def _lock(descriptor: int, folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise WriteError(
                    f"{folder}: another batch is at work in it; wait until it is done."
                ) from None
            time.sleep(_PAUSE)
        except OSError:
            return  # a folder elsewhere in the network, where nothing can be locked
        else:
            return


def _clear(folder: Path) -> None:
    """Take away halves of files, which a run that was killed may leave where all need a name."""
    for path in folder.glob(f"{BESIDE}*"):
        with suppress(OSError):
            path.unlink()
