"""A real browser at the pages, served on this computer."""

import shutil
from contextlib import contextmanager
from threading import Thread

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from questionnaire.interview.conversation import State
from questionnaire.interview.flow import SKIPPED, relevant
from questionnaire.web.serve import ADDRESS, server_of
from questionnaire.web.visits import Visit

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")

expect.set_options(timeout=60_000)  # a busy machine


@contextmanager
def served(application):
    """The address under which the pages are served meanwhile."""
    server = server_of(application, 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://{ADDRESS}:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()


@contextmanager
def chromium():
    """A browser without a window."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield browser
        browser.close()


def faults(page):
    """What axe finds wrong with a page, a line for each."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def is_fit(page):
    """Axe finds nothing wrong with a page, and nobody has to scroll it sideways."""
    assert faults(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


class Reader:
    """Somebody in front of a browser."""

    def __init__(self, browser, address, application, *, script=True, **how):
        self.application, self.address = application, address
        self.context = browser.new_context(base_url=address, **how)
        self.page = self.context.new_page()
        self.asked_for, self.told = [], []
        self.page.on("request", lambda request: self.asked_for.append(request.url))
        self.page.on("console", lambda message: self.told.append(message.text))
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        if not script:  # ours alone: axe has one of its own
            self.page.route("**/web.js", lambda route: route.abort())
        self.page.goto(f"/enter/{application.entrance.key}")

    @property
    def path(self):
        return self.page.url.split("/", 3)[3]

    def presses(self, name, value=None, *, at=0):
        """Press a button, and wait for what comes of it."""
        which = f'button[name="{name}"]' + (f'[value="{value}"]' if value else "")
        with self.page.expect_navigation():
            self.page.locator(which).nth(at).click()

    def asked(self):
        return self.page.get_attribute("input[name=asked]", "value")

    def stands_before(self, content, answers, question):
        """Be asked this question next, or none, with all others answered."""
        said = {
            each.id: answers.get(each.id, SKIPPED)
            for each in relevant(content.questions, answers)
            if each != question
        }
        (cookie,) = self.context.cookies()
        visits = self.application.place.visits
        visits.forget(key := cookie["value"].split(".")[0])
        visits.begin(Visit(State(said)), key)
        self.page.goto("/")
        self.presses("start")

    def fills(self, question, answer):
        if question.kind == "text":
            self.page.fill("textarea", answer)
            return
        for each in answer if isinstance(answer, tuple) else (answer,):
            self.page.check(f'input[name="{question.id}"][value="{each}"]', force=True)

    def says(self, question, answer):
        if answer is SKIPPED:
            self.presses("skip")
        else:
            self.fills(question, answer)
            self.presses("next")

    def is_too_wide(self):
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def leaves(self):
        self.context.close()


KINDS = (
    "start",
    "one",
    "many",
    "scale",
    "text",
    "fault",
    "emergency",
    "review",
    "result",
    "report",
    "bring",
    "leave",
    "erased",
    "problem",
)
"""Every kind of page."""


def every_kind(reader, content, answers):
    """Go from kind to kind of page; the name of each, while it is on the screen.

    `answers` are those of somebody with an emergency sign.
    """
    yield "start"
    for kind in ("one", "many", "scale", "text"):
        reader.stands_before(content, answers, first_of(content, answers, kind))
        yield kind
    reader.stands_before(content, answers, first_of(content, answers, "one"))
    reader.presses("next")
    yield "fault"
    sign = sign_of(content, answers)
    reader.stands_before(content, answers, sign)
    reader.says(sign, answers[sign.id])
    yield "emergency"
    reader.presses("go_on")
    reader.stands_before(content, answers, None)
    yield "review"
    reader.presses("go_on")
    yield "result"
    for kind in ("report", "bring", "nowhere", "leave"):
        reader.page.goto(f"/{kind}")
        yield "problem" if kind == "nowhere" else kind
    reader.presses("erase")
    yield "erased"


def first_of(content, answers, kind):
    """The first question of this kind that they are asked."""
    asked = relevant(content.questions, answers)
    return next(question for question in asked if question.kind == kind)


def sign_of(content, answers):
    """The question that they answer with an emergency sign."""
    (ground, *_) = content.conclude(answers).of("warning", "emergency")[0].grounds
    return content.question(ground.question)
