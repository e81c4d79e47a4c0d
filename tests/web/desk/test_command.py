"""The command `acuscreen clinic`, as somebody types it; and the desk as it is served for real."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from random import Random
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from deskpeople import PASSWORD, finished

from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.models import Intake, LogLine
from questionnaire.web.desk.records.settings import DATABASE, KEY
from questionnaire.web.desk.records.website import turn

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
    started, readers = [], []

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
        readers.append(Thread(target=read_out, args=(program.stdout,)))
        readers[-1].start()
        return program, said

    yield serve
    for program in started:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    for each in readers:
        each.join()


def read_out(pipe):
    """Read whatever comes: a pipe that is full would hold its writer up."""
    with pipe:
        pipe.read()


@pytest.fixture
def port():
    """One that nobody uses."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return str(line.getsockname()[1])


class Client:
    """A browser that speaks over the line; it knows how it was answered."""

    def __init__(self, port, context=None):
        self.port, self.context, self.cookie = port, context, ""
        self.seen = set()

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
        self.seen.add(answer.status)
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


@pytest.mark.exhaustive
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


@pytest.mark.exhaustive
def test_strangers_go_on_in_another_process_when_theirs_has_gone(
    serve, new, turn_to, certificate, port
):
    line, key = map(str, certificate)
    server, _ = serve("--port", port, "--certificate", line, "--key", key, "--workers", "2")
    context = ssl.create_default_context(cafile=line)
    turn_to(new[DATABASE], new[KEY])
    assert wait_for(Client(port, context)) == 200
    assert Client(port, context).asks("GET", "/open/")[0] == 403
    strangers = [Client(port, context) for _ in range(6)]
    turn("Ada", to_open=True)
    for each in strangers:
        place = each.posts("/open/", "/open/", start="1")[1]
        asked, values = asked_at(each, place)
        each.value = values[strangers.index(each) % len(values)]
        form = {"asked": asked, asked: each.value, "next": "1"}
        assert each.posts(place, place, **form)[0] == 303
    workers = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, check=True)
    for worker in workers.stdout.split():
        os.kill(int(worker), signal.SIGKILL)
    assert wait_for(Client(port, context)) == 200
    for each in strangers:
        page = each.asks("GET", place)[2]
        assert re.search(rf'value="{each.value}"[^>]* checked', page)


def asked_at(client, place):
    """What the page asks, and the answers it takes."""
    page = client.asks("GET", place)[2]
    asked = re.search(r'name="asked" value="(\w+)"', page)[1]
    return asked, re.findall(rf'name="{asked}" value="(\w+)"', page)


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
def test_while_a_report_is_printed_no_word_of_the_person_is_in_any_process_or_file(
    serve, run, new, turn_to, port, content, tmp_path
):
    new["TMPDIR"] = str(tmp_path / "temporary")
    Path(new["TMPDIR"]).mkdir()
    program, _ = serve("--port", port)
    run("users", "--add", "Ada", "--role", "practitioner", typed=f"{PASSWORD}\n{PASSWORD}\n")
    turn_to(new[DATABASE], new[KEY])
    intake = finished(content, "typical", NAME)
    client = Client(port)
    client.posts("/sign-in", "/sign-in", name="Ada", password=PASSWORD)
    with watched(tmp_path, program.pid) as (found, looked):
        for end in ("", "/why", "/answers", "/answers.json", "/report"):
            assert client.asks("GET", f"/intake/{intake}{end}")[0] == 200
        status = 202
        while status == 202:
            status = client.asks("GET", f"/intake/{intake}/acupuncture-report.pdf")[0]
        assert status == 200
        run("backup", str(tmp_path / "clinic.backup"))
        time.sleep(1)
    assert min(looked[each] for each in ("cmdline", "environ", "clinic.db", "clinic.backup")) > 0
    assert found == set()


NAME = "Wilhelmina Ackerbrook"
WORDS = ("Ackerbrook", "O'Neill", "daughter")
"""Of the name in the queue, the name on the report, and what she wrote."""


@contextmanager
def watched(folder, ours):
    """Look for the words all the while: where they were, and how often each file was read."""
    over, found, looked = Event(), set(), Counter()

    def look():
        while not over.is_set():
            for path in places_to_look(folder, ours):
                with suppress(OSError):  # it has just gone
                    raw = path.read_bytes()
                    looked[path.name] += 1
                    found.update((path, word) for word in WORDS if word.encode() in raw)

    looking = Thread(target=look)
    looking.start()
    try:
        yield found, looked
    finally:
        over.set()
        looking.join()


