"""A cache in two layers: what reports on nobody have taught stays, all else goes with its report.

So nothing that is kept has ever depended on what a person said.  A report on nobody is one on
answers that are made up, without a word of anyone's own: the words of the content itself.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

Found = TypeVar("Found")
Layer = dict[Hashable, object]

_kept: Layer = {}
_now: ContextVar[Layer | None] = ContextVar("_now", default=None)
"""The layer of the report that is being made, in this thread; None between reports."""


@contextmanager
def one_report(*, on_nobody: bool = False) -> Iterator[None]:
    """Keep what is found meanwhile, and forget it at the end unless the report is on nobody."""
    before = _now.get()
    _now.set(_kept if on_nobody else {})
    try:
        yield
    finally:
        _now.set(before)


def is_on_nobody() -> bool:
    """Whether what is found now stays."""
    return _now.get() is _kept


def once(key: Hashable, find: Callable[[], Found]) -> Found:
    """What was found for the key before, or else what is found now."""
    now = _now.get()
    if now is None:
        return find()
    for layer in (_kept, now):
        if key in layer:
            return cast("Found", layer[key])
    found = now[key] = find()
    return found
