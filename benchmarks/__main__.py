"""`python -m benchmarks [--long] [FIGURE...]`: measure, and write the table in `docs/speed.md`."""

import argparse
from importlib.metadata import version
from pathlib import Path

from benchmarks import figures, waiting
from benchmarks.measure import machine
from benchmarks.table import put_into, written
from questionnaire.content import ROOT, read_content

FIGURES = {
    "first-question": waiting.first_question,
    "last-answer": waiting.last_answer,
    "cold": figures.cold,
    "warm": figures.warm,
    "batch": figures.batch,
    "memory": figures.memory,
    "case": figures.one_case,
    "cases": figures.cases,
    "check": figures.check,
}
PAGE = ROOT / "docs" / "speed.md"
_NAMED = ("weasyprint", "questionary", "durable-rules", "jinja2")


def main() -> None:
    """Measure what is named, or everything; only everything is written into the page."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    parser.add_argument("--long", action="store_true", help="as much as the goals ask for: an hour")
    options = parser.parse_args()
    if unknown := set(options.figures) - set(FIGURES):
        parser.error(
            f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}"
        )
    content, rows = read_content(), []
    for name in options.figures or FIGURES:
        rows += FIGURES[name](content, figures.LONG if options.long else figures.SHORT)
        print(rows[-1].line, flush=True)
    about = machine() | {name: version(name) for name in _NAMED}
    table = written(rows, about, f"./run bench{' --long' if options.long else ''}")
    print(f"\n{table}")
    if not options.figures:
        put_into(Path(PAGE), table)


if __name__ == "__main__":
    main()
