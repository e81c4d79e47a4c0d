"""The hazard log: its rows, and which tests it names as the proof of a control."""

import ast
import re
from pathlib import Path

NODE = re.compile(r"`(tests/[\w/]+\.py::\w+)`")
ROW = re.compile(r"^\| (?P<id>HZ-\d\d) \| (?P<rest>.*) \|$", re.MULTILINE)


def rows(text):
    """Every row of every table that begins with a hazard's id: the id, and the cells after it."""
    for row in ROW.finditer(text):
        yield row["id"], [cell.strip() for cell in row["rest"].split(" | ")]


def named_tests(text):
    """The tests that a hazard log names, each once."""
    return sorted(set(NODE.findall(text)))


def exists(root, test):
    """Whether a file has a function of that name, at its top."""
    file, _, name = test.partition("::")
    path = Path(root, file)
    if not path.is_file():
        return False
    body = ast.parse(path.read_text("utf-8")).body
    return any(isinstance(each, ast.FunctionDef) and each.name == name for each in body)
