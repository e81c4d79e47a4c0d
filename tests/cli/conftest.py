"""The command run in this process, and answers files for it."""

import io
import sys

import pytest
from answers_files import in_file


@pytest.fixture
def types(monkeypatch):
    """Lay bytes on standard input."""
    return lambda raw: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


@pytest.fixture
def file_of(tmp_path):
    """Write an answers file, and give its path back."""

    def write(answers, **parts):
        path = tmp_path / "answers.json"
        path.write_bytes(in_file(answers, **parts))
        return path

    return write
