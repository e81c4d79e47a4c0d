"""HAZARDS.md: every control is proved by a test that is there, and that passed."""

import re
from pathlib import Path

import pytest
from hazards import exists, named_tests, rows

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
LOG = (ROOT / "HAZARDS.md").read_text("utf-8")
SEVERITIES = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")
LIKELIHOODS = ("Very low", "Low", "Medium", "High", "Very high")

HAZARDS = {id_: cells for id_, cells in rows(LOG) if len(cells) == 6}
CONTROLS = [(id_, *cells) for id_, cells in rows(LOG) if len(cells) == 2]


@pytest.mark.parametrize("test", named_tests(LOG))
def test_a_test_that_proves_a_control_is_there(test):
    assert exists(ROOT, test)


def test_every_hazard_is_whole_and_numbered_in_order():
    """Hazard, cause, effect, severity, likelihood, what remains: nothing is left blank."""
    assert list(HAZARDS) == [f"HZ-{number:02}" for number in range(1, len(HAZARDS) + 1)]
    for id_, (*texts, severity, likelihood, remains) in HAZARDS.items():
        assert all(texts), id_
        assert severity in SEVERITIES, id_
        assert likelihood in LIKELIHOODS, id_
        assert len(remains.split()) > 2, id_


def test_every_hazard_has_a_control_and_every_control_a_hazard_and_a_test():
    assert {id_ for id_, *_ in CONTROLS} == set(HAZARDS)
    for id_, control, proof in CONTROLS:
        assert control.endswith("."), id_
        assert re.fullmatch(r"`tests/[\w/]+\.py::\w+`(, `tests/[\w/]+\.py::\w+`)*", proof), id_


def test_every_row_is_understood():
    """A row with a stray bar would vanish from these checks."""
    begun = re.findall(r"^\| HZ-", LOG, re.MULTILINE)
    assert len(begun) == len(HAZARDS) + len(CONTROLS)


def test_the_safety_file_and_the_hazard_log_know_each_other():
    safety = (ROOT / "SAFETY.md").read_text("utf-8")
    assert "HAZARDS.md" in safety
    assert "SAFETY.md" in LOG
    assert set(re.findall(r"HZ-\d\d", safety)) <= set(HAZARDS)


# What the run itself does.

CONFTEST = """
from hazards import Proof

def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proof(config))
"""
TESTS = """
import pytest

def test_good(): pass

@pytest.mark.parametrize("n", [1, 2])
def test_half(n):
    if n == 2: pytest.skip("not today")

@pytest.mark.xfail
def test_expected_to_fail(): assert False

@pytest.fixture
def broken(): raise ValueError

def test_bad(): assert {bad}
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """A project with a hazard log that names these tests."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they would take longest

    def project(*named, bad="True"):
        folder = pytester.mkdir("tests")
        (folder / "hazards.py").write_bytes(
            (Path(__file__).parents[1] / "support" / "hazards.py").read_bytes()
        )
        (folder / "conftest.py").write_text(CONFTEST, "utf-8")
        (folder / "room").mkdir()
        (folder / "room" / "test_it.py").write_text(TESTS.replace("{bad}", bad), "utf-8")
        log = "\n".join(f"`tests/room/test_it.py::{name}`" for name in named)
        (pytester.path / "HAZARDS.md").write_text(log, "utf-8")
        pytester.makeini("[pytest]\ntestpaths = tests\n")
        return pytester

    return project


QUIET = ("-p", "no:cacheprovider")
TWO = ("-p", "xdist", "-n", "2")


@pytest.mark.parametrize("how", [(), TWO])
def test_a_run_in_which_every_proof_passed_is_good(project, how):
    assert project("test_good").runpytest(*QUIET, *how).ret == 0


@pytest.mark.parametrize(
    ("named", "fault", "how"),
    [
        ("test_gone", "did not run", ()),
        ("test_gone", "did not run", ("tests",)),
        ("test_half", "was skipped", ()),
        ("test_half", "was skipped", TWO),
        ("test_expected_to_fail", "was skipped", ()),
    ],
)
def test_a_run_without_a_proof_fails_and_says_which(project, named, fault, how):
    done = project("test_good", named).runpytest(*QUIET, *how)
    assert done.ret == 1
    assert f"HAZARDS.md: tests/room/test_it.py::{named} {fault}" in done.stdout.str()


def test_a_proof_that_fails_is_named(project):
    done = project("test_bad", bad="False").runpytest(*QUIET)
    assert done.ret == 1
    assert "HAZARDS.md: tests/room/test_it.py::test_bad has failed" in done.stdout.str()


@pytest.mark.parametrize(
    "how", [("-k", "good"), ("tests/room/test_it.py::test_good",), ("--collect-only",)]
)
def test_a_run_of_some_tests_asks_for_no_proof(project, how):
    assert project("test_half").runpytest(*QUIET, *how).ret == 0


def test_what_is_there_is_told_from_what_is_not():
    assert exists(ROOT, "tests/product/test_hazards.py::test_every_row_is_understood")
    assert not exists(ROOT, "tests/product/test_hazards.py::test_that_nobody_wrote")
    assert not exists(ROOT, "tests/product/test_nowhere.py::test_every_row_is_understood")
