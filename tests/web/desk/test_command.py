"""The command `acuscreen clinic`, as somebody types it; and the desk as it is served for real."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from random import Random
from threading import Thread
from urllib.parse import urlencode

import pytest
from deskpeople import PASSWORD

from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.models import Intake, LogLine
from questionnaire.web.desk.records.settings import DATABASE, KEY

PROGRAM = [sys.executable, "-m", "questionnaire", "clinic"]


@pytest.fixture
def new(tmp_path):
    """An environment in which there is no clinic yet."""
    return {
        **os.environ,
        DATABASE: str(tmp_path / "records" / "clinic.db"),
        KEY: str(tmp_path / "keys" / "clinic.key"),
    }


@pytest.fixture
def run(new):
    def run(*arguments, typed=""):
        return subprocess.run(
            [*PROGRAM, *arguments],
            input=typed,
            env=new,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def serve(new):
    """Start the desk; what it says, until it is open.  All that still runs at the end is ended."""
    started = []

    def serve(*arguments, typed=f"root\n{PASSWORD}\n{PASSWORD}\n"):
        program = subprocess.Popen(
            [*PROGRAM, *arguments],
            env=new,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(program)
        program.stdin.write(typed)
        program.stdin.close()
        said = ""
        while "Press Ctrl-C" not in said:
            line = program.stdout.readline()
            assert line, said
            said += line
        return program, said

    yield serve
    for program in started:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        program.stdout.close()


@pytest.fixture
def port():
    """One that nobody uses."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return str(line.getsockname()[1])


class Client:
    """A browser that speaks over the line."""

    def __init__(self, port, context=None):
        self.port, self.context, self.cookie = port, context, ""

    def asks(self, method, path, **form):
        scheme = "https" if self.context else "http"
        line = (
            HTTPSConnection("127.0.0.1", int(self.port), context=self.context, timeout=20)
            if self.context
            else HTTPConnection("127.0.0.1", int(self.port), timeout=20)
        )
        headers = {"Cookie": self.cookie, "Origin": f"{scheme}://127.0.0.1:{self.port}"}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(line):
            line.request(method, path, urlencode(form) if form else None, headers)
            answer = line.getresponse()
            with closing(answer):
                text = answer.read().decode(errors="replace")
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.strip().split(";")[0]
        return answer.status, answer.headers.get("Location", ""), text

    def posts(self, page, path, **form):
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.asks("GET", page)[2])[1]
        return self.asks("POST", path, csrfmiddlewaretoken=token, **form)


def test_one_command_makes_all_there_is_and_says_what_to_back_up(serve, new, tmp_path, port):
    _, said = serve("--port", port)
    assert new[DATABASE] in said
    assert new[KEY] in said
    assert "Back up both" in said
    client = Client(port)
    assert client.asks("GET", "/health")[0] == 200
    assert client.posts("/sign-in", "/sign-in", name="root", password=PASSWORD)[:2] == (
        303,
        "/authenticator",
    )
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "clinic.example"])  # noqa: S104  refused
def test_no_other_computer_is_served_without_encryption(run, host, tmp_path):
    done = run("serve", "--host", host)
    assert done.returncode == 2
    assert "--certificate" in done.stderr
    assert "--behind-proxy" in done.stderr
    assert not (tmp_path / "records").exists()


def test_records_without_their_keys_are_told_and_never_given_new_ones(run, new, tmp_path):
    run("restore", "nothing", typed="")
    key = tmp_path / "keys" / "clinic.key"
    assert key.exists()
    key.rename(tmp_path / "away")
    for verb in ("serve", "status", "rotate-key"):
        done = run(verb, str(tmp_path / "file"))
        assert done.returncode == 2, verb
        assert "key file is missing" in done.stderr
    assert not key.exists()


