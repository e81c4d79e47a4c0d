"""A folder of this process's own for temporary files, which is never left behind.

What a library puts into the temporary folder lies in here, and goes when the process ends, also
after an error or Ctrl-C.  A process that is killed leaves its folder; the next one takes it away,
and tells it from that of a living one by an advisory lock (flock) that dies with its holder.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "acuscreen-"
_TRIES = 20
"""So often a folder is removed in which another thread may just put something."""


_made: list[tuple[Path, int]] = []
"""The folder, once there is one, and the process that made it; those forked from it share it."""


def scratch_folder() -> Path:
    """The folder, made when first asked for; OSError when there is no room for it.

    From then on it is where Python, and the libraries that ask Python, put temporary files.
    """
    if not _made:
        folder = _made_and_locked()
        _made.append((folder, os.getpid()))
        atexit.register(remove_scratch)
        _remove_left_behind(folder.parent)
        tempfile.tempdir = str(folder)
    return _made[0][0]


def remove_scratch() -> None:
    """Remove the folder, if this process made one: when it ends, or before a signal ends it."""
    for folder, owner in _made:
        for _ in range(_TRIES if owner == os.getpid() else 0):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                return


def _made_and_locked() -> Path:
    """A new folder, locked as long as this process, or one forked from it, is there."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(OSError):  # somebody took it for left behind before it was locked
            _lock(folder)
            if folder.exists():
                return folder


def _lock(folder: Path) -> int:
    """The descriptor that holds the lock, open for good; OSError when another one holds it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _remove_left_behind(place: Path) -> None:
    """Remove the folders of processes that were killed: ours, and locked by nobody."""
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid == os.getuid():
                descriptor = _lock(folder)
                shutil.rmtree(folder, ignore_errors=True)
                os.close(descriptor)
