"""A crowd at the pages, for locust: people who answer, think for a second, and fetch their PDF."""

import os
import re
from itertools import count

from locust import HttpUser, constant, task

from benchmarks import people
from benchmarks.asking import hidden
from questionnaire.content.content import read_content
from questionnaire.interview.flow import SKIPPED

_CONTENT = read_content()
_NUMBERS = count()
_NUMBER = re.compile(r"/question/\d+")


class Patient(HttpUser):
    """Somebody at home."""

    wait_time = constant(1)

    def on_start(self) -> None:
        """Come in."""
        self.client.get(os.environ["ACUSCREEN_WAY"], name="enter")
        self._begin()

    def _begin(self) -> None:
        self.answers = people.different(_CONTENT, next(_NUMBERS))
        self.page = self.client.get("/", name="start").text
        self._send("/", "start")

    @task
    def go_on(self) -> None:
        """Do what the page asks for."""
        if "asked" in hidden(self.page):
            self._answer()
        elif self.path == "/emergency":
            self._send("/emergency", "go_on")
        elif self.path == "/review":
            self._send("/review", "go_on")
        else:
            self._take_along()

    def _answer(self) -> None:
        asked = hidden(self.page)["asked"]
        answer = self.answers.get(asked, SKIPPED)
        if answer is SKIPPED:
            self._send(self.path, "skip")
        else:
            self._send(self.path, "next", **{asked: answer})

    def _send(self, path: str, button: str, **answers: object) -> None:
        """Send a form, and fetch the page that it leads to, each by its name."""
        filled = {**hidden(self.page), **answers, button: "1"}
        sent = self.client.post(path, filled, name="answer", allow_redirects=False)
        self.path = sent.headers.get("Location", "/")
        name = "question" if _NUMBER.match(self.path) else "page"
        self.page = self.client.get(self.path, name=name).text

    def _take_along(self) -> None:
        """The PDF, once it is there, and then somebody else comes."""
        report = self.client.get("/acupuncture-report.pdf", name="report")
        if report.status_code == 200:
            self.page = self.client.get("/leave", name="page").text
            self._send("/leave", "erase")
            self._begin()
