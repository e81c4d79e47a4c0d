"""What `run` promises before and at the start, and what the locks promise to `run`."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def start(run, *arguments, cwd, **environment):
    return subprocess.run(
        [run, *arguments],
        cwd=cwd,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    """The project as it is cloned, in a folder whose name has spaces."""
    made = shutil.ignore_patterns(
        ".git", ".venv", ".tools", "__pycache__", ".*_cache", ".hypothesis", ".coverage*", "mutants"
    )
    return shutil.copytree(ROOT, tmp_path / "a folder with spaces", ignore=made)


@pytest.fixture
def bare_computer(tmp_path):
    """A search path with the plainest commands, no compiler, no uv, and a user who is not root."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ("sh", "cat", "cmp", "readlink"):
        (commands / name).symlink_to(shutil.which(name))
    (commands / "id").write_text("#!/bin/sh\necho 1000\n")
    (commands / "id").chmod(0o755)
    return {"PATH": str(commands), "ACUSCREEN_PYTHON": sys.executable, "CC": "cc"}


def test_run_is_written_for_the_plainest_shell():
    shell = shutil.which("dash") or "/bin/sh"
    assert subprocess.run([shell, "-n", ROOT / "run"], check=False).returncode == 0


def test_a_link_from_elsewhere_starts_the_program_and_says_nothing_more(tmp_path):
    link = tmp_path / "my acuscreen"
    link.symlink_to(ROOT / "run")
    started = start(link, "--version", cwd=tmp_path)
    assert (started.returncode, started.stderr) == (0, "")
    assert version("acuscreen") in started.stdout


@pytest.mark.exhaustive
@pytest.mark.timeout(600)
def test_a_fresh_copy_sets_itself_up_once_and_keeps_standard_output_clean(copy, tmp_path):
    path = f"{ROOT}/.tools/uv/bin:{os.environ['PATH']}"
    first, second = (start(copy / "run", "--version", cwd=tmp_path, PATH=path) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert "Ready." in first.stderr
    assert second.stderr == ""
    assert first.stdout == second.stdout
    assert version("acuscreen") in first.stdout


@pytest.mark.exhaustive
@pytest.mark.timeout(600)
def test_a_group_that_was_asked_for_stays_when_all_is_set_up_anew(copy, tmp_path):
    path = f"{ROOT}/.tools/uv/bin:{os.environ['PATH']}"
    asked = start(copy / "run", "setup", "cluster", cwd=tmp_path, PATH=path)
    assert (asked.returncode, asked.stdout) == (0, "")
    assert "Ready." in asked.stderr
    with (copy / "pyproject.toml").open("a") as file:
        file.write("# another version\n")
    for told in ("Ready.", ""):
        again = start(copy / "run", "--version", cwd=tmp_path, PATH=path)
        assert again.returncode == 0
        assert told in again.stderr
        assert start(copy / ".venv/bin/dask", "--version", cwd=tmp_path).returncode == 0
    assert again.stderr == ""


def test_a_group_that_is_none_is_refused_with_those_that_are(copy):
    for name in ("nothing", "build", "../requirements"):
        started = start(copy / "run", "setup", "cluster", name, cwd=copy)
        assert (started.returncode, started.stdout) == (2, "")
        assert started.stderr == (
            f"There is no group '{name}' to install; there are:\n"
            "  clinic\n  cluster\n  fhir\n  load\n  test\n  web\n"
        )
    assert not (copy / ".tools").exists()


def test_without_a_compiler_nothing_is_begun_and_one_line_says_what_to_do(copy, bare_computer):
    before = sorted(copy.rglob("*"))
    started = start(copy / "run", "--version", cwd=copy, **bare_computer)
    assert (started.returncode, started.stdout) == (2, "")
    assert "a C compiler" in started.stderr
    for line in ("sudo apt-get install gcc ", "sudo dnf install gcc ", "brew install "):
        assert line in started.stderr
    assert sorted(copy.rglob("*")) == before


def test_who_tests_is_told_that_a_browser_is_missing_and_nobody_else_is(copy, bare_computer):
    tested = start(copy / "run", "test", cwd=copy, **bare_computer)
    asked = start(copy / "run", "--version", cwd=copy, **bare_computer)
    assert "Chromium (shows the pages to the tests)" in tested.stderr
    assert re.search(r"apt-get install gcc .* chromium", tested.stderr)
    assert "hromium" not in asked.stderr


def test_without_python_the_same_is_said(copy, bare_computer):
    bare_computer["ACUSCREEN_PYTHON"] = "no-such-python"
    started = start(copy / "run", "--version", cwd=copy, **bare_computer)
    assert (started.returncode, started.stdout) == (2, "")
    assert "Python 3.11 or later (no-such-python is not there)" in started.stderr


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_and_hashes_all_it_names_and_names_no_place(lock):
    text = lock.read_text()
    assert not re.search(r"https?:|file:|--index|--find-links|^-e|^/", text, re.MULTILINE)
    pinned = re.findall(r"^[a-z0-9-]+==\S+ .*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z]", text, re.MULTILINE)) > 0


@pytest.mark.parametrize(
    "lock",
    [each for each in LOCKS if not re.search("build|load", each.name)],
    ids=lambda lock: lock.name,
)
def test_the_tests_run_with_the_versions_that_people_get(lock):
    def pins(path):
        return set(re.findall(r"^[a-z]\S+==\S+", path.read_text(), re.MULTILINE))

    assert pins(lock) <= pins(ROOT / "requirements-test.lock")
