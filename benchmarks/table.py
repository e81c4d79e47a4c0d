"""The figures as a table, and where in `docs/speed.md` it stands, with the plots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.growth import Growth
from benchmarks.measure import Ratio

_BEGIN, _END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
_HEAD = """\
| figure | baseline | ratio or value | spread | goal | reached |
|---|---|---|---|---|---|
"""
_SECOND = 1.0


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, against what, and what it is to reach."""

    figure: str
    baseline: str
    value: str
    spread: str
    goal: str
    reached: bool | None

    @property
    def text(self) -> str:
        """As a line of the table."""
        told = {True: "yes", False: "**no**", None: ""}[self.reached]
        cells = (self.figure, self.baseline, self.value, self.spread, self.goal, told)
        return f"| {' | '.join(cells)} |"


def compared(figure: str, baseline: str, ratio: Ratio, at_most: float | None) -> Row:
    """The row of a ratio that is to be small."""
    least, most = ratio.spread
    return Row(
        f"{figure}: {_time(median(ratio.ours))}",
        f"{baseline}: {_time(median(ratio.baseline))}",
        f"{ratio.value:.2f}",
        f"{least:.2f} to {most:.2f} in {len(ratio.ours)} rounds",
        f"at most {at_most:.2f}" if at_most else "",
        ratio.value <= at_most if at_most else None,
    )


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= _SECOND else f"{seconds * 1000:.3g} ms"


def written(
    found: Sequence[Row | Growth],
    about: Mapping[str, str],
    command: str,
    missing: Sequence[str] = (),
) -> str:
    """All that was found, with the machine beside it, and what is yet to be measured."""
    machine = "; ".join(f"{key}: {told}" for key, told in about.items())
    rows = "".join(f"{each.text}\n" for each in found if isinstance(each, Row))
    plots = "".join(f"\n{each.text}" for each in found if isinstance(each, Growth))
    yet = f"\nNot yet measured: {', '.join(missing)}.\n" if missing else ""
    return f"Made by `{command}` on {machine}.\n{yet}\n{_HEAD}{rows}{plots}"


def put_into(page: Path, table: str) -> None:
    """In the place of the table that was there."""
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    page.write_text(f"{before}{_BEGIN}\n{table}\n{_END}{after}", encoding="utf-8")
