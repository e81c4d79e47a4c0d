"""Other programs that print the same report, where they are installed; all against one baseline."""

import importlib.util
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import cycle
from pathlib import Path

import fontpkg

from benchmarks import chromium, people, plain, typesetting
from benchmarks.apart import EACH, apart
from benchmarks.extent import Extent
from benchmarks.figures import our_way, plainly
from benchmarks.measure import in_turn, seconds
from benchmarks.ours import page_of, ran
from benchmarks.table import Row, compared
from questionnaire.content.content import Content

_CROWD = 12
"""Different people, so that nobody can keep a page for the next time."""

_COLD, _WARM = "plain WeasyPrint, whole cold process", "plain WeasyPrint, warm, same people"


def peers(content: Content, extent: Extent) -> list[Row]:
    """The report of the typical person cold, and those of different people warm."""
    crowd = [people.different(content, each) for each in range(_CROWD)]
    pages = [plain.with_faces(page_of(content, said)) for said in (people.typical(), *crowd)]
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / f"{number}.html" for number in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            file.write_text(page, encoding="utf-8")
        with apart(plainly, pages[1:]) as baseline:
            with apart(our_way, crowd) as ours:
                ratio = in_turn(baseline, ours, extent.rounds)
            rows = [compared("acuscreen, different people, warm", _WARM, ratio, None)]
            rows += _chromium(files, baseline, extent.rounds)
            rows += _typst(files, pages, baseline, extent.rounds)
    return rows


def _chromium(files: Sequence[Path], baseline: Callable[[], float], rounds: int) -> list[Row]:
    program = chromium.found()
    if not program:
        return [_missing("Chromium")]
    about, out = chromium.version(program), files[0].with_suffix(".pdf")
    cold = in_turn(
        _plain_cold(files[0]), lambda: ran(chromium.cold(program, files[0], out)), rounds
    )
    turn = cycle(files[1:])
    with chromium.warm(program) as printer:
        prints = lambda: seconds(lambda: printer.to_pdf(next(turn)), EACH)  # noqa: E731
        warm = in_turn(baseline, prints, rounds)
    return [
        compared(f"{about}, cold", _COLD, cold, None),
        compared(f"{about}, warm", _WARM, warm, None),
    ]


def _typst(
    files: Sequence[Path], pages: Sequence[str], baseline: Callable[[], float], rounds: int
) -> list[Row]:
    if not importlib.util.find_spec("typst"):
        return [_missing("Typst (the package `typst`)")]
    about, out = f"Typst {version('typst')}", files[0].with_suffix(".pdf")
    fonts = str(fontpkg.path("atkinson-hyperlegible", 400).parent)
    documents = [typesetting.to_typst(page) for page in pages]
    document = files[0].with_suffix(".typ")
    document.write_text(documents[0], encoding="utf-8")
    program = (sys.executable, "-m", "benchmarks.typesetting", document, out, fonts)
    cold = in_turn(_plain_cold(files[0]), lambda: ran(program), rounds)
    with apart(_typesets, documents[1:], fonts) as sets:
        warm = in_turn(baseline, sets, rounds)
    return [
        compared(f"{about}, cold", _COLD, cold, None),
        compared(f"{about}, warm", _WARM, warm, None),
    ]


def _typesets(documents: Sequence[str], fonts: str) -> Callable[[], object]:
    turn = cycle(documents)
    return lambda: typesetting.to_pdf(next(turn), fonts)


def _plain_cold(file: Path) -> Callable[[], float]:
    out = file.with_suffix(".pdf")
    return lambda: ran((sys.executable, "-m", "benchmarks.plain", file, out))


def _missing(name: str) -> Row:
    return Row(name, "", "not found, not measured", "", "", None)
