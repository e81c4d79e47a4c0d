"""How one thing grows with another, and how far that is from a straight line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import linear_regression

Point = tuple[float, float]

_MANY = 100
"""From here on whole numbers tell enough."""


@dataclass(frozen=True)
class Line:
    """The straight line that comes closest (least squares) to some points.

    `away` is how far the furthest of them is from it, as a part of the line's height there.
    """

    start: float
    slope: float
    away: float

    def at(self, x: float) -> float:
        """Its height."""
        return self.start + self.slope * x


def straight(points: tuple[Point, ...]) -> Line:
    """The line through these points."""
    slope, start = linear_regression(*zip(*points, strict=True))
    heights = [(start + slope * x, y) for x, y in points]
    return Line(start, slope, max(abs(y / height - 1) for height, y in heights))


@dataclass(frozen=True)
class Series:
    """What was measured at each point, and what else there is to tell of it.

    The points before `settled` are shown, and have no part in the line.
    """

    name: str
    points: tuple[Point, ...]
    besides: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    settled: float = 0

    @property
    def line(self) -> Line:
        """The straight line through what was measured."""
        return straight(tuple(point for point in self.points if point[0] >= self.settled))


@dataclass(frozen=True)
class Growth:
    """A plot, and the numbers in it.

    `id` names its file; `across` and `up` its axes.  The slope is told in this unit for every `per`
    of `what`.  `by_tens`: each tenfold is as wide as the one before.
    """

    id: str
    title: str
    across: str
    up: str
    unit: str
    per: int
    what: str
    series: tuple[Series, ...]
    by_tens: bool = False

    @property
    def text(self) -> str:
        """The plot, its numbers as a table, and the lines."""
        alt = f"Plot of {self.up} by {self.across}, with straight lines: the numbers of the table."
        lines = "".join(f"- {self._straight(each)}\n" for each in self.series)
        return f"![{alt}](speed/{self.id}.svg)\n\n{self._numbers}\n\n{lines}"

    @property
    def _numbers(self) -> str:
        places = sorted({x for each in self.series for x, _ in each.points})
        rows = [(self.across, {x: f"{x:,.0f}" for x in places})]
        for each in self.series:
            rows.append((f"{self.unit}, {each.name}", {x: f"{y:,.0f}" for x, y in each.points}))
            for name, counts in each.besides.items():
                xs = (x for x, _ in each.points)
                rows.append((f"{name}, {each.name}", dict(zip(xs, map(str, counts), strict=True))))
        first, *others = [_row(name, [cells.get(x, "") for x in places]) for name, cells in rows]
        return "\n".join([first, "|---" * (len(places) + 1) + "|", *others])

    def _straight(self, series: Series) -> str:
        line = series.line
        since = f", from {series.settled:,.0f} on" if series.settled else ""
        start, more = (
            f"{line.start:,.0f} {self.unit}",
            f"{_signed(line.slope * self.per)} {self.unit}",
        )
        return (
            f"{series.name}{since}: {start} and {more} for every {self.per:,} {self.what}; "
            f"the furthest point is {line.away:.1%} away"
        )


def _row(name: str, cells: list[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"


def _signed(value: float) -> str:
    return f"{value:+,.0f}" if abs(value) >= _MANY else f"{value:+.2g}"
