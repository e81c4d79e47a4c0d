"""The program as a person starts it: in a terminal, or with lines from a pipe."""

import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from resource import RLIMIT_FSIZE, setrlimit

import pexpect
import pyte
import pytest
from people import in_order, line_for

COMMAND = [sys.executable, "-m", "questionnaire"]
SCROLLBAR = re.compile(r"\s+[\^v]\s*$")
"""The arrow at the end of a line of a list that is longer than the screen."""

PATIENCE = 100
"""Seconds that a busy machine may need for what takes a tenth of one."""


def uncounted():
    """The environment without the counting of lines, for what is interrupted at any moment.

    Ctrl-C that meets coverage with its lock in hand leaves it waiting for that lock for ever.
    """
    return {key: each for key, each in os.environ.items() if key != "COVERAGE_PROCESS_CONFIG"}


class Screen:
    """The program in a terminal, and what a person would see of it."""

    def __init__(self, folder, columns, *arguments, limit=None, **environment):
        self.screen = pyte.HistoryScreen(columns, 24, history=500)
        self.stream = pyte.ByteStream(self.screen)
        self.program = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], *arguments],
            cwd=folder,
            dimensions=(24, columns),
            env={**os.environ, "TERM": "xterm-256color", **environment},
            preexec_fn=limit and (lambda: setrlimit(RLIMIT_FSIZE, (limit, limit))),
        )
        self.program.delaybeforesend = None
        self.screen.write_process_input = self.program.send  # where is the cursor? terminals tell

    def read(self):
        with suppress(pexpect.TIMEOUT):
            self.stream.feed(self.program.read_nonblocking(100_000, timeout=0.02))

    def words(self):
        """All that was on the screen, on one line, however it was wrapped."""
        gone = [
            "".join(line[at].data for at in range(self.screen.columns))
            for line in self.screen.history.top
        ]
        lines = (SCROLLBAR.sub("", line) for line in [*gone, *self.screen.display])
        return " ".join(" ".join(lines).split())

    def sees(self, *texts):
        """Wait until the texts are on the screen."""
        end = time.monotonic() + PATIENCE
        while not all(" ".join(text.split()) in self.words() for text in texts):
            assert time.monotonic() < end, f"{texts} not in:\n" + "\n".join(self.screen.display)
            self.read()

    def types(self, keys):
        self.program.send(keys)

    def resizes(self, columns):
        """Give the window another width, as somebody does who drags its edge."""
        self.screen.resize(columns=columns)
        self.program.setwinsize(24, columns)

    def ends(self):
        """The exit code, once the program has ended."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                self.read()
            except pexpect.EOF:
                self.program.close()
                return self.program.exitstatus
        pytest.fail("it did not end:\n" + "\n".join(self.screen.display))


def plainly(tmp_path, lines, *arguments, **environment):
    """Run the program on lines from a pipe, or on bytes."""
    given = lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines).encode()
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, **environment},
        check=False,
        timeout=PATIENCE,
    )
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


def lines_for(content, person):
    return [line_for(question, answer) for question, answer in in_order(content.questions, person)]
