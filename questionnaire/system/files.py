"""Files that hold health answers: read with a limit, written whole or not at all.

A written file can be read by its owner alone, and no half of it ever has a name.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from questionnaire.errors import ReadError, WriteError
from questionnaire.system.target import followed, is_plain, opened_to_write
from questionnaire.system.whole import growing_file

PRIVATE_FOLDER = 0o700


def read_file(name: str, limit: int) -> bytes:
    """The bytes of a file, or of standard input for "-"; one more than the limit at most."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(limit + 1) if sys.stdin else b""
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise ReadError(f"{name}: cannot be read: {_matter(error)}.") from error
    except ValueError as error:
        raise ReadError(f"{name}: cannot be read: {_UNNAMEABLE}.") from error


def refuse_existing(path: Path) -> None:
    """WriteError when something of that name is there already."""
    if os.path.lexists(path):
        raise WriteError(f"{path}: is there already; choose another name, or add --force.")


def refuse_no_draft(path: Path) -> None:
    """WriteError when what is there cannot be written anew with every answer, such as a pipe."""
    matter = "is no plain file"
    try:
        if is_plain(followed(path)):
            return
    except OSError as error:
        matter = f"cannot be written: {_matter(error)}"
    raise WriteError(f"{path}: {matter}; name another file for the draft with --save.")


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder, unless it is there; WriteError when it cannot be made."""
    try:
        path.mkdir(mode, parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{path}: cannot be made: {_matter(error)}.") from error
    except ValueError as error:
        raise WriteError(f"{path}: cannot be made: {_UNNAMEABLE}.") from error


def place_of(path: Path) -> str:
    """Where a name leads, by links too; in a folder that is gone, the name itself."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return os.path.normpath(path)


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file with mode 0600, whole or not at all; WriteError when it cannot be.

    Without `force` whatever is there already is left as it is, even if it appears meanwhile.  With
    it a file is replaced, also behind a symbolic link; its other names (hard links) keep what they
    had.  What is no plain file is written into.
    """
    if not force:
        refuse_existing(path)
    with _errors_told(path):
        target = followed(path) if force else path
        if force and not is_plain(target):
            _write_into(path, target, content)
            return
        with growing_file(target, replace=force) as file:
            file.write(content)


@contextmanager
def growing(path: Path) -> Iterator[IO[bytes]]:
    """A new file with mode 0600, written bit by bit, that gets its name once the block is done."""
    with _errors_told(path), growing_file(path, replace=False) as file:
        yield file


@contextmanager
def _errors_told(path: Path) -> Iterator[None]:
    try:
        os.fsencode(path)
    except ValueError:
        raise WriteError(f"{path}: cannot be written: {_UNNAMEABLE}.") from None
    try:
        yield
    except FileExistsError:
        raise WriteError(
            f"{path}: is there already; choose another name, or add --force."
        ) from None
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written: {_matter(error)}. "
            "Nothing was written; choose another folder, or make room there."
        ) from error


def _write_into(path: Path, target: Path, content: bytes) -> None:
    """Write into a device or a pipe, which may have taken a part when it fails."""
    try:
        with os.fdopen(opened_to_write(target), "wb") as file:
            file.write(content)
    except OSError as error:
        nobody = error.errno == errno.ENXIO and target.is_fifo()
        matter = "nobody reads from this pipe" if nobody else _matter(error)
        raise WriteError(f"{path}: cannot be written: {matter}.") from error


def _matter(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


_UNNAMEABLE = "no file can have that name here"
