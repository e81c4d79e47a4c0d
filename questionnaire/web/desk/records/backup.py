"""A backup: everything in the database, of one moment, in one file that only the keys open.

The same file goes into SQLite and into PostgreSQL.  It is lines: the first tells what it is, each
next one is sealed and holds some rows, and the last one tells what all lines together are.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.core import serializers
from django.db import connection, models, transaction

from questionnaire.errors import ReadError, UsageError
from questionnaire.system.files import growing
from questionnaire.web.desk.records.database import writable
from questionnaire.web.desk.records.encryption import Keys
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import (
    Intake,
    Invite,
    LogLine,
    OpenVisit,
    Person,
    Program,
    Setting,
    Token,
    Version,
)
from questionnaire.web.desk.records.settings import keys

FORMAT = b"acuscreen-backup/1\n"
_Table = type[Any]
"""A table: Django's stubs do not know that each has a manager."""

TABLES: Sequence[_Table] = (Setting, Person, Program, Intake, Version, Invite, LogLine)
"""What is kept, in the order in which it can be put back.  Who is signed in is not, nor what
strangers say on the website."""

_ROWS = 200


def back_up(path: Path) -> int:
    """Write a backup, and give how many rows it holds; WriteError when it cannot be written."""
    held, count = keys(), 0
    with growing(path) as file, _one_moment():
        digest = sha256(FORMAT)
        file.write(FORMAT)
        for rows in _all_rows():
            count += len(rows)
            _write(file, digest, held, {"rows": json.loads(serializers.serialize("json", rows))})
        last = held.seal(json.dumps({"all": digest.hexdigest(), "count": count}).encode())
        file.write(last.encode() + b"\n")
    note("command line", "backed up", more=f"{count} rows")
    return count


def _all_rows() -> Iterator[Sequence[models.Model]]:
    for table in TABLES:
        found = table._default_manager.order_by("pk").iterator(chunk_size=_ROWS)  # noqa: SLF001  Django's documented name
        while rows := list(islice(found, _ROWS)):
            yield rows


def _write(file: IO[bytes], digest: Any, held: Keys, table: object) -> None:  # noqa: ANN401  hashlib's own
    line = held.seal(json.dumps(table).encode()).encode() + b"\n"
    digest.update(line)
    file.write(line)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read all tables as they are at this moment, while others go on writing."""
    start = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ"
    with connection.cursor() as cursor:
        cursor.execute(start)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def restore(path: Path, *, force: bool = False) -> int:
    """Put a backup in place of all there is, whole or not at all; give how many rows it holds.

    ReadError when the backup is damaged or belongs to other keys, UsageError when there are records
    already and `force` is not given.
    """
    with transaction.atomic():
        if not force and Intake.objects.exists():
            raise UsageError("restore: there are records here already; add --force to lose them.")
        with writable():
            _empty()
            count = sum(_put_back(rows) for rows in _read(path))
        note("command line", "restored", more=f"{count} rows")
    return count


def _empty() -> None:
    everything: Sequence[_Table] = (Token, OpenVisit, *reversed(TABLES))
    for table in everything:
        table._default_manager.all().delete()  # noqa: SLF001  as above


def _put_back(rows: object) -> int:
    found = [each.object for each in serializers.deserialize("python", rows)]
    for table in TABLES:
        some = [each for each in found if isinstance(each, table)]
        table._default_manager.bulk_create(some)  # noqa: SLF001  as above
    return len(found)


def _read(path: Path) -> Iterator[list[Any]]:
    """The rows in a backup; its last line is looked at before it is over."""
    held, digest, count, whole = keys(), sha256(FORMAT), 0, False
    for line in _lines(path):
        if whole:
            raise ReadError(f"{path}: goes on after its end; take another backup.")
        table = _opened(path, held, line)
        if "all" in table:
            whole = table == {"all": digest.hexdigest(), "count": count}
            if not whole:
                raise ReadError(f"{path}: lines are missing in it; take another backup.")
            continue
        digest.update(line)
        count += len(table["rows"])
        yield table["rows"]
    if not whole:
        raise ReadError(f"{path}: is cut off; take another backup.")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            if file.readline() != FORMAT:
                raise ReadError(f"{path}: is no backup of acuscreen, or of another version.")
            yield from file
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}.") from error


def _opened(path: Path, held: Keys, line: bytes) -> Any:  # noqa: ANN401  as JSON has it
    with suppress(ReadError, ValueError):
        return json.loads(held.open(line.rstrip(b"\n")))
    raise ReadError(
        f"{path}: is damaged, or was made with other keys; "
        "put the key file back that belongs to it, or take another backup."
    )
