"""Who gets in: whoever has the key of this run, under its own name, and nobody else."""

import pytest
from visitors import ORIGIN, Visitor


def test_without_the_key_no_page_opens(pages):
    stranger = Visitor(pages, comes_in=False)
    for path in ("/", "/question/1", "/result", "/report", "/bring", "/leave", "/answers.json"):
        assert stranger.get(path).response.status == 403
        assert stranger.page.h1 == ["This page is closed"]
    assert stranger.get("/enter/wrong").response.status == 403
    assert stranger.cookies == {}


def test_a_cookie_that_we_did_not_sign_opens_nothing(pages):
    one, stranger = Visitor(pages), Visitor(pages, comes_in=False)
    key, _, mac = one.cookies["acuscreen_8000"].partition(".")
    for value in (key, f"{key}.", f"{key}x.{mac}", f".{mac}", f"{key}.{mac}x", "ä.ö"):
        stranger.cookies = {"acuscreen_8000": value.encode().decode("latin-1")}
        assert stranger.get("/").response.status == 403


def test_a_ticket_lets_in_once(pages):
    ticket = pages.entrance.ticket()
    one, other = Visitor(pages, comes_in=False), Visitor(pages, comes_in=False)
    assert one.get(f"/enter/{ticket}").response.status == 200
    assert other.get(f"/enter/{ticket}").response.status == 403


def test_the_key_leaves_the_address_at_once(pages):
    visitor = Visitor(pages)
    assert visitor.response.path == "/"
    assert pages.entrance.key not in visitor.response.text


def test_coming_in_again_loses_no_answer(visitor, pages):
    visitor.begins()
    visitor.says("uk")
    visitor.get(f"/enter/{pages.entrance.key}")
    assert "Your answers are still here" in visitor.page.words
    assert visitor.sends("start").response.path == "/question/2"


@pytest.mark.parametrize(
    "host", ["evil.example:8000", "evil.example", "127.0.0.1", "127.0.0.1:80", "", "[::1]:8000"]
)
def test_a_page_that_has_rebound_its_name_to_this_computer_gets_nothing(host, visitor):
    for path in ("/", "/question/1", "/static/x/web.css"):
        response = visitor.asks("GET", path, HTTP_HOST=host)
        assert (response.status, response.body) == (421, b"")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9", "https://127.0.0.1:8000"]
)
def test_a_form_from_another_page_is_not_taken(origin, visitor):
    visitor.begins()
    form = visitor.form()
    body = "&".join(
        f"{name}={field.given[0]}" for name, field in form.fields.items() if field.given
    )
    kind = "application/x-www-form-urlencoded"
    more = {"CONTENT_TYPE": kind, "HTTP_ORIGIN": origin}
    refused = visitor.asks("POST", form.action, f"{body}&country=uk".encode(), **more)
    assert refused.status == 421
    taken = more | {"HTTP_ORIGIN": ORIGIN}
    assert visitor.asks("POST", form.action, f"{body}&country=uk".encode(), **taken).status == 303
