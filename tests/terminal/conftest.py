"""The program in a terminal of its own."""

import pytest
from program import Screen


@pytest.fixture
def start(tmp_path):
    """Start the program in an empty folder; whatever still runs at the end is stopped."""
    started = []

    def start(columns, *arguments, **more):
        started.append(Screen(tmp_path, columns, *arguments, **more))
        return started[-1]

    yield start
    for screen in started:
        screen.program.close(force=True)
