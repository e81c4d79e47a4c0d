"""The desk served to this computer, or over an encrypted line to others.

The only module that knows gunicorn.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication

from questionnaire.content.content import Content
from questionnaire.errors import UsageError
from questionnaire.report.settings import Settings
from questionnaire.system.output import print_text
from questionnaire.web.desk.pages.frame import Clinic, words
from questionnaire.web.desk.records.settings import places
from questionnaire.web.desk.start import Desk, desk, keep_house_aside
from questionnaire.web.limits import LARGEST_READ
from questionnaire.web.press import Press
from questionnaire.web.serve import server_of

_LOOPBACK = ("127.0.0.1", "localhost")
_THREADS = 8


@dataclass(frozen=True)
class Line:
    """How the desk is reached: where it listens, by which names, and what encrypts."""

    host: str = "127.0.0.1"
    port: int = 8080
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False
    workers: int = 1

    @property
    def is_network(self) -> bool:
        """Whether others than this computer are served, by themselves or by a proxy."""
        return self.behind_proxy or self.certificate is not None

    @property
    def address(self) -> str:
        """How a link to the desk begins."""
        scheme = "https" if self.is_network else "http"
        name = self.names[0] if self.names else self.host
        usual = self.behind_proxy or self.port == (443 if self.certificate else 80)
        return f"{scheme}://{name}" if usual else f"{scheme}://{name}:{self.port}"


def refuse_open(line: Line) -> None:
    """UsageError where answers would go through a network unencrypted, or nobody could connect."""
    if not line.is_network and not _is_loopback(line.host):
        raise UsageError(words()["loopback_alone"].format(host=line.host))
    if (line.certificate is None) != (line.key is None):
        raise UsageError("--certificate and --key: name both files.")
    if line.is_network and not line.names and not _is_loopback(line.host):
        raise UsageError("--name: tell the name by which other computers call this one.")
    if line.certificate and line.key:
        _refuse_certificate(line.certificate, line.key)


def _refuse_certificate(certificate: Path, key: Path) -> None:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"{certificate}: cannot be used with {key}: {error.strerror or error}."
        ) from None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(content: Content, settings: Settings, line: Line, folder: str) -> None:
    """Serve the desk until Ctrl-C; UsageError where that would not be safe, WriteError when the
    port is taken.
    """
    refuse_open(line)
    hosts = tuple(dict.fromkeys((*line.names, line.host, *_LOOPBACK)))
    clinic = Clinic(content, settings, Press(content=folder), hosts, Press(1, folder))
    if line.is_network:
        print_text(words()["serving_network"].format(address=line.address) + "\n")
        _serve_network(clinic, line)
    else:
        _serve_here(clinic, line)


def _serve_here(clinic: Clinic, line: Line) -> None:
    server = server_of(desk(clinic), line.port)
    where = places()
    address = f"http://127.0.0.1:{server.effective_port}"
    told = words()["serving"].format(address=address, database=where.told, key=where.key)
    print_text(told + "\n")
    over = keep_house_aside()
    try:
        server.run()
    finally:
        over.set()
        server.close()
        clinic.press.close()
        clinic.aside.close()


def _serve_network(clinic: Clinic, line: Line) -> None:
    connections.close_all()  # a connection is not to be shared between processes
    _Gunicorn(clinic, line).run()


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # it ships no types
    """Worker processes, each with its own threads."""

    def __init__(self, clinic: Clinic, line: Line) -> None:
        self._clinic, self._line = clinic, line
        super().__init__()

    def load_config(self) -> None:
        for name, value in _settings(self._line).items():
            self.cfg.set(name, value)

    def load(self) -> Desk:
        keep_house_aside()
        return desk(self._clinic, network=True, behind_proxy=self._line.behind_proxy)


def _settings(line: Line) -> Mapping[str, Any]:
    """No access log: an address may hold the secret of an invitation."""
    encrypted = line.certificate is not None
    return {
        "bind": f"{line.host}:{line.port}",
        "workers": line.workers,
        "worker_class": "gthread",
        "threads": _THREADS,
        "timeout": 120,
        "graceful_timeout": 10,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "error",
        "limit_request_line": 2048,
        "limit_request_field_size": LARGEST_READ // 512,
        "forwarded_allow_ips": "127.0.0.1",
        "certfile": str(line.certificate) if encrypted else None,
        "keyfile": str(line.key) if encrypted else None,
        "control_socket_disable": True,
    }
