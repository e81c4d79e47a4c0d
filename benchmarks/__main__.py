"""`python -m benchmarks [--long] [FIGURE...]`: measure, and write it into `docs/speed.md`."""

import argparse
import signal
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import desk, figures, longer, memory, peers, waiting, web
from benchmarks.extent import LONG, SHORT, Extent
from benchmarks.growth import Growth
from benchmarks.measure import machine
from benchmarks.plot import drawn
from benchmarks.table import Row, put_into, written
from questionnaire.content.content import ROOT, Content, read_content

Figure = Callable[[Content, Extent], Sequence[Row | Growth]]

FIGURES: Mapping[str, Figure] = {
    "first-question": waiting.first_question,
    "last-answer": waiting.last_answer,
    "cold": figures.cold,
    "warm": figures.warm,
    "pages": figures.fewer_pages,
    "batch": figures.batch,
    "case": figures.one_case,
    "cases": memory.cases,
    "check": figures.check,
    "peers": peers.peers,
    "web": web.pages,
    "desk": desk.desk,
    "notes": longer.notes,
    "findings": longer.findings,
    "reports": memory.reports,
    "suite": figures.suite,
}
LONG_ONLY = ("suite",)
"""Measured with --long, or when it is named."""

PAGE = ROOT / "docs" / "speed.md"
_NAMED = ("weasyprint", "questionary", "durable-rules", "jinja2")


def main() -> None:
    """Measure what is named, or everything; only everything is written into the page."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background, and for
        signal.signal(signal.SIGINT, signal.default_int_handler)  # the programs that it starts
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    parser.add_argument("--long", action="store_true", help="more of each, and the tests: hours")
    options = parser.parse_args()
    if unknown := set(options.figures) - set(FIGURES):
        parser.error(
            f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}"
        )
    usual = [each for each in FIGURES if options.long or each not in LONG_ONLY]
    found = measured(
        options.figures or usual, is_long=options.long, page=None if options.figures else PAGE
    )
    print(f"\n{found}")


def measured(names: Sequence[str], *, is_long: bool, page: Path | None) -> str:
    """These figures; each is told, and written into the page if there is one, once it is there."""
    about = machine() | {name: version(name) for name in _NAMED}
    content, command = read_content(), f"./run bench{' --long' if is_long else ''}"
    found: list[Row | Growth] = []
    table = ""
    for number, name in enumerate(names, 1):
        for each in FIGURES[name](content, LONG if is_long else SHORT):
            print(each.text, flush=True)
            found.append(each)
        table = written(found, about, command, names[number:])
        if page:
            put_into(page, table)
            _draw(found, page.with_suffix(""))
    return table


def _draw(found: Sequence[Row | Growth], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for each in found:
        if isinstance(each, Growth):
            (folder / f"{each.id}.svg").write_text(drawn(each), encoding="utf-8")


if __name__ == "__main__":
    main()
