"""The two parts of the tests: what every run tries, and what `-m exhaustive` tries besides."""

import pytest


def later(*cases):
    """Values of a parameter, or tuples of values, that only `-m exhaustive` tries."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else [case]), marks=pytest.mark.exhaustive)
        for case in cases
    ]
