"""Passwords, kept as what argon2 makes of them.  The only module that knows argon2."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200

_COMMON = ("acuscreen", "password", "acupuncture", "123456", "qwerty")


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def kept(password: str) -> str:
    """What is kept of a password, from which it cannot be told."""
    return _hasher().hash(password)


def is_right(password: str, hashed: str) -> bool:
    """Whether this is the password; takes as long for somebody whom nobody knows (empty)."""
    try:
        return _hasher().verify(hashed or _of_nobody(), password[:LONGEST]) and bool(hashed)
    except (InvalidHashError, VerificationError):
        return False


def fault_of(password: str, name: str) -> str:
    """The key of the words that tell what is wrong with a new password; empty when nothing is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return "password_length"
    plain = password.casefold()
    if name.casefold() in plain or any(each in plain for each in _COMMON):
        return "password_common"
    return "password_common" if len(set(plain)) < SHORTEST // 2 else ""


@cache
def _of_nobody() -> str:
    return _hasher().hash("a password that is nobody's")
