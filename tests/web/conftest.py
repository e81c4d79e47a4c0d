"""The pages in this process, with a press that is closed unless a test prints."""

import pytest
from visitors import Visitor

from questionnaire.report.settings import Settings, today
from questionnaire.web.press import Press
from questionnaire.web.serve import home


def pages_of(content, press=None, **settings):
    if press is None:
        press = Press(1)
        press.close()
    return home(content, Settings(today(), **settings), press)


@pytest.fixture(scope="session")
def pages(content):
    """The pages, where no PDF is printed: then nothing of the machine's time goes into one."""
    return pages_of(content)


@pytest.fixture(scope="session")
def press():
    """One process that prints."""
    press = Press(1)
    yield press
    press.close()


@pytest.fixture(scope="session")
def printing_pages(content, press):
    """The pages, where PDFs are printed."""
    return pages_of(content, press)


@pytest.fixture
def visitor(pages):
    """Somebody who has come in."""
    return Visitor(pages)
