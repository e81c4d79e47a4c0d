"""How the time for a report grows with what there is to say."""

import gc
from collections.abc import Sequence
from io import BytesIO
from itertools import takewhile
from random import Random
from statistics import median

import pikepdf

from benchmarks import people
from benchmarks.apart import alone
from benchmarks.extent import Extent
from benchmarks.finding import findings as found
from benchmarks.finding import more_and_more
from benchmarks.growth import Growth, Series
from benchmarks.measure import seconds
from benchmarks.ours import SETTINGS, printed
from questionnaire.conclusion.case import case_of
from questionnaire.content.content import Content, read_content
from questionnaire.interview.flow import Said
from questionnaire.report import documents as telling

_BRIEF: Said = {"sleep_trouble": ("none",), "sleep_quality": 6}
"""Five pages without the note, and with the longest too."""

_LENGTHS = range(0, 501, 50)
_ENOUGH = 3
"""Points for a line."""

_UP = "milliseconds per report"


def notes(_: Content, extent: Extent) -> list[Growth]:
    """The same person with notes of all lengths, who says something else in each round."""
    somebody = people.typical() | _BRIEF
    rounds = [
        [somebody | {"notes": people.note(each, turn) or None} for each in _LENGTHS]
        for turn in range(extent.rounds + 1)
    ]
    series = alone(_measured, "the same person", _LENGTHS, rounds)
    title, across = "Time for a report, by the length of the note", "characters in the note"
    return [Growth("notes", title, across, _UP, "ms", 100, "characters", (series,))]


def findings(content: Content, extent: Extent) -> list[Growth]:
    """People for whom more and more is found, with a sign that comes first and without."""
    series = []
    for name, urgent in (("talk it over", False), ("get help first", True)):
        crowd = more_and_more(content, urgent=urgent)
        counts = [found(content, each) for each in crowd]
        series.append(alone(_measured, name, counts, [crowd] * (extent.rounds + 1)))
    title, across = "Time for a report, by how much is found", "findings"
    return [Growth("findings", title, across, _UP, "ms", 10, "findings", tuple(series))]


def _measured(name: str, places: Sequence[float], rounds: Sequence[Sequence[Said]]) -> Series:
    """The median time for the report in each place.

    The first round only warms up, and tells what else there is to know.  Each of the others has an
    order of its own, as a report is made sooner after one that says the same.
    """
    content = read_content()
    first = [printed(content, said) for said in rounds[0]]
    took: list[list[float]] = [[] for _ in places]
    for turn, crowd in enumerate(rounds[1:]):
        for at in Random(turn).sample(range(len(crowd)), len(crowd)):  # noqa: S311 - no secret
            took[at].append(_milliseconds(content, crowd[at]))
    medians = [median(each) for each in took]
    besides = {
        "pages": tuple(_sheets(pdf) for pdf, _ in first),
        "times laid out": tuple(len(tried) for _, tried in first),
    }
    points = tuple(zip(places, medians, strict=True))
    return Series(name, points, besides, settled(places, besides["times laid out"]))


def settled(places: Sequence[float], times: Sequence[int]) -> float:
    """From where on all are laid out as often as the last: laying out once more is a step."""
    same = len([*takewhile(lambda each: each == times[-1], reversed(times))])
    return places[-same] if same >= _ENOUGH else 0


def _milliseconds(content: Content, said: Said) -> float:
    """For the report; what others left behind for the garbage collector is not in it."""
    gc.collect()
    return 1000 * seconds(lambda: telling.to_pdf(case_of(content, said), SETTINGS), 1)


def _sheets(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as file:
        return len(file.pages)
