"""Loads questionary without what no question needs: a fifth of the time to the first one."""

import sys
from contextlib import suppress
from functools import cache

from questionnaire.system.lazy import loaded_when_called

_SPARE = (
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

if "ssl" not in sys.modules:
    sys.modules["ssl"] = None  # type: ignore[assignment]  # nobody is talked to over a network
    try:
        import asyncio  # noqa: F401  which takes it as missing, and need not have it
    finally:
        del sys.modules["ssl"]

with suppress(ImportError), loaded_when_called(*_SPARE):
    import questionary  # noqa: F401
    from prompt_toolkit.application import application
    from prompt_toolkit.key_binding import KeyBindings, defaults

    # Of every question they are made three times, and most are vi's, whose keys no question has.
    vars(defaults).update(load_vi_bindings=KeyBindings, load_vi_search_bindings=KeyBindings)
    vars(application).update(load_key_bindings=cache(defaults.load_key_bindings))
