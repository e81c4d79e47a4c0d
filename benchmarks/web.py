"""The pages: how long one takes, how large the first is, what is held, and a crowd at once."""

import gzip
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from benchmarks import bare, people
from benchmarks.apart import alone, apart
from benchmarks.asking import Asking, hidden
from benchmarks.extent import Extent
from benchmarks.measure import in_turn
from benchmarks.memory import Sample, sampled
from benchmarks.ours import ME, SETTINGS
from benchmarks.table import Row, compared
from questionnaire.content.content import Content, read_content
from questionnaire.interview.flow import SKIPPED, next_question
from questionnaire.web.press import Press
from questionnaire.web.serve import Home, home

_SOON = 1.5
"""Seconds from the command to the first page."""

_LIGHT = 14 * 1024
"""Bytes of the first page, with style and script, compressed."""

_EARLY = 100
_PEOPLE, _SECONDS = 100, 60
_QUICK = 250
"""Milliseconds within which 95 in 100 question pages are there."""

_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)(/enter/\S+)")
_MB = 2**20


def pages(_: Content, extent: Extent) -> Sequence[Row]:
    """All figures of the pages."""
    return [
        _question(extent),
        _weight(),
        _first_page(extent),
        _memory(extent),
        *_crowd(),
    ]


def _question(extent: Extent) -> Row:
    with apart(bare.page) as baseline, apart(_page) as ours:
        ratio = in_turn(baseline, ours, extent.rounds * 20)
    return compared("a question page", "a bare Django view with a session", ratio, 1.50)


def _page() -> Callable[[], object]:
    """The page of a question in the middle of an interview."""
    content = read_content()
    somebody = _at_home(content)
    said, typical = {}, people.typical()
    while (question := next_question(content.questions, said)) and len(said) < len(typical) // 2:
        said[question.id] = typical[question.id]
        somebody.sends("next", {question.id: typical[question.id]})
    if not hidden(somebody.page).get("asked"):
        raise RuntimeError(f"{somebody.path} asks nothing")
    return lambda: somebody.get(somebody.path)


def _house(content: Content) -> Home:
    press = Press(1)
    press.close()  # no report is printed
    return home(content, SETTINGS, press)


def _at_home(content: Content) -> Asking:
    """Somebody who has come in and begun."""
    house = _house(content)
    somebody = Asking(house)
    _begin(somebody, house)
    return somebody


def _begin(somebody: Asking, house: Home) -> None:
    somebody.get(f"/enter/{house.entrance.key}")
    somebody.sends("start")


def _weight() -> Row:
    house = _house(read_content())
    somebody = Asking(house)
    somebody.get(f"/enter/{house.entrance.key}")
    parts = [somebody.page.encode()]
    parts += [somebody.get(each) for each in re.findall(r'="(/static/\S+?)"', somebody.page)]
    size = sum(len(gzip.compress(part)) for part in parts)
    return Row(
        f"first page with style, script and sign, compressed: {size / 1024:.1f} kB",
        "",
        f"{len(parts)} files",
        "",
        f"at most {_LIGHT / 1024:.0f} kB",
        size <= _LIGHT,
    )


def _first_page(extent: Extent) -> Row:
    took = [_until_served() for _ in range(extent.rounds)]
    return Row(
        "command to the first page",
        "",
        f"{median(took):.2f} s",
        f"{min(took):.2f} to {max(took):.2f} s in {len(took)} rounds",
        f"at most {_SOON} s",
        median(took) <= _SOON,
    )


def _until_served() -> float:
    start = time.perf_counter()
    with _served() as (port, way):
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", way)
        cookie = connection.getresponse().headers["Set-Cookie"].split(";")[0]
        connection.close()
        connection.request("GET", "/", headers={"Cookie": cookie})
        connection.getresponse().read()
        took = time.perf_counter() - start
        connection.close()
    return took


@contextmanager
def _served() -> Iterator[tuple[int, str]]:
    """The pages, served by the command; its port, and the way in."""
    with subprocess.Popen(
        (*ME, "web", "--no-browser"), stdout=subprocess.PIPE, text=True
    ) as command:
        told = ""
        while command.stdout and not (found := _ADDRESS.search(told)):
            told += command.stdout.readline()
        yield int(found[1]), found[2]
        command.send_signal(signal.SIGINT)


def _memory(extent: Extent) -> Row:
    many = extent.reports[-1]
    first, last = alone(_interviews, (_EARLY, many))
    return Row(
        f"memory after {last.count:,} interviews over the pages: {last.held / _MB:.0f} MB",
        f"after {first.count}: {first.held / _MB:.0f} MB",
        f"{last.held / first.held:.3f}",
        "one run",
        "at most 1.05",
        last.held / first.held <= 1.05,
    )


def _interviews(counts: Sequence[int]) -> list[Sample]:
    content = read_content()
    house = _house(content)
    return sampled(lambda number: _interview(content, house, number), counts)


def _interview(content: Content, house: Home, number: int) -> None:
    """Somebody answers everything, sees the result and erases it all."""
    somebody = Asking(house)
    _begin(somebody, house)
    answers, said = people.different(content, number), {}
    while question := next_question(content.questions, said):
        said[question.id] = answers.get(question.id, SKIPPED)
        skips = said[question.id] is SKIPPED
        somebody.sends("skip" if skips else "next", {question.id: said[question.id]})
        if somebody.path == "/emergency":
            somebody.sends("go_on")
    somebody.sends("go_on")
    somebody.get("/leave")
    somebody.sends("erase")


def _crowd() -> Sequence[Row]:
    """So many people at a time, who think for a second, while PDFs are made."""
    if importlib.util.find_spec("locust") is None:
        return [
            Row(f"{_PEOPLE} people at a time", "", "not measured", "", "`./run setup load`", None)
        ]
    with _served() as (port, way), tempfile.TemporaryDirectory() as name:
        out = Path(name) / "stats"
        _locust(port, way, out)
        entries = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    asked = {each["name"]: each for each in entries}
    failed = sum(each["num_failures"] for each in entries)
    within = _percentile(asked["question"]["response_times"], 0.95)
    sent = _percentile(asked["answer"]["response_times"], 0.95)
    reports = asked.get("report", {"num_requests": 0})["num_requests"]
    who = f"{_PEOPLE} people at a time for {_SECONDS} s, PDFs asked for {reports} times"
    count = sum(each["num_requests"] for each in entries)
    return [
        Row(f"{who}: errors", "", f"{failed} of {count:,}", "one run", "none", failed == 0),
        Row(
            f"{who}: 95 % of the question pages",
            f"of the answers sent: {sent:.0f} ms",
            f"{within:.0f} ms",
            "one run",
            f"within {_QUICK} ms",
            within <= _QUICK,
        ),
    ]


def _locust(port: int, way: str, out: Path) -> None:
    command = (
        *(sys.executable, "-m", "locust", "-f", Path(__file__).with_name("load.py")),
        *("--headless", "--only-summary", "--host", f"http://127.0.0.1:{port}"),
        *("--users", str(_PEOPLE), "--spawn-rate", "10", "--run-time", f"{_SECONDS}s"),
        *("--json-file", out, "--exit-code-on-error", "0"),
    )
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ACUSCREEN_WAY": way, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def _percentile(times: dict[str, int], part: float) -> float:
    """Of times with how often each came: what this part of them does not exceed."""
    left = sum(times.values()) * part
    for took, count in sorted((float(took), count) for took, count in times.items()):
        left -= count
        if left <= 0:
            return took
    return 0.0
