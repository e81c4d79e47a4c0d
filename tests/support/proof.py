"""A pytest plugin: a run fails unless every test that HAZARDS.md names in it ran and passed.

The tests have two parts, the ordinary and the exhaustive one.  A run of all of a part answers for
the named tests of that part, and for those that are in neither; a run of some tests for none.
pytest-xdist runs tests in other processes, which report to the one where the run ends.
"""

from collections import defaultdict
from pathlib import Path

import pytest
from hazards import named_tests

PARTS = {
    "not exhaustive": {"ordinary"},
    "exhaustive": {"exhaustive"},
    "": {"ordinary", "exhaustive"},
}
"""What is run, by the marks that were asked for with `-m`."""

PICKED = ("keyword", "deselect", "ignore", "ignore_glob", "lf", "last_failed")


def watch(config):
    """See whether the run that begins proves all that it must."""
    parts = Parts()
    config.pluginmanager.register(parts)
    if not hasattr(config, "workerinput"):  # where the run ends
        config.pluginmanager.register(Proof(config, parts))


def parts_of(config):
    """The parts of which all tests were asked for: none, when some were picked or left out."""
    everything = {str(config.rootpath), str(config.rootpath / "tests")}
    asked = {str(Path(config.invocation_params.dir, each).resolve()) for each in config.args}
    picked = any(config.getoption(option, None) for option in PICKED)
    if picked or config.option.collectonly or not asked <= everything:
        return set()
    return PARTS.get(config.getoption("markexpr"), set())


class Parts:
    """Notes of each test in which part it is, before any is left out; in every process."""

    def __init__(self):
        self.of = defaultdict(set)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config, items):
        for item in items:
            exhaustive = item.get_closest_marker("exhaustive")
            self.of[_test(item.nodeid)].add("exhaustive" if exhaustive else "ordinary")
        if hasattr(config, "workeroutput"):
            config.workeroutput["parts"] = {test: sorted(parts) for test, parts in self.of.items()}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error):
        for test, parts in getattr(node, "workeroutput", {}).get("parts", {}).items():
            self.of[test].update(parts)


class Proof:
    """Watches a run where it ends, and fails it when a named test did not pass."""

    def __init__(self, config, parts):
        self.config = config
        self.parts = parts
        self.named = named_tests((config.rootpath / "HAZARDS.md").read_text("utf-8"))
        self.outcomes = defaultdict(set)

    def pytest_runtest_logreport(self, report):
        """A skip and an expected failure prove as little as a failure."""
        if report.when == "call" or report.outcome != "passed":
            outcome = "skipped" if hasattr(report, "wasxfail") else report.outcome
            self.outcomes[_test(report.nodeid)].add(outcome)

    def pytest_sessionfinish(self, session):
        if session.exitstatus == 0 and self.faults():
            session.exitstatus = 1

    def pytest_terminal_summary(self, terminalreporter, exitstatus):
        if exitstatus not in {0, 1} or not parts_of(self.config):
            return  # it was interrupted, did not begin, or was not meant to prove anything
        for fault in self.faults():
            terminalreporter.write_line(f"HAZARDS.md: {fault}", red=True)
        answered = len(self.answered_for())
        terminalreporter.write_line(
            f"HAZARDS.md: {answered - len(self.faults())} of {answered} tests that prove a control "
            f"passed; {len(self.named) - answered} more are in the part that was not run."
        )

    def answered_for(self):
        """The named tests that this run must prove."""
        run = parts_of(self.config)
        return [test for test in self.named if run and (self.parts.of[test] or run) & run]

    def faults(self):
        return [
            f"{test} {self._fault(test)}; it is the proof of a control."
            for test in self.answered_for()
            if self.outcomes[test] != {"passed"}
        ]

    def _fault(self, test):
        worst = [each for each in ("failed", "skipped") if each in self.outcomes[test]]
        return f"has {worst[0]}" if "failed" in worst else "was skipped" if worst else "did not run"


def _test(node):
    """The test of a node, whatever its parameters."""
    return node.partition("[")[0]
