"""One-time codes of an authenticator app (TOTP).  The only module that knows pyotp."""

import hmac
import time

import pyotp

_STEP, _DRIFT = 30, 1
"""Seconds of a code; steps that a clock may be off."""

ISSUER = "acuscreen"


def new_secret() -> str:
    """The key of a new authenticator."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """What an authenticator app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def code_at(secret: str, moment: float) -> str:
    """The code of a moment."""
    return pyotp.TOTP(secret).at(int(moment))


def step_of(secret: str, code: str, after: int, moment: float | None = None) -> int:
    """The time step of a code that is right and newer than `after`; 0 for any other."""
    present = int((time.time() if moment is None else moment) // _STEP)
    typed = "".join(code.split())
    for step in range(present - _DRIFT, present + _DRIFT + 1):
        right = hmac.compare_digest(code_at(secret, step * _STEP).encode(), typed.encode())
        if right and step > after:
            return step
    return 0
