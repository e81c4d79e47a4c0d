"""Measure two things in turn, so that a busy machine slows both alike."""

import os
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Clock = Callable[[], float]
"""Does the work, and tells how many seconds it took."""


@dataclass(frozen=True)
class Ratio:
    """Ours against a baseline; each is the seconds of every round."""

    baseline: tuple[float, ...]
    ours: tuple[float, ...]

    @property
    def value(self) -> float:
        """How much of the baseline's time ours takes: of the medians."""
        return median(self.ours) / median(self.baseline)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most that ours took of the round's baseline."""
        single = [mine / other for other, mine in zip(self.baseline, self.ours, strict=True)]
        return min(single), max(single)


def in_turn(baseline: Clock, ours: Clock, rounds: int) -> Ratio:
    """Both in turn, so many times; each once before, unmeasured."""
    baseline(), ours()
    pairs = [(baseline(), ours()) for _ in range(rounds)]
    return Ratio(tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs))


def seconds(act: Callable[[], object], times: int) -> float:
    """The seconds that it takes once, when it is done so many times."""
    start = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - start) / times


def resident() -> int:
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def machine() -> dict[str, str]:
    """What it was measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return {
        "processor": f"{next(names, platform.machine())}, {os.cpu_count()} of them",
        "system": platform.platform(),
        "load": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
    }
