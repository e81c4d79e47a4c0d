"""Every figure that acuscreen is to reach, as a function that measures it."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks import people, plain
from benchmarks.apart import apart
from benchmarks.measure import Ratio, in_turn, resident
from benchmarks.table import Row, compared
from questionnaire import pdf, telling
from questionnaire.content import Content, read_content
from questionnaire.interview import Said, facts
from rules import conclude

TODAY = date(2026, 11, 22)
ME = (sys.executable, "-m", "questionnaire")


@dataclass(frozen=True)
class Extent:
    """How much is measured: `long` as much as the goals ask for, which takes an hour."""

    rounds: int
    reports: int
    rows: int
    cases: int


SHORT = Extent(rounds=7, reports=200, rows=24, cases=50_000)
LONG = Extent(rounds=15, reports=2_000, rows=200, cases=1_000_000)


def page_of(content: Content, said: Said) -> str:
    """The page that the report of this person is printed from."""
    pages: list[str] = []
    lay_out = pdf._laid_out
    pdf._laid_out = lambda html: pages.append(html) or lay_out(html)  # type: ignore[func-returns-value]
    try:
        telling.to_pdf(content, said, telling.Settings(TODAY))
    finally:
        pdf._laid_out = lay_out
    return pages[-1]


def ran(command: Sequence[str | Path]) -> float:
    """The seconds that a program takes, from its start to its end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def cold(content: Content, extent: Extent) -> list[Row]:
    """A whole process for one report, against WeasyPrint alone, and Chromium where it is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = people.write_file(content, people.typical(), folder / "answers.json")
        html = folder / "page.html"
        html.write_text(plain.with_faces(page_of(content, people.typical())), encoding="utf-8")
        out = folder / "report.pdf"
        weasyprint = (sys.executable, "-m", "benchmarks.plain", html, out)
        ours = (*ME, "report", answers, "-o", out, "--force")
        rows = [
            compared(
                "`acuscreen report`, whole cold process",
                "plain WeasyPrint, whole cold process",
                in_turn(lambda: ran(weasyprint), lambda: ran(ours), extent.rounds),
                0.80,
            )
        ]
        if chromium := shutil.which("chromium"):
            prints = (
                chromium,
                "--headless",
                "--no-sandbox",
                f"--print-to-pdf={out}",
                html.as_uri(),
            )
            ratio = in_turn(lambda: ran(weasyprint), lambda: ran(prints), extent.rounds)
            rows.append(
                compared("Chromium, the same page, cold", "plain WeasyPrint, cold", ratio, None)
            )
        return rows


def _plainly(html: str) -> Callable[[], object]:
    return lambda: plain.to_pdf(html)


def _our_way(said: Said) -> Callable[[], object]:
    content, settings = read_content(), telling.Settings(TODAY)
    return lambda: telling.to_pdf(content, said, settings)


def warm(content: Content, extent: Extent) -> list[Row]:
    """A report in a process that has made some, for two people."""
    rows = []
    for who, said, goal in (
        ("typical", people.typical(), 0.70),
        ("everything ticked", people.everything(content), None),
    ):
        html = plain.with_faces(page_of(content, said))
        with apart(_plainly, html) as plainly, apart(_our_way, said) as ours:
            ratio = in_turn(plainly, ours, extent.rounds)
        rows.append(
            compared(
                f"a report in a warm process, {who}",
                "plain WeasyPrint, warm, same page",
                ratio,
                goal,
            )
        )
    return rows


def batch(content: Content, extent: Extent) -> list[Row]:
    """Two processes against one: how many times as many reports."""
    with tempfile.TemporaryDirectory() as name:
        rows = people.write_rows(content, extent.rows, Path(name) / "rows.ndjson")
        out = Path(name) / "reports"

        def seconds(workers: int) -> float:
            shutil.rmtree(out, ignore_errors=True)
            return ran((*ME, "batch", rows, out, "--workers", str(workers)))

        pairs = [(seconds(1), seconds(2)) for _ in range(3)]
    ratio = Ratio(tuple(two for _, two in pairs), tuple(one for one, _ in pairs))
    least, most = ratio.spread
    return [
        Row(
            f"`batch` of {extent.rows} with two workers: {median(ratio.baseline):.1f} s",
            f"with one: {median(ratio.ours):.1f} s",
            f"{ratio.value:.2f} times as fast",
            f"{least:.2f} to {most:.2f} in 3 rounds",
            "at least 1.85",
            ratio.value >= 1.85,
        )
    ]


def _grown(act: Callable[[int], object], early: int, late: int) -> tuple[int, int]:
    """The memory held after so many times, early and late."""
    for number in range(early):
        act(number)
    first = resident()
    for number in range(early, late):
        act(number)
    return first, resident()


def memory(content: Content, extent: Extent) -> list[Row]:
    """What a process holds after many reports of different people."""
    settings = telling.Settings(TODAY)
    first, last = _grown(
        lambda each: telling.to_pdf(content, people.different(content, each), settings),
        50,
        extent.reports,
    )
    return [_growth(f"memory after {extent.reports:,} reports", "after 50", first, last, 1.10)]


def cases(content: Content, extent: Extent) -> list[Row]:
    """What a process holds after many cases went through the rules; none may fail."""
    said = [facts(content.questions, people.different(content, each)) for each in range(500)]
    first, last = _grown(
        lambda each: conclude(content.rulebook, said[each % 500]), 10_000, extent.cases
    )
    return [_growth(f"memory after {extent.cases:,} cases", "after 10,000", first, last, 1.05)]


def _growth(figure: str, baseline: str, first: int, last: int, goal: float) -> Row:
    return Row(
        f"{figure}: {last / 2**20:.0f} MB",
        f"{baseline}: {first / 2**20:.0f} MB",
        f"{last / first:.3f}",
        "one run",
        f"at most {goal:.2f}",
        last / first <= goal,
    )


def one_case(content: Content, extent: Extent) -> list[Row]:
    """Both evaluators and what is found, against the plain evaluator alone."""
    answers = facts(content.questions, people.typical())

    def seconds(act: Callable[[], object]) -> float:
        start = time.perf_counter()
        for _ in range(500):
            act()
        return (time.perf_counter() - start) / 500

    ratio = in_turn(
        lambda: seconds(
            lambda: [each for each in content.rulebook.rules if each.when.holds(answers)]
        ),
        lambda: seconds(lambda: conclude(content.rulebook, answers)),
        extent.rounds,
    )
    row = compared("both evaluators and the grounds, one case", "plain evaluator", ratio, None)
    took = median(ratio.ours)
    return [
        Row(
            row.figure, row.baseline, row.value, row.spread, "at most 0.3 ms in all", took <= 0.0003
        )
    ]


def check(_: Content, extent: Extent) -> list[Row]:
    """The proof of the content."""
    took = tuple(ran((*ME, "check")) for _ in range(max(3, extent.rounds // 3)))
    return [_whole("`acuscreen check`", took, 10)]


def _whole(figure: str, took: tuple[float, ...], most: float) -> Row:
    spread = f"{min(took):.1f} to {max(took):.1f} s"
    value = median(took)
    return Row(figure, "", f"{value:.1f} s", spread, f"at most {most:.0f} s", value <= most)
