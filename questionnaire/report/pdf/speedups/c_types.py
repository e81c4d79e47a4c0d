"""The name of a C type is read without the names of all other types.

A report asks for some fifteen, most of them arrays of a length that no report before had; and for
each the C parser reads every type of WeasyPrint's libraries anew: 5 % of a first report.
"""

import re
from typing import Any

from weasyprint.text.ffi import ffi

_WORD = re.compile(r"\w+")
_TYPE = "typedef "

_parser = ffi._parser
parse = _parser._parse
"""As cffi reads C."""


def _parse(source: str) -> Any:  # noqa: ANN401 - cffi ships no types
    declared = _parser._declarations
    needed = {f"{_TYPE}{word}" for word in _WORD.findall(source)}
    _parser._declarations = {name: declared[name] for name in needed & declared.keys()}
    try:
        return parse(source)
    finally:
        _parser._declarations = declared


_parser._parse = _parse
