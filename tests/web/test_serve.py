"""`acuscreen web`: the pages as the command serves them, in a process of its own."""

import re
import signal
import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from program import COMMAND

from questionnaire.web.limits import LARGEST_READ


class Command:
    """The command, and the address that it prints."""

    def __init__(self, folder, *arguments):
        started = time.monotonic()
        self.process = subprocess.Popen(
            [*COMMAND, "web", "--no-browser", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
        )
        told = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)(/enter/\S+)", told)):
            line = self.process.stdout.readline()
            assert line, self.process.stderr.read()
            told += line
        self.port, self.way = int(found[1]), found[2]
        self.first = self.asks("GET", self.way)
        self.took = time.monotonic() - started

    def asks(self, method, path, body=None, **headers):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.body = response.read()
        connection.close()
        return response

    def ends(self, how=signal.SIGINT):
        self.process.send_signal(how)
        return self.process.wait(20), self.process.stdout.read(), self.process.stderr.read()


@pytest.fixture
def command(tmp_path):
    started = []

    def command(*arguments):
        started.append(Command(tmp_path, *arguments))
        return started[-1]

    yield command
    for each in started:
        each.process.kill()
        each.process.communicate()


def test_the_first_page_is_there_soon_and_ctrl_c_ends_it_and_leaves_nothing(command, tmp_path):
    pages = command()
    assert pages.took < 10  # a busy machine; `./run bench web` measures it
    assert pages.first.status == 303
    cookie = pages.first.headers["Set-Cookie"].split(";")[0]
    page = pages.asks("GET", "/", Cookie=cookie)
    assert b"Before you see an acupuncturist" in page.body
    assert page.headers["Server"] is None
    code, _, err = pages.ends()
    assert (code, err) == (0, "")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OSError, match="refused"):
        pages.asks("GET", "/")


def test_only_this_computer_is_served(command):
    pages = command()
    table = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()
    listening = [line.split()[1] for line in table if line.split()[3] == "0A"]
    mine = [each for each in listening if int(each.split(":")[1], 16) == pages.port]
    assert mine == [f"0100007F:{pages.port:04X}"]


def test_a_port_that_is_taken_is_told_with_the_way_out(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [*COMMAND, "web", "--no-browser", "--port", port],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert ended.returncode == 3
    assert ended.stderr.startswith(f"acuscreen: port {port}: cannot be used: ")
    assert "--port" in ended.stderr


@pytest.mark.parametrize("how", ["in chunks", "whole", "announced alone"])
def test_a_body_that_is_far_too_large_is_refused_with_a_page(how, command):
    pages = command()
    with socket.create_connection(("127.0.0.1", pages.port), timeout=20) as line:
        cookie = pages.first.headers["Set-Cookie"].split(";")[0]
        head = f"POST /bring HTTP/1.1\r\nHost: 127.0.0.1:{pages.port}\r\nCookie: {cookie}\r\n"
        size = 4 * LARGEST_READ
        if how == "in chunks":
            line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n{size:x}\r\n".encode())
        else:
            line.sendall(f"{head}Content-Length: {size}\r\n\r\n".encode())
        if how != "announced alone":
            line.sendall(b"x" * size)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while part := line.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"That is too large" in answer
    assert pages.ends()[2] == ""


def test_bytes_that_are_no_request_end_nothing(command):
    pages = command()
    for sent in (b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n" * 99):
        with socket.create_connection(("127.0.0.1", pages.port), timeout=20) as line:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            assert b"Traceback" not in line.recv(65536)
    assert pages.asks("GET", pages.way).status == 303
    assert pages.ends()[2] == ""
