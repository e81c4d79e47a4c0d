"""Loads WeasyPrint 70, without what it loads and never needs here: in half of the time.

Only where the libraries of the system have these names, as on Linux; elsewhere, and wherever this
fails, WeasyPrint is loaded as it is.
"""

import ctypes.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType

_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
"""As WeasyPrint opens them, once it has looked for them under other names."""

_SPARE = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")
"""Cut fonts down where libharfbuzz-subset is missing; a third of WeasyPrint's import."""


def libraries_are_there() -> bool:
    """Whether all of them can be opened under these names."""
    try:
        for name in _LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


@contextmanager
def _without_search() -> Iterator[None]:
    """Not 54 child processes (ldconfig, gcc, ld): another third of the import."""
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005  so it goes on to our names
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _without_spare() -> Iterator[None]:
    """Functions of the spare modules load them when they are called."""
    stand_ins = {name: _stand_in(name) for name in _SPARE if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_in(module: str) -> ModuleType:
    def later(name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*given: object, **named: object) -> object:
            return getattr(import_module(module), name)(*given, **named)

        return call

    stand_in = ModuleType(module)
    stand_in.__getattr__ = later  # type: ignore[method-assign]
    return stand_in


if libraries_are_there():
    with suppress(ImportError), _without_search(), _without_spare():
        import weasyprint  # noqa: F401