def test_what_looks_after_the_records_does_so(serve, run, tmp_path, port):
    program, _ = serve("--port", port)
    os.killpg(program.pid, signal.SIGINT)
    program.wait(20)
    assert "administrator" in run("users").stdout
    done = run("users", "--add", "Ada", "--role", "desk", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert "Ada: desk" in done.stdout
    backup = str(tmp_path / "clinic.backup")
    assert "keep a copy" in run("backup", backup).stdout
    assert run("backup", backup).returncode == 3
    assert run("restore", backup).returncode == 0
    assert "sealed anew" in run("rotate-key").stdout
    assert "0 kept long enough" in run("purge").stdout
    assert "log is whole" in run("verify-log").stdout
    assert run("verify-log", "--noted", "1:0000").returncode == 1
    assert "intakes: 0" in run("status").stdout
    moved = f"{tmp_path}/moved/clinic.db"
    assert "rows moved" in run("move", moved).stdout


@pytest.fixture
def certificate(tmp_path):
    """A certificate of this computer's own, and its key."""
    files = tmp_path / "line.pem", tmp_path / "line.key"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-out",
            files[0],
            "-keyout",
            files[1],
        ],
        check=True,
        capture_output=True,
    )
    return files


def test_over_a_network_the_line_is_encrypted(serve, certificate, port):
    line, key = map(str, certificate)
    serve("--port", port, "--certificate", line, "--key", key, "--workers", "2")
    context = ssl.create_default_context(cafile=line)
    client = Client(port, context)
    status = wait_for(client)
    assert status == 200
    assert client.posts("/sign-in", "/sign-in", name="root", password=PASSWORD)[0] == 303
    with pytest.raises((HTTPException, OSError)):
        Client(port).asks("GET", "/health")


def wait_for(client):
    for _ in range(60):
        try:
            return client.asks("GET", "/health")[0]
        except OSError:
            time.sleep(0.5)
    return None


def test_behind_a_proxy_the_cookie_is_for_encrypted_lines_alone(serve, port):
    serve("--port", port, "--behind-proxy", "--name", "clinic.example")
    wait_for(Client(port))
    line = HTTPConnection("127.0.0.1", int(port), timeout=20)
    line.request(
        "GET", "/sign-in", headers={"Host": "clinic.example", "X-Forwarded-Proto": "https"}
    )
    answer = line.getresponse()
    answer.read()
    line.close()
    assert answer.status == 200
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.exhaustive
@pytest.mark.timeout(1800)
def test_killed_at_any_moment_the_desk_loses_nothing_that_it_confirmed(
    serve, run, new, turn_to, port
):
    """ACUSCREEN_KILLS says how often, ten times unless it does."""
    chance, confirmed = Random(16), []  # noqa: S311  when to kill is no secret
    program, _ = serve("--port", port)
    run("users", "--add", "Ada", "--role", "desk", typed=f"{PASSWORD}\n{PASSWORD}\n")
    for number in range(int(os.environ.get("ACUSCREEN_KILLS", "10"))):
        working = Thread(target=work, args=(Client(port), f"k{number}", confirmed))
        working.start()
        time.sleep(chance.uniform(0.2, 2.5))
        os.killpg(program.pid, signal.SIGKILL)
        working.join()
        program.wait()
        program, _ = serve("--port", port, typed="")
    assert len(confirmed) > 10
    assert run("verify-log").returncode == 0
    turn_to(new[DATABASE], new[KEY])
    for intake, asked, value in confirmed:
        assert intakes.read(intake).page.visit.state.said[asked] == value
    assert Intake.objects.count() == LogLine.objects.filter(what="made").count()


def work(client, label, confirmed):
    """Make intakes and answer their first question, until nobody answers any more."""
    with suppress(HTTPException, OSError, TypeError):  # no page, or half of one, has no form
        client.posts("/sign-in", "/sign-in", name="Ada", password=PASSWORD)
        while True:
            place = client.posts("/new", "/new", label=label, way="staff")[1]
            place = client.asks("GET", place)[1]
            page = client.asks("GET", place)[2]
            asked = re.search(r'name="asked" value="(\w+)"', page)[1]
            value = re.search(rf'name="{asked}" value="(\w+)"', page)[1]
            form = {"asked": asked, asked: value, "next": "1"}
            if client.posts(place, place, **form)[0] == 303:
                confirmed.append((place.split("/")[2], asked, value))
