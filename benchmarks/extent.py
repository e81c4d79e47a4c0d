"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """How often, and how many; `reports` are the numbers of reports after which to look."""

    rounds: int
    rows: int
    cases: int
    reports: tuple[int, ...]


_REPORTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)

SHORT = Extent(7, 60, 100_000, _REPORTS)
"""As much as the goals ask for."""

LONG = Extent(15, 200, 1_000_000, (*_REPORTS, 5_000, 10_000))
