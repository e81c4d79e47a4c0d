"""The desk in a real browser: live, readable for everybody, and clean for the next person."""

import pytest
from browsers import is_fit
from deskpeople import PASSWORD, desk_served, finished, staff
from playwright.sync_api import expect

from questionnaire.web.desk.pages.frame import COOKIE
from questionnaire.web.desk.people.invites import invite
from questionnaire.web.desk.people.tokens import new_token


@pytest.fixture
def at(application, content, browser):
    """Open the desk in a browser, as somebody of this role."""
    opened = []
    with desk_served(application) as address:

        def at(role, **how):
            context = browser.new_context(base_url=address, **how)
            opened.append(context)
            context.add_cookies(
                [
                    {
                        "name": COOKIE,
                        "value": new_token("staff", person=staff(role), full=True),
                        "url": address,
                    }
                ]
            )
            return context.new_page()

        yield at
        for context in opened:
            context.close()


def test_a_sign_told_on_a_tablet_is_on_every_open_desk_within_five_seconds(at, content):
    """By their own clocks, so that a busy machine changes nothing."""
    one, two = at("desk"), at("practitioner")
    for page in (one, two):
        page.clock.install()
        page.goto("/queue")
        page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    finished(content, "emergency", "Bo")
    for page in (one, two):
        page.clock.run_for(5000)
        expect(page.get_by_text("Emergency sign: help now")).to_be_visible()


def test_after_a_hand_over_nothing_of_the_person_is_in_the_browser(at, content):
    page = at("desk")
    page.goto("/new")
    page.fill("#label", "Wilhelmina Ackerbrook")
    page.click("button[value=tablet]")
    page.click("button[name=start]")
    first = page.text_content("h1")
    page.locator("input[type=radio] + label").first.click()
    page.click("button[name=next]")
    page.goto("/visit/leave")
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_text("You have stopped here")).to_be_visible()
    for _ in range(6):
        page.go_back()
        page.wait_for_load_state()
        words = page.text_content("body")
        assert first not in words
        assert "Wilhelmina" not in words
    page.goto("/locked")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("caches.keys()") == []
    for path in ("/queue", "/visit/question/1", "/visit/review"):
        page.goto(path)
        assert page.text_content("h1") in {"This tablet is locked", "Sign in"}


def test_an_idle_tablet_warns_and_then_locks(at, content):
    page = at("desk")
    page.clock.install()
    page.goto("/new")
    page.fill("#label", "7")
    page.click("button[value=tablet]")
    with page.expect_navigation():
        page.click("button[name=start]")
    page.clock.run_for(175_000)
    expect(page.get_by_text("Are you still there?")).to_be_hidden()
    page.clock.run_for(10_000)
    expect(page.get_by_text("Are you still there?")).to_be_visible()
    page.get_by_role("button", name="I am still here").click()
    expect(page.get_by_text("Are you still there?")).to_be_hidden()
    page.clock.run_for(245_000)
    expect(page.get_by_text("You have stopped here")).to_be_visible()


MAIL = "http://mail.example/"


def follows_in_a_mail(page, link):
    """Follow a link that stands on a page of another site."""
    letter = f'<a href="{link}">A letter</a>'
    page.route(f"{MAIL}*", lambda route: route.fulfill(body=letter, content_type="text/html"))
    page.goto(MAIL)
    with page.expect_navigation():
        page.click("a")


def test_a_link_in_a_mail_that_is_read_in_the_browser_leads_to_the_questions(at, content):
    intake = finished(content, over=False)
    page = at("desk")
    page.goto("/sign-in")
    address = page.url.removesuffix("/sign-in").removesuffix("/queue")
    page.context.clear_cookies()
    follows_in_a_mail(page, f"{address}/i/{invite(intake, 'Ada')}")
    with page.expect_navigation():
        page.get_by_role("button").first.click()
    assert page.url.startswith(f"{address}/visit/")
    assert page.text_content("h1") != "Sign in"


def test_whoever_is_signed_in_stays_so_when_another_site_leads_to_the_desk(at, content):
    page = at("desk")
    page.context.clear_cookies()  # the desk gives its own, which is stricter
    page.goto("/sign-in")
    page.fill("input[name=name]", "desk")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")
    follows_in_a_mail(page, page.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")


SCHEMES = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"})


@pytest.mark.exhaustive
@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_axe_finds_no_fault_on_any_page_of_the_desk(at, content, scheme):
    intake = finished(content, "emergency", "Bo")
    opened = finished(content, "today", "Cy", over=False)
    pages = {
        "practitioner": [
            *("/queue", "/new", "/brought", "/search", "/week", "/yesterday", "/password"),
            *(f"/intake/{intake}{end}" for end in ("", "/answers", "/why", "/delete")),
            f"/intake/{opened}",
            "/nowhere",
        ],
        "administrator": ["/users", "/programs", "/settings", "/log?verify", "/authenticator"],
    }
    for role, paths in pages.items():
        page = at(role, viewport={"width": 320, "height": 800}, **scheme)
        for path in paths:
            page.goto(path)
            is_fit(page)
    page.goto("/programs")
    page.get_by_label("Name").fill("Record")
    page.get_by_label("Read finished intakes").check()
    page.get_by_text("Make a token").click()
    expect(page.locator("#token")).to_be_visible()
    is_fit(page)
