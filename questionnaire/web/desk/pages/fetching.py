"""PDFs that nobody has come back for are forgotten."""

from threading import Lock, Timer

from questionnaire.web.press import Press

_UNFETCHED = 120.0
"""Seconds that a PDF is kept for whoever has asked for it."""

_lock = Lock()
_due: set[tuple[int, str]] = set()


def forget_later(press: Press, key: str) -> None:
    """Forget what was printed under this key, after some time; asked again meanwhile, once."""
    due = id(press), key
    with _lock:
        if due in _due:
            return
        _due.add(due)
    timer = Timer(_UNFETCHED, _forget, (press, key))
    timer.daemon = True
    timer.start()


def _forget(press: Press, key: str) -> None:
    with _lock:
        _due.discard((id(press), key))
    press.forget(key)