def places_to_look(folder, ours):
    """What everybody can see of every process, what ours hold, and every file of the desk."""
    yield from Path("/proc").glob("[0-9]*/cmdline")
    for pid in (ours, *children_of(ours)):
        yield Path(f"/proc/{pid}/environ")
    yield from (path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def killing(request, new, serve, port):
    """How one kind of process is killed, and started again where nobody else does so."""
    return {"server": _Server, "worker": _Worker, "PostgreSQL": _Database}[request.param](
        request, new, serve, port
    )


class _Server:
    """The whole desk on SQLite; somebody starts it again."""

    def __init__(self, _request, _new, serve, port):
        self.start = lambda **more: serve("--port", port, **more)[0]
        self.program, self.client = self.start(), Client(port)

    def kill(self, _chance):
        os.killpg(self.program.pid, signal.SIGKILL)
        self.program.wait()
        self.program = self.start(typed="")


class _Worker:
    """One of the processes that gunicorn starts, and starts again."""

    def __init__(self, request, _new, serve, port):
        line, key = map(str, request.getfixturevalue("certificate"))
        network = ("--certificate", line, "--key", key, "--workers", "2")
        self.program, _ = serve("--port", port, *network)
        self.client = Client(port, ssl.create_default_context(cafile=line))
        wait_for(self.client)

    def kill(self, chance):
        os.kill(chance.choice(children_of(self.program.pid)), signal.SIGKILL)


class _Database:
    """A PostgreSQL of its own with all its processes, which somebody starts again."""

    def __init__(self, request, new, serve, port):
        self.server = request.getfixturevalue("postgres")
        name = f"clinic{os.urandom(4).hex()}"
        self.server.psql(f"CREATE DATABASE {name} TEMPLATE empty STRATEGY FILE_COPY;")
        new[DATABASE] = self.server.get_uri(database=name)
        serve("--port", port)
        self.client = Client(port)

    def kill(self, _chance):
        pid = self.server.get_pid()
        for each in [pid, *children_of(pid)]:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)
        self.server.ensure_postgres_running()


def children_of(pid):
    """The processes that this one started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.exhaustive
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("killing", ["server", "worker", "PostgreSQL"], indirect=True)
def test_killed_at_any_moment_the_desk_loses_nothing_that_it_confirmed(killing, run, new, turn_to):
    """ACUSCREEN_KILLS says how often, six times unless it does."""
    run("users", "--add", "Ada", "--role", "desk", typed=f"{PASSWORD}\n{PASSWORD}\n")
    chance, confirmed, over = Random(16), [], Event()  # noqa: S311  when to kill is no secret
    working = Thread(target=work, args=(killing.client, confirmed, over))
    working.start()
    for _ in range(int(os.environ.get("ACUSCREEN_KILLS", "6"))):
        time.sleep(chance.uniform(0.2, 2.5))
        killing.kill(chance)
    before = len(confirmed)
    time.sleep(5)  # and it goes on as if nothing had been
    over.set()
    working.join()
    assert len(confirmed) > before > 5
    assert killing.client.seen <= {200, 303, 503}
    assert run("verify-log").returncode == 0
    turn_to(new[DATABASE], new[KEY])
    for intake, asked, value in confirmed:
        assert intakes.read(intake).page.visit.state.said[asked] == value
    assert Intake.objects.count() == LogLine.objects.filter(what="made").count()


def work(client, confirmed, over):
    """Make intakes and answer their first question, whatever happens to the desk, until all is
    over.
    """
    while not over.is_set():
        with suppress(HTTPException, OSError, TypeError):  # no page, or half of one, has no form
            if client.asks("GET", "/new")[0] == 303:
                client.posts("/sign-in", "/sign-in", name="Ada", password=PASSWORD)
            place = client.posts("/new", "/new", label="k", way="staff")[1]
            place = client.asks("GET", place)[1]
            asked, (value, *_) = asked_at(client, place)
            form = {"asked": asked, asked: value, "next": "1"}
            if client.posts(place, place, **form)[0] == 303:
                confirmed.append((place.split("/")[2], asked, value))
