"""Signing in: with a password and a code, not too often, never with a cookie that was planted."""

import time
from datetime import timedelta

import pytest
from deskpeople import PASSWORD, ROLES, Somebody, staff, with_codes

from questionnaire.errors import UsageError
from questionnaire.web.desk.pages.frame import COOKIE
from questionnaire.web.desk.people import onetime
from questionnaire.web.desk.people.staff import LOCKED, TRIES, add_person, set_active
from questionnaire.web.desk.people.tokens import MOST, digest_of
from questionnaire.web.desk.records.log import faults
from questionnaire.web.desk.records.models import LogLine, Person, Token


@pytest.fixture
def browser(application):
    return Somebody(application)


def code(secret, steps=0):
    return onetime.code_at(secret, time.time() + 30 * steps)


@pytest.mark.parametrize("role", ["desk", "practitioner"])
def test_whoever_has_the_password_is_let_in(browser, role):
    staff(role)
    browser.signs_in(role)
    assert browser.response.path == "/queue"


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper(), PASSWORD + " ", "x" * 100_000])
def test_whoever_has_not_is_not(browser, password):
    staff("desk")
    browser.signs_in("desk", password)
    assert browser.response.status in {413, 422}
    assert browser.get("/queue").h1 == ["Sign in"]


def test_a_name_that_nobody_has_is_told_in_the_same_words(browser):
    staff("desk")
    known = browser.signs_in("desk", "wrong").words
    assert browser.signs_in("nobody at all", "wrong").words == known


def test_an_administrator_has_to_set_up_an_authenticator(browser):
    staff("administrator")
    assert browser.signs_in("administrator").h1 == ["Set up your authenticator"]
    for path in ("/", "/users", "/settings", "/log"):
        assert browser.get(path).h1 == ["Set up your authenticator"]
    form = browser.page.forms[-1]
    secret = form.fields["secret"].given[0]
    browser.post("/authenticator", secret=secret, code=code(secret))
    assert browser.response.path == "/users"


def test_whoever_has_an_authenticator_needs_its_code_each_time(browser):
    secret = with_codes(staff("practitioner"))
    assert browser.signs_in("practitioner").h1 == ["One-time code"]
    assert browser.get("/queue").h1 == ["One-time code"]
    assert browser.get("/authenticator").h1 == ["One-time code"]
    browser.post("/code", code=code(secret))
    assert browser.response.path == "/queue"


def test_a_code_is_good_once(application, browser):
    secret = with_codes(staff("practitioner"))
    browser.signs_in("practitioner")
    given = code(secret, 1)
    browser.post("/code", code=given)
    assert browser.response.path == "/queue"
    other = Somebody(application)
    other.signs_in("practitioner")
    assert other.post("/code", code=given).response.status == 422


@pytest.mark.parametrize("steps", [-4, -2, 2, 4, 100])
def test_a_code_of_another_time_is_none(browser, steps):
    secret = with_codes(staff("practitioner"))
    browser.signs_in("practitioner")
    assert browser.post("/code", code=code(secret, steps)).response.status == 422


def test_after_wrong_tries_nobody_is_let_in_by_that_name_for_a_time(application, browser):
    staff("desk")
    for _ in range(TRIES):
        browser.signs_in("desk", "wrong")
    assert browser.signs_in("desk").response.status == 422
    assert "locked out" in LogLine.objects.values_list("what", flat=True)
    person = Person.objects.get(role="desk")
    Person.objects.update(locked_until=person.locked_until - LOCKED - timedelta(seconds=1))
    browser.signs_in("desk")
    assert browser.response.path == "/queue"


def test_a_right_password_does_not_let_codes_be_tried_for_ever(application):
    with_codes(staff("practitioner"))
    for _ in range(TRIES):
        browser = Somebody(application)
        browser.signs_in("practitioner")
        browser.post("/code", code="000000")
    assert Somebody(application).signs_in("practitioner").response.status == 422


def test_a_cookie_that_was_planted_is_not_let_in(browser):
    staff("desk")
    browser.cookies[COOKIE] = planted = "p" * 43
    browser.signs_in("desk")
    assert browser.response.path == "/queue"
    assert browser.cookies[COOKIE] != planted
    assert not Token.objects.filter(digest=digest_of(planted)).exists()


def test_each_step_up_is_another_cookie_and_the_one_before_is_worthless(application, browser):
    secret = with_codes(staff("practitioner"))
    browser.signs_in("practitioner")
    half = browser.cookies[COOKIE]
    browser.post("/code", code=code(secret))
    assert browser.cookies[COOKIE] != half
    other = Somebody(application)
    other.cookies[COOKIE] = half
    assert other.get("/queue").h1 == ["Sign in"]


def test_the_cookie_is_for_the_server_alone(browser):
    cookie = browser.asks("GET", "/sign-in").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.strip().split("; "))
    told = browser.asks("GET", "/sign-in", **{"wsgi.url_scheme": "https", "HTTP_COOKIE": ""})
    assert "Secure" in told.headers["Set-Cookie"]


def test_no_cookie_is_kept_in_the_database(browser):
    staff("desk")
    browser.signs_in("desk")
    assert browser.cookies[COOKIE] not in str(list(Token.objects.values()))


