"""The pages served on this computer alone.  The only module that knows waitress."""

import select
import socket
import time
import webbrowser
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import waitress
from django.core.handlers.wsgi import WSGIHandler
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import RequestEntityTooLarge

from questionnaire.content.content import Content
from questionnaire.errors import WriteError
from questionnaire.report.settings import Settings
from questionnaire.system.output import print_text
from questionnaire.web import settings as django
from questionnaire.web.home.entrance import ENTER, Entrance
from questionnaire.web.home.entrance import ENVIRON as ENTRANCE
from questionnaire.web.limits import LARGEST_READ
from questionnaire.web.place import ENVIRON, Place, words
from questionnaire.web.press import Press
from questionnaire.web.visits import InMemory

ADDRESS = "127.0.0.1"
_THREADS = 8
_SWEEP = 30.0
"""Seconds between two looks at who has gone without a word."""

_PAUSE, _PATIENCE = 0.2, 2.0
"""Seconds without a byte that end the rest of a body, and seconds for it in all."""

Environ = dict[str, Any]


class _Refusal(WSGITask):  # type: ignore[misc]  # waitress ships no types
    """Tells that a body is too large with the page that says so, without having read it."""

    def get_environment(self) -> Environ:
        """As if the body had just begun to be too large."""
        return {**super().get_environment(), "CONTENT_LENGTH": str(LARGEST_READ + 1)}

    def execute(self) -> None:
        """Answer, and hang up; a body left unread would make the system take the answer back."""
        _pass_over(self.channel.socket)
        self.set_close_on_finish()
        super().execute()


def _pass_over(line: socket.socket) -> None:
    """Read what still comes, and keep nothing, until it ends, pauses, or has lasted too long."""
    coming = select.poll()
    coming.register(line, select.POLLIN)
    until = time.monotonic() + _PATIENCE
    with suppress(OSError):  # whoever sent it has gone
        while time.monotonic() < until and coming.poll(1000 * _PAUSE) and line.recv(65536):
            pass


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """A connection of a browser."""

    def error_task_class(self, channel: HTTPChannel, request: HTTPRequestParser) -> ErrorTask:
        """What answers a request that waitress refuses."""
        is_large = isinstance(request.error, RequestEntityTooLarge)
        return (_Refusal if is_large else ErrorTask)(channel, request)


class Home:
    """A WSGI application: the pages of one place, with its entrance."""

    def __init__(self, place: Place) -> None:
        """Set Django up, unless it is."""
        django.configure()
        self.place, self.entrance = place, Entrance()
        self._handler = WSGIHandler()

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request of this place."""
        environ[ENVIRON], environ[ENTRANCE] = self.place, self.entrance
        return self._handler(environ, start)


def home(content: Content, settings: Settings, press: Press) -> Home:
    """The pages at home, with all visits in memory."""
    return Home(Place(content, settings, InMemory(forgotten=press.forget), press))


def serve(content: Content, settings: Settings, port: int, folder: str, *, browser: bool) -> None:
    """Serve the pages until Ctrl-C, and forget everything; WriteError when the port is taken."""
    press = Press(content=folder)
    application = home(content, settings, press)
    server = server_of(application, port)
    address = f"http://{ADDRESS}:{server.effective_port}{ENTER}"
    print_text(words()["serving"].format(address=f"{address}{application.entrance.key}") + "\n")
    over = Event()
    Thread(target=_keep_house, args=(application, over), daemon=True).start()
    if browser:
        ticket = f"{address}{application.entrance.ticket()}"
        Thread(target=_open, args=(ticket,), daemon=True).start()
    try:
        server.run()
    finally:
        over.set()
        server.close()
        press.close()


def server_of(application: Callable[..., Any], port: int) -> TcpWSGIServer:
    """A server of the pages, ready to run, on this port or (0) any; WriteError."""
    try:
        server: TcpWSGIServer = waitress.create_server(
            application,
            host=ADDRESS,
            port=port,
            threads=_THREADS,
            ident=None,
            connection_limit=1000,
            asyncore_use_poll=True,  # select takes fewer
            max_request_body_size=LARGEST_READ,
            inbuf_overflow=2 * LARGEST_READ,  # else a body would lie in the temporary folder
            outbuf_overflow=2 * LARGEST_READ,
        )
    except OSError as error:
        matter = (error.strerror or str(error)).lower()
        raise WriteError(
            f"port {port}: cannot be used: {matter}; name another one with --port."
        ) from error
    server.channel_class = _Channel
    return server


def _open(address: str) -> None:
    with suppress(webbrowser.Error):
        webbrowser.open(address)


def _keep_house(application: Home, over: Event) -> None:
    """Make the press ready once the first page is out, and end the visits of who has gone."""
    over.wait(1)
    application.place.press.start()
    visits = application.place.visits
    while not over.wait(_SWEEP):
        if isinstance(visits, InMemory):
            visits.end_idle()
