"""The database as such: made, brought up to date, and its log closed to every change.

The only module that writes SQL which differs between SQLite and PostgreSQL, but for the purge.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from questionnaire.errors import ReadError, UsageError
from questionnaire.system.files import make_folder
from questionnaire.web.desk.records.settings import Places

_REFUSED = "the log is appended only"
_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS records_log_{verb.lower()} BEFORE {verb} ON records_logline "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRES = (
    f"""CREATE OR REPLACE FUNCTION records_log_closed() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION '{_REFUSED}'; END$$""",
    """CREATE OR REPLACE TRIGGER records_log_update BEFORE UPDATE OR DELETE ON records_logline
    FOR EACH ROW EXECUTE FUNCTION records_log_closed()""",
    """CREATE OR REPLACE TRIGGER records_log_delete BEFORE TRUNCATE ON records_logline
    FOR EACH STATEMENT EXECUTE FUNCTION records_log_closed()""",
)


def prepare(where: Places) -> None:
    """Make the database, or bring it up to date; UsageError when it cannot be reached."""
    if where.file:
        _make_file(where.file)
    try:
        call_command("migrate", verbosity=0, interactive=False)
        append_only()
    except DatabaseError as error:
        raise UsageError(f"{where.told}: cannot be used: {_first_line(error)}") from None


def require(where: Places) -> None:
    """ReadError unless the database is there and up to date."""
    if where.file and not where.file.exists():
        raise ReadError(f"{where.told}: is not there; start with: acuscreen clinic")
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise ReadError(f"{where.told}: is not up to date; start with: acuscreen clinic")
    except DatabaseError as error:
        raise ReadError(f"{where.told}: cannot be used: {_first_line(error)}") from None


def _make_file(path: Path) -> None:
    """An empty file that its owner alone can read, before anything is in it."""
    make_folder(path.parent, 0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise UsageError(f"{path}: cannot be made: {error.strerror}.") from error


def append_only() -> None:
    """Let the database itself refuse to change or delete a line of the log."""
    _run(_SQLITE if connection.vendor == "sqlite" else _POSTGRES)


@contextmanager
def writable() -> Iterator[None]:
    """Inside a transaction: let the log be replaced, by a backup alone."""
    table = "" if connection.vendor == "sqlite" else " ON records_logline"
    _run(
        tuple(f"DROP TRIGGER IF EXISTS records_log_{verb}{table}" for verb in ("update", "delete"))
    )
    yield
    append_only()


def _run(statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def is_locked(error: BaseException | None) -> bool:
    """Whether another program held the file of SQLite for longer than we wait."""
    code = getattr(error and error.__cause__, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY  # beside it: a closer reason


def _first_line(error: DatabaseError) -> str:
    return (str(error).splitlines() or ["for a reason that it does not tell"])[0]