@pytest.mark.parametrize("field", ["made", "last"])
def test_a_session_ends_with_time(application, field):
    browser = Somebody(application, "desk")
    assert browser.get("/queue").response.status == 200
    (token,) = Token.objects.all()
    Token.objects.update(**{field: getattr(token, field) - timedelta(hours=13)})
    assert browser.get("/queue").h1 == ["Sign in"]


def test_a_clock_that_was_set_back_keeps_no_session_alive(application):
    browser = Somebody(application, "desk")
    (token,) = Token.objects.all()
    Token.objects.update(made=token.made + timedelta(days=1), last=token.last + timedelta(days=1))
    assert browser.get("/queue").h1 == ["Sign in"]


def test_a_page_that_renews_itself_shows_nobody_to_be_there(application):
    browser = Somebody(application, "desk")
    (token,) = Token.objects.all()
    Token.objects.update(last=token.last - timedelta(minutes=14))
    before = Token.objects.get().last
    browser.get("/queue/rows")
    assert Token.objects.get().last == before
    browser.get("/week")
    assert Token.objects.get().last > before


def test_nobody_is_signed_in_in_more_browsers_than_some(application):
    browsers = [Somebody(application, "desk") for _ in range(MOST + 2)]
    let_in = [each.get("/week").h1 != ["Sign in"] for each in browsers]
    assert sum(let_in) == MOST


def test_signing_out_ends_it_and_clears_the_browser(application):
    browser = Somebody(application, "desk")
    body = f"csrfmiddlewaretoken={browser.token}".encode()
    kind = "application/x-www-form-urlencoded"
    response = browser.asks("POST", "/sign-out", body, CONTENT_TYPE=kind)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.get("/queue").h1 == ["Sign in"]


def test_whoever_is_shut_out_is_out_at_once(application):
    browser = Somebody(application, "desk")
    set_active(staff("desk"), "root", active=False)
    assert browser.get("/queue").h1 == ["Sign in"]
    assert browser.signs_in("desk").response.status == 422


@pytest.mark.parametrize(
    ("name", "role", "password", "fault"),
    [
        ("", "desk", PASSWORD, "name_bad"),
        ("x" * 61, "desk", PASSWORD, "name_bad"),
        ("a\nb", "desk", PASSWORD, "name_bad"),
        ("Ada", "root", PASSWORD, "role_bad"),
        ("DESK", "desk", PASSWORD, "name_taken"),
        ("Ada", "desk", "short", "password_length"),
        ("Ada", "desk", "x" * 300, "password_length"),
        ("Ada", "desk", "aaaaaaaaaaaaaaaa", "password_common"),
        ("Ada", "desk", "ada-is-my-name-2026", "password_common"),
        ("Ada", "desk", "Password12345678", "password_common"),
    ],
)
def test_a_bad_user_is_refused_with_the_reason(clinic, name, role, password, fault):
    staff("desk")
    with pytest.raises(UsageError, match=fault):
        add_person(name, role, password, "root")
    assert Person.objects.count() == 1


def test_an_administrator_makes_users_and_is_not_shut_out_by_themselves(application):
    root = Somebody(application, "administrator")
    for role in ROLES:
        root.post("/users", name=f"new {role}", role=role, password=PASSWORD)
    assert Person.objects.count() == 4
    me = staff("administrator")
    root.post(f"/users/{me.pk}", act="shut_out")
    assert Person.objects.get(pk=me.pk).active
    other = Person.objects.get(name="new desk")
    root.post(f"/users/{other.pk}", act="shut_out")
    assert not Person.objects.get(pk=other.pk).active
    assert not list(faults())


def test_another_password_ends_all_other_sessions(application):
    here, there = Somebody(application, "desk"), Somebody(application, "desk")
    new = "seven purple umbrellas sing"
    assert here.post("/password", old="wrong", new=new).response.status == 422
    here.post("/password", old=PASSWORD, new=new)
    assert here.get("/week").h1 != ["Sign in"]
    assert there.get("/week").h1 == ["Sign in"]
    assert Somebody(application).signs_in("desk").response.status == 422


def test_no_password_is_in_the_log_or_the_database(application, clinic):
    browser = Somebody(application)
    staff("desk")
    browser.signs_in("desk")
    browser.signs_in("desk", "my wrong password")
    told = str(list(LogLine.objects.values())) + str(list(Person.objects.values()))
    assert PASSWORD not in told
    assert "my wrong password" not in told
    assert "sign-in failed" in told


def test_what_was_typed_stands_there_again_after_an_error_and_no_secret_does(application):
    administrator, short = Somebody(application, "administrator"), "too short"
    page = administrator.post("/users", name="Ada & Bo", role="practitioner", password=short)
    html = page.response.body.decode()
    assert 'value="Ada &amp; Bo"' in html
    assert '<option value="practitioner" selected>' in html
    assert short not in html
    page = administrator.post("/programs", name="Record", read="yes", days="0")
    html = page.response.body.decode()
    assert 'value="Record"' in html
    assert 'name="read" value="yes" checked' in html
    assert 'name="send" value="yes" checked' not in html
