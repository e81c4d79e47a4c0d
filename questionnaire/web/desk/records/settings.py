"""Where the desk keeps its records and keys, and how Django is set up for it.

Three things of the environment decide: ACUSCREEN_DATABASE, an address or a file, ACUSCREEN_KEY, the
file with the keys, and, for both where they are not named, the folders that XDG names.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from questionnaire.errors import UsageError
from questionnaire.web.desk.records.encryption import KeyFile, Keys

DATABASE, KEY = "ACUSCREEN_DATABASE", "ACUSCREEN_KEY"
PATIENCE = 20
"""Seconds that whoever writes waits for whoever is writing."""

_POSTGRES = {"postgres", "postgresql"}


@dataclass(frozen=True)
class Places:
    """Where the records are, as an address (a password may stand in it), and where the keys are."""

    database: str
    key: Path

    @property
    def file(self) -> Path | None:
        """The database as a file; None when it is a server's."""
        kind = urlsplit(self.database).scheme
        if kind in _POSTGRES:
            return None
        return Path(self.database.removeprefix("sqlite://"))

    @property
    def told(self) -> str:
        """The database as it may stand in a message."""
        if self.file:
            return str(self.file)
        parts = urlsplit(self.database)
        where = parts.hostname or dict(parse_qsl(parts.query)).get("host", "this computer")
        return f"PostgreSQL at {where}, database {parts.path.strip('/')}"


def places() -> Places:
    """As the environment has it; UsageError for a database of another kind."""
    database = os.environ.get(DATABASE) or str(
        _folder("XDG_DATA_HOME", ".local/share") / "clinic.db"
    )
    kind = urlsplit(database).scheme
    if "://" in database and kind not in {*_POSTGRES, "sqlite"}:
        raise UsageError(
            f"{DATABASE}: '{kind}' is no database that acuscreen knows; "
            "give a file, or postgresql://USER:PASSWORD@HOST/NAME."
        )
    key = os.environ.get(KEY)
    return Places(database, Path(key or _folder("XDG_CONFIG_HOME", ".config") / "clinic.key"))


def _folder(variable: str, usual: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / usual) / "acuscreen"


def database_settings(where: Places) -> dict[str, Any]:
    """The database as Django wants it."""
    if where.file:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(where.file),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": PATIENCE,
                "transaction_mode": "IMMEDIATE",
                "init_command": _PRAGMAS,
            },
        }
    parts = urlsplit(where.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


# WAL: whoever reads does not wait for whoever writes.  FULL: what was confirmed outlives a power
# cut.  secure_delete: what is deleted is overwritten.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=0;"
)


def desk_settings(where: Places) -> dict[str, Any]:
    """What the desk needs of Django besides what every page needs."""
    return {
        "INSTALLED_APPS": ["questionnaire.web.desk.records.apps.Records"],
        "DATABASES": {"default": database_settings(where)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    }


@cache
def _key_file(path: Path) -> KeyFile:
    return KeyFile(path)


def keys() -> Keys:
    """The keys of this clinic, as they are now; ReadError when they are missing."""
    return _key_file(places().key).keys()
