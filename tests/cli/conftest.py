"""The command run in this process, and answers files for it."""

import io
import sys

import pytest
from answers_files import in_file

from questionnaire.cli.main import main


@pytest.fixture
def run(capsysbinary):
    """Run the command in this process: its exit code, its output, and its messages."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code
        printed = capsysbinary.readouterr()
        return code, printed.out, printed.err.decode()

    return run


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
