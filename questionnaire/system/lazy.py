"""Modules that are loaded when a function in them is called, and not before."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


@contextmanager
def loaded_when_called(*names: str) -> Iterator[None]:
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
