"""What many tests start from: our own content, and a person who is well but for her back."""

import os
import shutil
import signal

import pytest
from browsers import chromium
from printing import Press
from program import Screen
from proof import watch
from vignettes import baseline as well_but_for_her_back

from questionnaire.cli.main import main
from questionnaire.content.content import ROOT, read_content


def pytest_addoption(parser):
    parser.addoption("--write-snapshots", action="store_true", help="write them as they are now")


def pytest_configure(config):
    """Watch what the run proves, and take Ctrl-C.

    What a shell starts in the background ignores Ctrl-C, and so does all that is started there;
    tests press it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    watch(config)


def pytest_xdist_auto_num_workers(config):
    """One more than there are processors: many tests wait for a program or for a page."""
    return (os.cpu_count() or 1) + 1 if config.option.numprocesses == "auto" else None


@pytest.fixture(scope="session")
def content():
    return read_content()


@pytest.fixture(scope="session")
def printed(content, tmp_path_factory, request):
    """The report of a person of `vignettes`, or on these answers, printed once for all tests."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        folder = folder.parent  # which all processes of the run share
    folder = folder / "printed"
    folder.mkdir(exist_ok=True)
    return Press(content, folder)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; where there is none, the set-up for the tests says so."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def baseline():
    """The answers of `cases/baseline.toml`; lists of options come as tuples."""
    return well_but_for_her_back()


@pytest.fixture
def copy(tmp_path):
    """Our questions, words and rules in a folder of their own, to be changed."""
    folder = tmp_path / "content"
    for pattern in ("questionnaire/**/*.toml", "rules/*.toml"):
        for path in ROOT.glob(pattern):
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return folder


@pytest.fixture
def change(copy):
    """Change a text in a file of the copy, where it stands first; it has to be there."""

    def change(file, old, new):
        text = (copy / file).read_text("utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), "utf-8")

    return change


@pytest.fixture
def sign(content, copy):
    """Sign off rules in the copy, each under its code of today or another; give the content."""

    def sign(*rules, **codes):
        codes |= {
            rule.id: content.code(rule) for rule in content.rulebook.rules if rule.id in rules
        }
        text = "".join(
            f'[{rule}]\ncode = "{code}"\nwho = "Dr A. Example, GP"\nwhen = 2026-12-01\n'
            for rule, code in codes.items()
        )
        (copy / "rules" / "signed_off.toml").write_text(text, "utf-8")
        return read_content(copy)

    return sign


@pytest.fixture
def run(capsysbinary):
    """Run the command in this process: its exit code, its output, and its messages."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code
        printed = capsysbinary.readouterr()
        return code, printed.out, printed.err.decode()

    return run


@pytest.fixture
def start(tmp_path):
    """Start the program in an empty folder; whatever still runs at the end is stopped."""
    started = []

    def start(columns, *arguments, **more):
        started.append(Screen(tmp_path, columns, *arguments, **more))
        return started[-1]

    yield start
    for screen in started:
        screen.program.close(force=True)
