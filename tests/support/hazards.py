"""The hazard log: which tests HAZARDS.md names, and what became of them in a run.

A test that is named there proves a control.  Whenever all tests are run, each of them must have
run and passed; pytest-xdist, which runs tests in other processes, reports to this one.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

NODE = re.compile(r"`(tests/[\w/]+\.py::\w+)`")
ROW = re.compile(r"^\| (?P<id>HZ-\d\d) \| (?P<rest>.*) \|$", re.MULTILINE)
PARTIAL = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "last_failed")


def rows(text):
    """Every row of every table that begins with a hazard's id: the id, and the cells after it."""
    for row in ROW.finditer(text):
        yield row["id"], [cell.strip() for cell in row["rest"].split(" | ")]


def named_tests(text):
    """The tests that a hazard log names, each once."""
    return sorted(set(NODE.findall(text)))


def exists(root, test):
    """Whether a file has a function of that name, at its top."""
    file, _, name = test.partition("::")
    path = Path(root, file)
    if not path.is_file():
        return False
    body = ast.parse(path.read_text("utf-8")).body
    return any(isinstance(each, ast.FunctionDef) and each.name == name for each in body)


def is_whole(config):
    """Whether all tests were asked for: nothing was picked, and nothing left out."""
    picked = any(config.getoption(option, None) for option in PARTIAL)
    everything = {str(config.rootpath), str(config.rootpath / "tests")}
    asked = {str(Path(config.invocation_params.dir, each).resolve()) for each in config.args}
    return not picked and asked <= everything


class Proof:
    """Watches a run, and fails it when a named test did not pass."""

    def __init__(self, config):
        self.config = config
        self.log = config.rootpath / "HAZARDS.md"
        self.outcomes = defaultdict(set)

    def pytest_runtest_logreport(self, report):
        """A skip and an expected failure prove as little as a failure."""
        test = report.nodeid.partition("[")[0]
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[test].add("skipped" if hasattr(report, "wasxfail") else report.outcome)

    def pytest_sessionfinish(self, session):
        if session.exitstatus == 0 and self.faults():
            session.exitstatus = 1

    def pytest_terminal_summary(self, terminalreporter, exitstatus):
        if exitstatus not in {0, 1}:
            return  # it was interrupted, or did not begin
        for fault in self.faults():
            terminalreporter.write_line(f"HAZARDS.md: {fault}", red=True)

    def faults(self):
        """What is wrong with the proof, as far as this run can tell."""
        if self.config.option.collectonly or not is_whole(self.config):
            return []
        return [
            f"{test} {self._fault(test)}; it is the proof of a control."
            for test in named_tests(self.log.read_text("utf-8"))
            if self.outcomes[test] != {"passed"}
        ]

    def _fault(self, test):
        worst = [each for each in ("failed", "skipped") if each in self.outcomes[test]]
        return f"has {worst[0]}" if "failed" in worst else "was skipped" if worst else "did not run"
