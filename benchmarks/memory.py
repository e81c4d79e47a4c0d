"""What a process holds after much work, and whether it gets slower: each in one of its own."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks import people
from benchmarks.apart import alone
from benchmarks.extent import Extent
from benchmarks.growth import Growth, Series
from benchmarks.measure import resident
from benchmarks.ours import SETTINGS
from benchmarks.table import Row
from questionnaire.conclusion.case import case_of
from questionnaire.content.content import Content, read_content
from questionnaire.interview.flow import facts
from questionnaire.report import documents as telling
from rules import conclude

_EARLY, _LATE = 50, 2_000
"""Reports after which the goal compares the memory."""

_FEW = 500
"""So many different cases come again and again."""

_MB = 2**20


@dataclass(frozen=True)
class Sample:
    """After so many times: seconds that each took since the sample before, and bytes held."""

    count: int
    seconds: float
    held: int


def sampled(act: Callable[[int], object], counts: Sequence[int]) -> list[Sample]:
    """Do it with 0, 1, 2 and so on, and look after each of these counts."""
    samples, done = [], 0
    for count in counts:
        start = time.perf_counter()
        for number in range(done, count):
            act(number)
        took = time.perf_counter() - start
        samples.append(Sample(count, took / (count - done), resident()))
        done = count
    return samples


def reports(_: Content, extent: Extent) -> list[Row | Growth]:
    """Reports of different people, one after the other, as a worker of `batch` makes them."""
    samples = alone(_reports, extent.reports)
    held = {each.count: each.held for each in samples}
    late = min(_LATE, samples[-1].count)
    times = tuple((each.count, each.seconds * 1000) for each in samples)
    sizes = tuple((each.count, each.held / _MB) for each in samples)
    made, many = "reports made in one process", (1_000, "reports")
    return [
        _grown(f"memory after {late:,} reports", f"after {_EARLY}", held[_EARLY], held[late], 1.10),
        Growth(
            "reports",
            "Time for a report, by how many were made before",
            made,
            "milliseconds per report",
            "ms",
            *many,
            (Series("different people", times, settled=_EARLY),),
            by_tens=True,
        ),
        Growth(
            "memory",
            "Memory of a process that makes reports",
            made,
            "megabytes held",
            "MB",
            *many,
            (Series("different people", sizes, settled=_EARLY),),
        ),
    ]


def _reports(counts: Sequence[int]) -> list[Sample]:
    content = read_content()
    next(telling.rehearse(content, SETTINGS), None)  # as a worker of `batch` has done
    return sampled(
        lambda each: telling.to_pdf(case_of(content, people.different(content, each)), SETTINGS),
        counts,
    )


def cases(_: Content, extent: Extent) -> list[Row]:
    """Many cases through the rules; none may fail."""
    first, last = alone(_cases, (10_000, extent.cases))
    return [
        _grown(f"memory after {last.count:,} cases", "after 10,000", first.held, last.held, 1.05)
    ]


def _cases(counts: Sequence[int]) -> list[Sample]:
    content = read_content()
    said = [facts(content.questions, people.different(content, each)) for each in range(_FEW)]
    return sampled(lambda each: conclude(content.rulebook, said[each % _FEW]), counts)


def _grown(figure: str, baseline: str, first: int, last: int, goal: float) -> Row:
    return Row(
        f"{figure}: {last / _MB:.0f} MB",
        f"{baseline}: {first / _MB:.0f} MB",
        f"{last / first:.3f}",
        "one run",
        f"at most {goal:.2f}",
        last / first <= goal,
    )
