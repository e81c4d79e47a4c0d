"""What many tests start from: our own content, and a person who is well but for her back."""

import signal
import sys

import pytest
from hazards import Proof
from printing import Press
from vignettes import baseline as well_but_for_her_back

from questionnaire.content.content import read_content


def pytest_addoption(parser):
    parser.addoption("--write-snapshots", action="store_true", help="write them as they are now")


def pytest_configure(config):
    """Where a run ends, not in the processes that run tests for it: see whether it proved all.

    What a shell starts in the background ignores Ctrl-C, and so does all that is started there;
    tests press it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proof(config))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item):
    """Count no lines in a test that asks for it; where tests run side by side `no_cover` fails."""
    counting = sys.gettrace()
    if item.get_closest_marker("uncounted"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(counting)


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


@pytest.fixture
def baseline():
    """The answers of `cases/baseline.toml`; lists of options come as tuples."""
    return well_but_for_her_back()
