"""The desk as a WSGI application, ready to be served: Django set up, records and keys in place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connections

from questionnaire.errors import ReadError, WriteError
from questionnaire.system.output import print_aside
from questionnaire.web.desk.pages.frame import CLINIC, Clinic
from questionnaire.web.desk.records.database import prepare
from questionnaire.web.desk.records.encryption import make_keys
from questionnaire.web.desk.records.retention import purge_by_clock
from questionnaire.web.desk.records.settings import keys, places
from questionnaire.web.desk.records.visits import Recorded
from questionnaire.web.desk.setup import configure
from questionnaire.web.place import ENVIRON, Place
from questionnaire.web.press import Press

_HOUR = 3600.0
_DEFAULT_PORT = "80"


def make_ready() -> bool:
    """Make the keys and the database, or bring it up to date; whether both are new.

    ReadError when there is a database, and the keys to it are missing.
    """
    where = places()
    is_new = not where.key.exists()
    if is_new and where.file and where.file.exists() and where.file.stat().st_size:
        raise ReadError(_NO_KEYS.format(key=where.key, database=where.told))
    configure()
    if is_new:
        make_keys(where.key)
    keys()
    prepare(where)
    return is_new


def _no_press() -> Press:
    """Prints nothing: what is printed ahead would stay in memory when the person has gone."""
    press = Press(1)
    press.close()
    return press


@dataclass(frozen=True)
class Desk:
    """The application.  `behind_proxy`: whether the proxy in front is believed about the line."""

    clinic: Clinic
    place: Place
    handler: WSGIHandler
    network: bool = False
    behind_proxy: bool = False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        environ[ENVIRON], environ[CLINIC] = self.place, self.clinic
        if self.behind_proxy and environ.get("HTTP_X_FORWARDED_PROTO") == "https":
            environ["wsgi.url_scheme"] = "https"
        if self.network:  # the port that is called is the proxy's, and may be left out
            _, _, port = environ.get("HTTP_HOST", "").partition(":")
            environ["SERVER_PORT"] = port or _DEFAULT_PORT
        return self.handler(environ, start)


def desk(clinic: Clinic, *, network: bool = False, behind_proxy: bool = False) -> Desk:
    """The application of a clinic; `network`: others than this computer call it."""
    configure()
    place = Place(
        clinic.content,
        clinic.settings,
        Recorded(lambda _: clinic.content, "nobody"),
        _no_press(),
        namespace="desk",
        hosts=clinic.hosts,
        base="desk/visit.html",
    )
    return Desk(clinic, place, WSGIHandler(), network, behind_proxy)


def keep_house(over: Event) -> None:
    """Every hour, let go what was kept long enough."""
    while True:
        try:
            if purge_by_clock() is None:
                print_aside(_LEAPT)
        except (DatabaseError, ReadError, WriteError) as error:
            print_aside(f"acuscreen: old records were not deleted: {type(error).__name__}\n")
        connections.close_all()
        if over.wait(_HOUR):
            return


def keep_house_aside() -> Event:
    """The same in a thread of its own, until the event that is given is set."""
    over = Event()
    Thread(target=keep_house, args=(over,), daemon=True).start()
    return over


_LEAPT = (
    "acuscreen: old records are not deleted for a day, as nothing had been done for more than "
    "three days: the clock may have leapt ahead. If it shows a wrong date, set it right now.\n"
)

_NO_KEYS = (
    "{key}: the key file is missing, and without it nothing in {database} can be read; put a copy "
    "of it back there. New keys would not open the records."
)
