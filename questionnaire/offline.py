"""Loads asyncio, which questionary runs on, without TLS: nobody is talked to over a network.

A twentieth of the time to the first question.
"""

import sys

if "ssl" not in sys.modules:
    sys.modules["ssl"] = None  # type: ignore[assignment]  # so it cannot be imported, and need not
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
