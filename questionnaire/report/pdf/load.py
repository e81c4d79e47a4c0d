"""Loads WeasyPrint 70 without what no report needs: in half of the time.

Only where the libraries of the system have these names, as on Linux; elsewhere, and wherever this
fails, WeasyPrint is loaded as it is.
"""

import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from questionnaire.system.lazy import loaded_when_called

_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
"""As WeasyPrint opens them, once it has looked for them under other names."""

_SPARE = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer", "PIL.ImageCms")
"""Cut fonts down where libharfbuzz-subset is missing, a third of WeasyPrint's import; and the
profiles of printing presses."""


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


if libraries_are_there():
    with suppress(ImportError), _without_search(), loaded_when_called(*_SPARE):
        import weasyprint  # noqa: F401
