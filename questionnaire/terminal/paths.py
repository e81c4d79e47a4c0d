"""The names of files as a person gives them, or as they are proposed to her."""

import os
from pathlib import Path


def free(stem: str, suffix: str) -> Path:
    """A name that no file in this folder has yet."""
    path, number = Path(stem + suffix), 1
    while os.path.lexists(path):
        number += 1
        path = Path(f"{stem}-{number}{suffix}")
    return path


def path_of(typed: str) -> Path:
    """The path that was typed, or dragged into the terminal with quotes around it."""
    name = typed.replace("\0", "").strip().strip("\"'")
    return Path(os.path.expanduser(name))  # noqa: PTH111  Path's raises for a user it cannot find
