"""Atomic writing: a file gets its name once it is whole, and no half of it ever has one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PRIVATE = 0o600
BESIDE = ".acuscreen-"
"""How the name begins that a file has until it is whole, where it must have one."""


@contextmanager
def growing_file(path: Path, *, replace: bool) -> Iterator[IO[bytes]]:
    """A file with mode 0600 that gets its name when the block is done; OSError as it comes.

    FileExistsError when something of that name is there, unless it is to be replaced.
    """
    descriptor = _nameless(path.parent)
    if descriptor is None:
        with _growing_beside(path, replace=replace) as file:
            yield file
        return
    with os.fdopen(descriptor, "wb") as file:
        yield file
        _settle(file)
        if not replace:
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
def _growing_beside(path: Path, *, replace: bool) -> Iterator[IO[bytes]]:
    """Where a file must have a name from the start: not Linux, a memory stick, a network folder."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=BESIDE)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            _settle(file)
        if replace or not _linked(beside, path):
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
        if os.path.lexists(path):
            raise FileExistsError from None
        return False
    return True


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
