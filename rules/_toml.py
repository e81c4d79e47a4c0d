"""Parse TOML files.  The only module that knows tomli.

tomli is the library that became Python's own tomllib, compiled to C: it takes a third of the time.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli

from rules._model import RulesError


def place_of(path: Path) -> str:
    """How errors name a file: by its folder and name, wherever the folder lies."""
    return f"{path.parent.name}/{path.name}"


def parsed(path: Path) -> Mapping[str, Any]:
    """The values in a TOML file; RulesError when it is not there or no TOML."""
    try:
        return tomli.loads(path.read_bytes().decode())
    except OSError as error:
        raise RulesError(f"{place_of(path)} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RulesError(f"{place_of(path)} is not in UTF-8; save it as UTF-8.") from None
    except tomli.TOMLDecodeError as error:
        raise RulesError(f"{place_of(path)} is not TOML: {error}.") from None
