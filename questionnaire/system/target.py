"""What a name leads to when it is to be written over: a file, a device, or what is refused.

Only a plain file can be replaced by a new one.  A pipe, a terminal and the like are written into;
replaced, they would be gone: /dev/null as well, for whoever runs this as root.
"""

import errno
import os
import stat
from pathlib import Path

_MOST_LINKS = 40
"""As many symbolic links one behind the other as Linux follows."""

_OURS = Path("/proc/self/fd")
"""Names the open files of this process, on Linux; /dev/stdout and /dev/fd lead there."""


def followed(path: Path) -> Path:
    """The name behind all symbolic links, there or not; OSError when they go in a circle."""
    for _ in range(_MOST_LINKS):
        if is_ours(path) or not path.is_symlink():
            return path
        path = path.parent / path.readlink()
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def is_ours(path: Path) -> bool:
    """Whether the name stands for a file that this process has open, such as its output."""
    try:
        return path.name.isdecimal() and path.parent.samefile(_OURS)
    except OSError:
        return False


def is_plain(path: Path) -> bool:
    """Whether a file can be put there under this name: a plain one is there already, or nothing.

    OSError when what is there must not be written: a folder, a disk, or a file protected from it.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return True
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISBLK(mode):
        raise PermissionError(errno.EPERM, "is a whole disk")
    if stat.S_ISREG(mode) and not is_ours(path):
        _refuse_protected(path)
        return True
    return False


def _refuse_protected(path: Path) -> None:
    """A file that may not be written is not replaced, although its folder would allow it."""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def opened_to_write(path: Path) -> int:
    """The descriptor of a device, a pipe, or one of our own open files; OSError if there is none.

    Of our own a second one: so what is appended to is not cut off.  A pipe that nobody reads is not
    waited for.
    """
    if is_ours(path):
        return os.dup(int(path.name))
    descriptor = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    return descriptor
