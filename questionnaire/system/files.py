"""Files that hold health answers: read with a limit, written whole or not at all.

A written file can be read by its owner alone, and no half of it ever has a name.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from questionnaire.errors import ReadError, WriteError
from questionnaire.system.printable import steady

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
BESIDE = ".acuscreen-"
"""How the name begins that a file has until it is whole, where it must have one."""


def read_file(name: str, limit: int) -> bytes:
    """The bytes of a file, or of standard input for "-"; one more than the limit at most."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(limit + 1) if sys.stdin else b""
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise ReadError(f"{name}: cannot be read: {_matter(error)}.") from error


def refuse_existing(path: Path) -> None:
    """WriteError when something of that name is there already."""
    if os.path.lexists(path):
        raise WriteError(f"{path}: is there already; choose another name, or add --force.")


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder, unless it is there; WriteError when it cannot be made."""
    try:
        path.mkdir(mode, parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{path}: cannot be made: {_matter(error)}.") from error


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file with mode 0600, whole or not at all; WriteError when it cannot be.

    Without `force` a file that is there already is left as it is, even if it appears meanwhile.
    """
    if not force:
        refuse_existing(path)
    with _told(path), _growing(path, force=force) as file:
        file.write(content)


@contextmanager
def growing(path: Path) -> Iterator[IO[bytes]]:
    """A new file with mode 0600, written bit by bit, that gets its name once the block is done."""
    with _told(path), _growing(path, force=False) as file:
        yield file


@contextmanager
def _told(path: Path) -> Iterator[None]:
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


def write_to_stdout(content: bytes) -> None:
    """Write bytes to standard output; WriteError when there is no room, or it is closed."""
    if sys.stdout is None:
        raise WriteError("standard output: is closed.")
    with _told_once():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def print_text(text: str) -> None:
    """Print text as it comes; WriteError when there is no room for it."""
    with _told_once():
        sys.stdout.write(steady(text))
        sys.stdout.flush()


@contextmanager
def _told_once() -> Iterator[None]:
    """What cannot be written is told by us, and not once more when Python ends."""
    try:
        yield
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise WriteError(f"standard output: cannot be written: {_matter(error)}.") from error


@contextmanager
def _growing(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    descriptor = _nameless(path.parent)
    if descriptor is None:
        with _growing_beside(path, force=force) as file:
            yield file
        return
    with os.fdopen(descriptor, "wb") as file:
        yield file
        _settle(file)
        if not force:
            _name(file, path)
            return
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=BESIDE) as folder:
            named = Path(folder, path.name)
            _name(file, named)
            named.replace(path)


def _nameless(folder: Path) -> int | None:
    """A file without a name: when the machine stops half-way, nothing is left behind."""
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, PRIVATE)
    except (AttributeError, OSError):
        return None


def _name(file: IO[bytes], path: Path) -> None:
    # The directory of an absolute path is not looked at, but only with one does Python follow
    # the link that stands for the open file.
    os.link(f"/proc/self/fd/{file.fileno()}", path, src_dir_fd=file.fileno(), follow_symlinks=True)


@contextmanager
def _growing_beside(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Where a file must have a name from the start: not Linux, a memory stick, a network folder."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=BESIDE)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            _settle(file)
        if force or not _linked(beside, path):
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _linked(beside: Path, path: Path) -> bool:
    """Give the file its name unless that is taken; False where files cannot have two names."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        refuse_existing(path)
        return False
    return True


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _matter(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
