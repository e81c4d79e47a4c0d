"""Quick imports: two libraries loaded without what this program never calls.

    with quick_questionary():
        import questionary

Measured in one run: the first question comes at 1.3 of bare questionary's, at 1.7 without it;
WeasyPrint is loaded in half of its time, a fifth of a cold report.  Knows the libraries by name
alone; whatever is left out is loaded once somebody calls it.
"""

import ctypes
import ctypes.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

_NO_QUESTION_NEEDS = (
    "prompt_toolkit.formatted_text.html",
    "prompt_toolkit.key_binding.digraphs",
    "prompt_toolkit.shortcuts.dialogs",
    "prompt_toolkit.shortcuts.progress_bar",
    *("wcwidth._clip", "wcwidth._wcswidth", "wcwidth._width", "wcwidth.align"),
    *("wcwidth.escape_sequences", "wcwidth.grapheme", "wcwidth.hyperlink", "wcwidth.sgr_state"),
    *("wcwidth.text_sizing", "wcwidth.textwrap"),
)
"""Text with tags in it, letters for vi, windows, a bar that grows; and all of wcwidth but how wide
one character is."""

_NO_REPORT_NEEDS = (
    *("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer"),
    "PIL.ImageCms",
)
"""Cut fonts down where libharfbuzz-subset is missing, a third of WeasyPrint's import; and the
profiles of printing presses."""

_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
"""As WeasyPrint 70 opens them on Linux, once it has looked for them under other names."""


@contextmanager
def quick_questionary() -> Iterator[None]:
    """While questionary is imported: without TLS, as nobody is talked to over a network."""
    with _missing("ssl"), _loaded_when_called(_NO_QUESTION_NEEDS):
        yield


@contextmanager
def quick_weasyprint() -> Iterator[None]:
    """While WeasyPrint is imported: without what cuts fonts down, and without child processes.

    Does nothing where the libraries of the system have other names than on Linux.
    """
    if not libraries_are_there():
        yield
        return
    with _without_search(), _loaded_when_called(_NO_REPORT_NEEDS):
        yield


def libraries_are_there() -> bool:
    """Whether all that WeasyPrint opens can be opened under the names it has on Linux."""
    try:
        for name in _LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


@contextmanager
def _missing(module: str) -> Iterator[None]:
    """The module cannot be imported meanwhile, unless it has been: those who can do without it."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # how Python marks a missing module
    try:
        yield
    finally:
        del sys.modules[module]


@contextmanager
def _without_search() -> Iterator[None]:
    """Without the 54 child processes (ldconfig, gcc, ld) that look for libraries."""
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005  so the names on Linux come next
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _loaded_when_called(names: tuple[str, ...]) -> Iterator[None]:
    """What is imported meanwhile gets stand-ins for the modules of these names, unless loaded."""
    stand_ins = {name: stand_in(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def stand_in(module: str) -> ModuleType:
    """A module that has a function of every name, which calls the module's own."""

    def later(name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*given: object, **named: object) -> object:
            return getattr(import_module(module), name)(*given, **named)

        return call

    made = ModuleType(module)
    made.__getattr__ = later  # type: ignore[method-assign]
    return made
