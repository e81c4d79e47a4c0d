"""The keys, and what is sealed with them.  The only module that knows cryptography.

The keys lie in a file of their own, apart from the database: who has one of the two has nothing.
What is sealed can be opened with any key in the file and is sealed with the first.
"""

import hmac
import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from questionnaire.errors import ReadError, UsageError
from questionnaire.system.files import make_folder, read_file, write_whole

FORMAT = "acuscreen-keys/1"
_LARGEST = 100_000


@dataclass(frozen=True)
class Keys:
    """The keys of a clinic: those that seal, the newest first, and the one that binds the log."""

    answers: tuple[str, ...]
    log: str

    def seal(self, text: bytes) -> str:
        """A box that only a holder of the keys can open."""
        return self._fernet().encrypt(text).decode()

    def open(self, box: str | bytes) -> bytes:
        """What is in a box; ReadError when these keys do not open it, or it was changed."""
        try:
            return self._fernet().decrypt(box)
        except InvalidToken:
            raise ReadError(_UNOPENED) from None

    def renew(self, box: str) -> str:
        """The same contents, sealed with the newest key; ReadError as with `open`."""
        return self.seal(self.open(box))

    def mark(self, text: str) -> str:
        """A seal on a text, which nobody can make without the key of the log."""
        return hmac.new(self.log.encode(), text.encode(), sha256).hexdigest()

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.answers])


def new_key() -> str:
    """A key made by chance."""
    return Fernet.generate_key().decode()


def make_keys(path: Path) -> Keys:
    """New keys in a new file; WriteError when there is one already, or it cannot be written."""
    keys = Keys((new_key(),), new_key())
    make_folder(path.parent, 0o700)
    write_keys(path, keys, force=False)
    return keys


def write_keys(path: Path, keys: Keys, *, force: bool = True) -> None:
    """Write the keys, whole and for their owner alone; WriteError."""
    table = {"format": FORMAT, "answers": keys.answers, "log": keys.log}
    write_whole(path, json.dumps(table, indent=1).encode() + b"\n", force=force)


def read_keys(path: Path) -> Keys:
    """The keys in a file; ReadError without one, or when others can read it."""
    _refuse_open(path)
    raw = read_file(str(path), _LARGEST)
    with suppress(ValueError, KeyError, TypeError):
        table = json.loads(raw)
        keys = Keys(tuple(table["answers"]), table["log"])
        if table["format"] == FORMAT and keys.answers and keys.mark("") and keys.seal(b""):
            return keys
    raise ReadError(f"{path}: is no key file of acuscreen; get it back from where you keep a copy.")


def _refuse_open(path: Path) -> None:
    with suppress(OSError):  # told when it is read
        if path.stat().st_mode & 0o077:
            raise UsageError(f"{path}: others can read these keys; run: chmod 600 {path}")


class KeyFile:
    """The keys as they are now: read again when the file has changed."""

    def __init__(self, path: Path) -> None:
        """Read none yet."""
        self.path = path
        self._read: tuple[tuple[int, int, int], Keys] | None = None

    def keys(self) -> Keys:
        """The keys in the file."""
        try:
            state = self.path.stat()
        except OSError:
            raise ReadError(_MISSING.format(path=self.path)) from None
        stamp = state.st_mtime_ns, state.st_ino, state.st_size
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, read_keys(self.path)
        return self._read[1]


_UNOPENED = (
    "a record cannot be opened: it was changed, or sealed with another key; put the key file back "
    "that belongs to this database."
)
_MISSING = (
    "{path}: the key file is missing, and without it nothing in the database can be read; put a "
    "copy of it back there."
)
