"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """How often, and how many; `reports` are the numbers of reports after which to look."""

    rounds: int
    rows: int
    cases: int
    reports: tuple[int, ...]


SHORT = Extent(7, 24, 50_000, (1, 2, 3, 5, 8, 13, 20, 30, 50, 80, 120, 200))
LONG = Extent(
    15,
    200,
    1_000_000,
    (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000),
)
"""As much as the goals ask for."""
