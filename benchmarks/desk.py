"""The desk of a clinic: many intakes kept, people who answer on tablets, and desks that watch."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median, quantiles
from threading import Thread
from urllib.parse import urlencode

from benchmarks.extent import Extent
from benchmarks.ours import ME
from benchmarks.table import Row
from questionnaire.content.content import Content

_KEPT, _FEW = 10_000, 100
_PEOPLE, _DESKS, _SECONDS = 50, 5, 40
_WARM_UP = 10
"""Seconds of those that do not count: a desk that was started this moment loads what it takes to
print, and is asked for everything by everybody at once.
"""

_QUICK = 150
"""Milliseconds within which 95 in 100 queue pages are there."""

_GROWTH = 1.5
"""So many times as long a queue page may take with a hundred times as many intakes."""

_PORT = 8961
_COOKIE = "acuscreen_desk"


def desk(_: Content, extent: Extent) -> Sequence[Row]:
    """All figures of the desk."""
    del extent
    few, _, _ = _measured(_FEW, 0)
    many, _, _ = _measured(_KEPT, 0)
    crowd, answered, errors = _measured(_KEPT, _PEOPLE)
    slow = quantiles(crowd, n=20)[-1] * 1000
    grown = median(many) / median(few)
    return [
        Row(
            f"queue page with {_KEPT:,} intakes kept",
            f"with {_FEW}",
            f"{median(many) * 1000:.0f} ms : {median(few) * 1000:.0f} ms",
            f"{grown:.2f}",
            f"at most {_GROWTH:.2f}",
            grown <= _GROWTH,
        ),
        Row(
            f"queue page, {_PEOPLE} people answering and {_DESKS} desks watching: "
            f"95 % within {slow:.0f} ms",
            "",
            f"{answered} answers, {errors} errors",
            "",
            f"at most {_QUICK} ms, no error",
            slow <= _QUICK and errors == 0,
        ),
    ]


def _measured(kept: int, people: int) -> tuple[list[float], int, int]:
    """Seconds of each queue page, once all is warm; answers that were taken; errors."""
    took: list[float] = []
    answered, errors = [0] * people, [0] * (people + _DESKS)
    with tempfile.TemporaryDirectory() as folder, _clinic(folder, kept, people) as cookies:
        warm = time.monotonic() + (_WARM_UP if people else 1)
        until = warm + (_SECONDS - _WARM_UP if people else 5)
        crowd = [
            *(
                Thread(target=_answer, args=(cookie, until, answered, errors, at))
                for at, cookie in enumerate(cookies["people"])
            ),
            *(
                Thread(target=_watch, args=(cookie, (warm, until), took, errors, people + at))
                for at, cookie in enumerate(cookies["desks"])
            ),
        ]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join()
    return took, sum(answered), sum(errors)


@contextmanager
def _clinic(folder: str, kept: int, people: int) -> Iterator[dict[str, list[str]]]:
    """A clinic that is open; the cookies of who is there."""
    there = os.environ | {
        "ACUSCREEN_DATABASE": f"{folder}/clinic.db",
        "ACUSCREEN_KEY": f"{folder}/clinic.key",
    }
    filled = (sys.executable, "-m", "benchmarks.clinic", str(kept), str(people), str(_DESKS))
    cookies = json.loads(subprocess.run(filled, env=there, check=True, capture_output=True).stdout)
    served = (*ME, "clinic", "--port", str(_PORT))
    program = subprocess.Popen(served, env=there, stdout=subprocess.PIPE, text=True)
    try:
        for line in program.stdout or ():
            if "Press Ctrl-C" in line:
                break
        yield cookies
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(30)


def _asked(line: HTTPConnection, cookie: str, path: str, form: str = "") -> tuple[int, str, str]:
    headers = {"Cookie": f"{_COOKIE}={cookie}"}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    line.request("POST" if form else "GET", path, form or None, headers)
    answer = line.getresponse()
    return answer.status, answer.headers.get("Location", ""), answer.read().decode()


def _watch(
    cookie: str, span: tuple[float, float], took: list[float], errors: list[int], at: int
) -> None:
    """Look at the queue every second until the end of a span; what was asked for in it counts."""
    warm, until = span
    line = HTTPConnection("127.0.0.1", _PORT, timeout=30)
    while (begun := time.monotonic()) < until:
        status, _, _ = _asked(line, cookie, "/queue/rows")
        if begun >= warm:
            took.append(time.monotonic() - begun)
        errors[at] += status != 200
        time.sleep(1)
    line.close()


def _answer(cookie: str, until: float, answered: list[int], errors: list[int], at: int) -> None:
    """Answer a question every two seconds, the first that is offered, and begin again."""
    line = HTTPConnection("127.0.0.1", _PORT, timeout=30)
    time.sleep(at / _PEOPLE * 2)
    path = "/visit/question/1"
    while time.monotonic() < until:
        status, place, page = _asked(line, cookie, path)
        if status == 303:
            path = place
            continue
        form = _filled_in(page)
        status, place, _ = _asked(line, cookie, path, urlencode(form)) if form else (200, "", "")
        errors[at] += status not in {200, 303}
        answered[at] += bool(form)
        path = place or "/visit/question/1"
        time.sleep(2)
    line.close()


def _filled_in(page: str) -> dict[str, str]:
    """What a form says that is filled in without thinking; nothing where a page asks nothing."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', page))
    asked = hidden.get("asked", "")
    if not asked:
        return {**hidden, "go_on": "1"} if 'action="/visit/emergency"' in page else {}
    if 'name="skip"' in page:
        return {**hidden, "skip": "1"}
    values = re.findall(rf'name="{asked}" value="(\w+)"', page)
    return {**hidden, asked: values[-1], "next": "1"}
