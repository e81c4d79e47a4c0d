"""Reports made on other computers, each of which has this program and its content.

Rows travel there and reports come back; the content does not travel.  So that a report has the
bytes that it would have here, a worker must have the same to make it with, and compares.
"""

import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from importlib.metadata import requires, version
from pathlib import Path

from questionnaire.batch.run import File, Work
from questionnaire.batch.task import Bad, Filed, Reporter, Result, Task
from questionnaire.content.content import ROOT, Content, read_content
from questionnaire.errors import RulesError, UsageError
from questionnaire.report.documents import rehearse, to_pdf
from questionnaire.report.settings import Settings, today
from questionnaire.system.lookahead import in_order

_FOLDERS = ("questionnaire", "rules", "report_templates", "released")
"""Where all lies that decides what is printed."""


@dataclass(frozen=True)
class Order:
    """How reports are to be made, and with what; `root` is where another content lies than ours."""

    settings: Settings
    root: Path | None
    equipment: Mapping[str, str]


def on_cluster(address: str, root: Path | None) -> Work:
    """By the workers of the scheduler at this address; UsageError where Dask is not installed."""
    try:
        from questionnaire.system.cluster import Cluster  # noqa: PLC0415  few people need it
    except ModuleNotFoundError as error:
        raise UsageError(
            "--scheduler: what it takes is not installed; ./run setup cluster installs it."
        ) from error

    def work(reporter: Reporter, tasks: Iterable[Task], file: File) -> Iterator[Filed | Bad]:
        order = Order(reporter.settings, root, equipment(reporter.content, root))
        with closing(Cluster(address, partial(attempt, order))) as crew:
            yield from in_order(crew, tasks, file)

    return work


def attempt(order: Order, task: Task) -> Result:
    """Make a report, in a worker; UsageError when it would make another than the starter."""
    content, own = _here(order.root)
    for name, theirs in order.equipment.items():
        if (ours := own.get(name)) != theirs:
            raise UsageError(
                f"a worker has {name} {ours or 'not at all'}, and here it is {theirs}; give all "
                "computers the same, and start the workers again."
            )
    return Reporter(content, order.settings, to_pdf, is_fixed=bool(order.root)).attempt(task)


@lru_cache(maxsize=2)
def _here(root: Path | None) -> tuple[Content, Mapping[str, str]]:
    try:
        content = read_content(root or ROOT)
    except RulesError as error:
        raise UsageError(f"a worker cannot read the content: {error}") from error
    next(rehearse(content, Settings(today())), None)  # else it holds more with every report
    return content, equipment(content, root)


def equipment(content: Content, root: Path | None) -> Mapping[str, str]:
    """All that decides the bytes of a report, but for the libraries of the system."""
    needed = (re.match(r"[\w-]+", each) for each in requires("acuscreen") or [])
    return {
        "acuscreen": version("acuscreen"),
        "content": f"{content.version} ({content.sha256[:12]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{each[0]: version(each[0]) for each in needed if each},
        "files": _digest(ROOT, *([root] if root else [])),
    }


def _digest(*roots: Path) -> str:
    """The program, the content and the pages, as they lie there."""
    digest = sha256()
    for folder in (root / each for root in roots for each in _FOLDERS):
        for path in sorted(folder.rglob("*.*")):
            if path.is_file() and "__pycache__" not in path.parts:
                text = path.read_bytes()
                digest.update(f"{path.relative_to(folder)}\0{len(text)}\0".encode())
                digest.update(text)
    return digest.hexdigest()[:12]
