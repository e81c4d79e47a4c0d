"""The website's pages in a real browser: readable for everybody, and clean for the next person."""

import pytest
from browsers import is_fit
from deskpeople import Stranger, desk_served
from playwright.sync_api import expect

from questionnaire.web.desk.pages.strangers import COOKIE, OPEN
from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.models import Intake, OpenVisit
from questionnaire.web.desk.records.website import turn

WORDS = "Quetzalcoatlus in my garden"


@pytest.fixture
def at(website, content, browser):
    """Open the website in a browser, with all that somebody said, or with nothing."""
    opened = []
    with desk_served(website) as address:

        def at(who=None, *, width=320, **how):
            size = {"width": width, "height": 800}
            context = browser.new_context(base_url=address, viewport=size, **how)
            opened.append(context)
            if who:
                key = Stranger(website).has_said(content, who, notes=WORDS).cookies[COOKIE]
                where = {"domain": "127.0.0.1", "path": OPEN}
                context.add_cookies([{"name": COOKIE, "value": key, **where}])
            return context.new_page()

        yield at
        for context in opened:
            context.close()


def goes(page, *steps):
    """Press one after the other, and look whether each page is fit to be read."""
    for step in steps:
        with page.expect_navigation():
            page.locator(step).first.click()
        is_fit(page)


ITS_OWN, SHARED = ("send",), ("review", "result", "report", "bring", "leave", "nowhere", "send")
"""The page that this place alone has; and before it those that are almost the same at home."""


@pytest.mark.parametrize(
    ("scheme", "width", "pages"),
    [
        ("light", 320, ITS_OWN),
        pytest.param("light", 320, SHARED, marks=pytest.mark.exhaustive),
        pytest.param("dark", 1280, SHARED, marks=pytest.mark.exhaustive),
    ],
)
def test_everybody_can_read_every_page(at, scheme, width, pages):
    page = at(color_scheme=scheme, width=width)
    page.goto(OPEN)
    is_fit(page)
    page = at("emergency", color_scheme=scheme, width=width)
    for path in pages:
        page.goto(OPEN + path)
        is_fit(page)
    expect(page.get_by_text("Get help first.")).to_be_visible()
    page.fill("#label", "\u202e")
    goes(page, "button[name=yes]")
    expect(page.get_by_role("alert")).to_be_focused()
    page.fill("#label", "7")
    goes(page, "button[name=yes]")
    expect(page.get_by_role("heading", level=1)).to_have_text("The clinic has your answers")
    turn("Ada", to_open=False)
    page.goto(OPEN)
    is_fit(page)


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.exhaustive)])
def test_after_it_was_sent_nothing_of_it_is_in_the_browser(at, script):
    page = at("typical", java_script_enabled=script)
    page.goto(f"{OPEN}review")
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.goto(f"{OPEN}result")
    page.get_by_role("link", name="Send my answers to the clinic").click()
    page.get_by_label("Your name").fill("Maria 42")
    page.get_by_role("button", name="Yes, send it to the clinic").click()
    (intake,) = Intake.objects.all()
    assert intakes.read(intake.pk).label == "Maria 42"
    shows_nothing(page, "The clinic has your answers")


def test_by_the_link_on_the_clinics_website_people_come_back_to_what_they_have_begun(at):
    page = at("typical")
    link = f'<a href="{page.request.get(OPEN).url}">Before your visit</a>'
    page.route(
        "http://clinic.example/", lambda route: route.fulfill(body=link, content_type="text/html")
    )
    page.goto("http://clinic.example/")
    page.get_by_role("link").click()
    expect(page.get_by_text("You have begun already.")).to_be_visible()
    page.get_by_role("button", name="Go on where you were").click()
    expect(page.get_by_text("Your result", exact=True)).to_be_visible()


def test_after_erase_nothing_of_it_is_in_the_browser(at):
    page = at("typical")
    for path in ("review", "result", "report"):
        page.goto(OPEN + path)
    page.get_by_role("link", name="Erase my answers and leave").click()
    page.get_by_role("button", name="Erase and leave").click()
    assert not OpenVisit.objects.exists()
    shows_nothing(page, "Your answers are no longer here")


def shows_nothing(page, instead):
    """Go back to the first page: on the pages of the person before, something else is shown."""
    seen = set()
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        seen.add(page.text_content("h1"))
        for word in (WORDS, "Maria 42"):
            assert word not in page.content()
    assert instead in seen
    page.goto(OPEN)
    assert page.locator("button[name=start]").text_content() == "Start"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
