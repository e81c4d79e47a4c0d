"""The pages in this process, with a press that is closed unless a test prints."""

import pytest
from browsers import Reader, served
from visitors import Visitor, pages_of

from questionnaire.web.press import Press


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


@pytest.fixture(scope="session")
def address(printing_pages):
    """Where the pages are served."""
    with served(printing_pages) as found:
        yield found


@pytest.fixture
def reader(browser, address, printing_pages):
    """Open a browser at the pages, as wide and as dark as is wished."""
    opened = []

    def reader(**how):
        opened.append(Reader(browser, address, printing_pages, **how))
        return opened[-1]

    yield reader
    for each in opened:
        each.leaves()
