"""What many tests start from: our own content, and a person who is well but for her back."""

import tomllib
from pathlib import Path

import pytest
from hazards import Proof

from questionnaire.content import read_content

CASES = Path(__file__).parent / "cases"


def pytest_configure(config):
    """Where a run ends, not in the processes that run tests for it: see whether it proved all."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proof(config))


@pytest.fixture(scope="session")
def content():
    return read_content()


@pytest.fixture
def baseline():
    """The answers of `cases/baseline.toml`; lists of options come as tuples."""
    answers = tomllib.loads((CASES / "baseline.toml").read_text(encoding="utf-8"))["answers"]
    return {
        question: tuple(answer) if isinstance(answer, list) else answer
        for question, answer in answers.items()
    }
