"""The figures that acuscreen is to reach, but for waiting and memory: each measures one."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from subprocess import CalledProcessError

from benchmarks import people, plain
from benchmarks.apart import apart
from benchmarks.extent import Extent
from benchmarks.measure import Ratio, in_turn, seconds
from benchmarks.ours import ME, SETTINGS, page_of, ran
from benchmarks.table import Row, compared
from questionnaire.conclusion.case import case_of
from questionnaire.content.content import ROOT, Content, read_content
from questionnaire.interview.flow import Said, facts
from questionnaire.report import documents as telling
from rules import conclude

OLD_PAGE = Path(__file__).parent / "page_2026_1.html"
"""The five pages that the typical person got under content version 2026.1; she is made up."""


def cold(content: Content, extent: Extent) -> list[Row]:
    """A whole process for one report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = people.write_file(content, people.typical(), folder / "answers.json")
        html, out = folder / "page.html", folder / "report.pdf"
        html.write_text(plain.with_faces(page_of(content, people.typical())), encoding="utf-8")
        ratio = in_turn(
            lambda: ran((sys.executable, "-m", "benchmarks.plain", html, out)),
            lambda: ran((*ME, "report", answers, "-o", out, "--force")),
            extent.rounds,
        )
    figure = "`acuscreen report`, whole cold process"
    return [compared(figure, "plain WeasyPrint, whole cold process", ratio, 0.90)]


def plainly(pages: Sequence[str]) -> Callable[[], object]:
    """Print the next of these pages, and after the last the first again, with plain WeasyPrint."""
    turn = cycle(pages)
    return lambda: plain.to_pdf(next(turn))


def our_way(crowd: Sequence[Said]) -> Callable[[], object]:
    """Print the report of the next of these people, with all that belongs to it."""
    content, turn = read_content(), cycle(crowd)
    list(telling.rehearse(content, SETTINGS))  # as a batch does, and an interview
    return lambda: telling.to_pdf(case_of(content, next(turn)), SETTINGS)


def warm(content: Content, extent: Extent) -> list[Row]:
    """A report in a process that has made some, for two people."""
    rows = []
    for who, said, goal in (
        ("typical", people.typical(), 0.60),
        ("everything ticked", people.everything(content), None),
    ):
        html = plain.with_faces(page_of(content, said))
        with apart(plainly, [html]) as theirs, apart(our_way, [said]) as ours:
            ratio = in_turn(theirs, ours, extent.rounds)
        figure = f"a report in a warm process, {who}"
        rows.append(compared(figure, "plain WeasyPrint, warm, same page", ratio, goal))
    return rows


def fewer_pages(_: Content, extent: Extent) -> list[Row]:
    """The report of three pages against the one of five that the same person had before it."""
    before = plain.with_faces(OLD_PAGE.read_text(encoding="utf-8"))
    with apart(plainly, [before]) as theirs, apart(our_way, [people.typical()]) as ours:
        ratio = in_turn(theirs, ours, extent.rounds)
    figure = "a report in a warm process, typical, of today"
    return [compared(figure, "plain WeasyPrint, warm, her page of version 2026.1", ratio, 0.40)]


def batch(content: Content, extent: Extent) -> list[Row]:
    """Two processes against one: how many times as many reports."""
    with tempfile.TemporaryDirectory() as name:
        rows = people.write_rows(content, extent.rows, Path(name) / "rows.ndjson")
        out = Path(name) / "reports"

        def took(workers: int) -> float:
            shutil.rmtree(out, ignore_errors=True)
            return ran((*ME, "batch", rows, out, "--workers", str(workers)))

        pairs = [(took(1), took(2)) for _ in range(3)]
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


def one_case(content: Content, extent: Extent) -> list[Row]:
    """Both evaluators and what is found, against the plain evaluator alone."""
    answers = facts(content.questions, people.typical())
    rules = content.rulebook.rules
    ratio = in_turn(
        lambda: seconds(lambda: [each for each in rules if each.when.holds(answers)], 500),
        lambda: seconds(lambda: conclude(content.rulebook, answers), 500),
        extent.rounds,
    )
    return [compared("both evaluators and the grounds, one case", "plain evaluator", ratio, 5.00)]


def check(_: Content, extent: Extent) -> list[Row]:
    """The proof of the content."""
    took = tuple(ran((*ME, "check")) for _ in range(max(3, extent.rounds // 3)))
    spread = f"{min(took):.1f} to {max(took):.1f} s in {len(took)} rounds"
    value = median(took)
    return [Row("`acuscreen check`", "", f"{value:.1f} s", spread, "at most 10 s", value <= 10)]


def suite(_: Content, __: Extent) -> list[Row]:
    """Every check and the tests, once, as whoever wants to contribute starts them."""
    goal = "at most 5 minutes"
    try:
        minutes = ran((ROOT / "run", "test")) / 60
    except CalledProcessError:
        return [Row("`./run test`", "", "failed", "one run", goal, reached=False)]
    return [Row("`./run test`", "", f"{minutes:.1f} minutes", "one run", goal, minutes <= 5)]
