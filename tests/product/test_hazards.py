"""HAZARDS.md: every control is proved by a test that is there, and that passed."""

import re
import shutil
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
from proof import watch

def pytest_configure(config):
    watch(config)
"""
TESTS = """
import pytest

def test_good(): pass

@pytest.mark.parametrize("n", [1, 2])
def test_half(n):
    if n == 2: pytest.skip("not today")

@pytest.mark.xfail
def test_expected_to_fail(): assert False

def test_bad(): assert {bad}

@pytest.mark.exhaustive
def test_long(): assert {bad}

@pytest.mark.exhaustive
@pytest.mark.skip
def test_long_skipped(): pass

@pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_in_both(n): assert n == 1 or {bad}
"""
INI = """
[pytest]
testpaths = tests
addopts = -m "not exhaustive"
markers = exhaustive: takes long
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """A project with a hazard log that names these tests."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they would take longest

    def project(*named, bad="True"):
        folder = pytester.mkdir("tests")
        for name in ("hazards.py", "proof.py"):
            shutil.copy(ROOT / "tests" / "support" / name, folder)
        (folder / "conftest.py").write_text(CONFTEST, "utf-8")
        (folder / "room").mkdir()
        (folder / "room" / "test_it.py").write_text(TESTS.replace("{bad}", bad), "utf-8")
        log = "\n".join(f"`tests/room/test_it.py::{name}`" for name in named)
        (pytester.path / "HAZARDS.md").write_text(log, "utf-8")
        pytester.makeini(INI)
        return pytester

    return project


QUIET = ("-p", "no:cacheprovider")
TWO = ("-p", "xdist", "-n", "2")
EXHAUSTIVE = ("-m", "exhaustive")
ALL = ("-m", "")


@pytest.mark.parametrize("how", [(), TWO])
def test_a_run_in_which_every_proof_passed_is_good(project, how):
    done = project("test_good").runpytest(*QUIET, *how)
    assert done.ret == 0
    assert "HAZARDS.md: 1 of 1 tests that prove a control passed; 0 more" in done.stdout.str()


@pytest.mark.parametrize(
    ("named", "fault", "how"),
    [
        ("test_gone", "did not run", ()),
        ("test_gone", "did not run", ("tests",)),
        ("test_gone", "did not run", EXHAUSTIVE),
        ("test_half", "was skipped", ()),
        ("test_half", "was skipped", TWO),
        ("test_half", "was skipped", ALL),
        ("test_expected_to_fail", "was skipped", ()),
        ("test_long_skipped", "was skipped", EXHAUSTIVE),
        ("test_long_skipped", "was skipped", (*EXHAUSTIVE, *TWO)),
    ],
)
def test_a_run_without_a_proof_fails_and_says_which(project, named, fault, how):
    done = project("test_good", named).runpytest(*QUIET, *how)
    assert done.ret == 1
    assert f"HAZARDS.md: tests/room/test_it.py::{named} {fault}" in done.stdout.str()


@pytest.mark.parametrize(
    ("named", "how"), [("test_bad", ()), ("test_long", EXHAUSTIVE), ("test_in_both", EXHAUSTIVE)]
)
def test_a_proof_that_fails_is_named(project, named, how):
    done = project(named, bad="False").runpytest(*QUIET, *how)
    assert done.ret == 1
    assert f"HAZARDS.md: tests/room/test_it.py::{named} has failed" in done.stdout.str()


@pytest.mark.parametrize("two", [(), TWO])
def test_each_part_answers_for_its_own_proofs_and_claims_no_others(project, two):
    log = project("test_good", "test_long", "test_in_both")
    for how, told in (
        ((), "2 of 2 tests that prove a control passed; 1 more"),
        (EXHAUSTIVE, "2 of 2 tests that prove a control passed; 1 more"),
        (ALL, "3 of 3 tests that prove a control passed; 0 more"),
    ):
        done = log.runpytest(*QUIET, *how, *two)
        assert done.ret == 0
        assert f"HAZARDS.md: {told}" in done.stdout.str()


@pytest.mark.parametrize(
    "how",
    [("-k", "good"), ("tests/room/test_it.py::test_good",), ("--collect-only",), ("-m", "skip")],
)
def test_a_run_of_some_tests_asks_for_no_proof(project, how):
    done = project("test_half").runpytest(*QUIET, *how)
    assert done.ret in {0, pytest.ExitCode.NO_TESTS_COLLECTED}
    assert "HAZARDS.md" not in done.stdout.str()


def test_ci_runs_both_parts_by_the_command_that_the_readme_names():
    """So that every proof that the hazard log names has run and passed when CI is done."""
    commands = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    runs = [line.removeprefix("./run test ") for line in commands if line.startswith("./run test")]
    assert runs == ["--numprocesses auto --cov", "--numprocesses auto -m exhaustive"]


def test_what_is_there_is_told_from_what_is_not():
    assert exists(ROOT, "tests/product/test_hazards.py::test_every_row_is_understood")
    assert not exists(ROOT, "tests/product/test_hazards.py::test_that_nobody_wrote")
    assert not exists(ROOT, "tests/product/test_nowhere.py::test_every_row_is_understood")
