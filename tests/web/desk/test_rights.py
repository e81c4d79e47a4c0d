"""Who may go where: every address, for every role and for everybody who is not signed in."""

import time
from datetime import timedelta

import pytest
from deskpeople import Somebody, bearer, finished, program, staff, with_codes
from django.urls import URLPattern, get_resolver

from questionnaire.web.desk.fhir.resources import key_of
from questionnaire.web.desk.records.clock import clinic_day
from questionnaire.web.desk.records.models import Intake, Token

BROWSERS = ("nobody", "half", "tablet", "phone", "desk", "practitioner", "administrator")
WHO = (*BROWSERS, "read", "send")

EVERYBODY = set(BROWSERS)
PROGRAMS = {"read", "send"}
STAFF = {"desk", "practitioner", "administrator"}
INTAKES = {"desk", "practitioner"}
ANSWERING = {"tablet", "phone"}
STRANGERS = EVERYBODY - {"tablet"}

# Written down a second time, on purpose: what each address is for.  {i} is an intake of today that
# is finished, {o} one that is open, {p} a member of staff, {r} another program.  `read` and `send`
# are programs, which have a token and no cookie.  The pages of the website are open.
MATRIX = {
    "static": ("GET", "/static/0/web.css", EVERYBODY),
    "health": ("GET", "/health", EVERYBODY),
    "desk:sign_in": ("GET", "/sign-in", EVERYBODY),
    "desk:locked": ("GET", "/locked", EVERYBODY),
    "desk:invited": ("GET", "/i/x", EVERYBODY),
    "desk:open": ("GET", "/open", EVERYBODY),
    "desk:start": ("GET", "/", STAFF),
    "desk:code": ("GET", "/code", {"half"}),
    "desk:authenticator": ("GET", "/authenticator", {"half", *STAFF}),
    "desk:sign_out": ("POST", "/sign-out", {"half", *STAFF}),
    "desk:password": ("GET", "/password", STAFF),
    "desk:queue": ("GET", "/queue", INTAKES),
    "desk:rows": ("GET", "/queue/rows", INTAKES),
    "desk:yesterday": ("GET", "/yesterday", {"practitioner"}),
    "desk:search": ("GET", "/search", INTAKES),
    "desk:week": ("GET", "/week", STAFF),
    "desk:new": ("GET", "/new", INTAKES),
    "desk:brought": ("GET", "/brought", INTAKES),
    "desk:intake": ("GET", "/intake/{i}", INTAKES),
    "desk:revision": ("GET", "/intake/{i}/revision", INTAKES),
    "desk:report": ("GET", "/intake/{i}/report", {"practitioner"}),
    "desk:why": ("GET", "/intake/{i}/why", {"practitioner"}),
    "desk:answers": ("GET", "/intake/{i}/answers", {"practitioner"}),
    "desk:export": ("GET", "/intake/{i}/answers.json", {"practitioner"}),
    "desk:paper": ("HEAD", "/intake/{i}/practitioner.pdf", INTAKES),
    "desk:hand_over": ("POST", "/intake/{o}/hand-over", INTAKES),
    "desk:invite": ("POST", "/intake/{o}/invite", INTAKES),
    "desk:correct": ("POST", "/intake/{i}/correct", {"practitioner"}),
    "desk:seen": ("POST", "/intake/{i}/seen", {"practitioner"}),
    "desk:rename": ("POST", "/intake/{i}/rename", INTAKES),
    "desk:delete": ("POST", "/intake/{i}/delete", {"practitioner"}),
    "desk:users": ("GET", "/users", {"administrator"}),
    "desk:user": ("POST", "/users/{p}", {"administrator"}),
    "desk:programs": ("GET", "/programs", {"administrator"}),
    "desk:program": ("POST", "/programs/{r}", {"administrator"}),
    "fhir:metadata": ("GET", "/fhir/metadata", PROGRAMS),
    "fhir:questionnaires": ("GET", "/fhir/Questionnaire", PROGRAMS),
    "fhir:questionnaire": ("GET", "/fhir/Questionnaire/acuscreen-2026.1", PROGRAMS),
    "fhir:send": ("POST", "/fhir/QuestionnaireResponse", {"send"}),
    "fhir:response": ("GET", "/fhir/QuestionnaireResponse/{f}", {"read"}),
    "fhir:bundle": ("GET", "/fhir/Bundle/{f}", {"read"}),
    "fhir:document": ("GET", "/fhir/DocumentReference/{f}", {"read"}),
    "desk:settings": ("GET", "/settings", {"administrator"}),
    "desk:open_website": ("POST", "/settings/website", {"administrator"}),
    "desk:log": ("GET", "/log", {"administrator"}),
    "visit:start": ("GET", "/visit/", ANSWERING),
    "visit:leave": ("POST", "/visit/leave", ANSWERING),
    "visit:question": ("GET", "/visit/question/1", ANSWERING),
    "visit:emergency": ("GET", "/visit/emergency", ANSWERING),
    "visit:review": ("GET", "/visit/review", ANSWERING),
    "visit:result": ("GET", "/visit/result", ANSWERING),
    "fill:start": ("GET", "/intake/{o}/fill/", INTAKES),
    "fill:leave": ("GET", "/intake/{o}/fill/leave", INTAKES),
    "fill:question": ("GET", "/intake/{o}/fill/question/1", INTAKES),
    "fill:emergency": ("GET", "/intake/{o}/fill/emergency", INTAKES),
    "fill:review": ("GET", "/intake/{o}/fill/review", INTAKES),
    "fill:result": ("GET", "/intake/{o}/fill/result", INTAKES),
    "open:start": ("GET", "/open/", STRANGERS),
    "open:bring": ("GET", "/open/bring", STRANGERS),
    "open:leave": ("GET", "/open/leave", STRANGERS),
    "open:erased": ("GET", "/open/erased", STRANGERS),
    "open:question": ("GET", "/open/question/1", STRANGERS),
    "open:emergency": ("GET", "/open/emergency", STRANGERS),
    "open:review": ("GET", "/open/review", STRANGERS),
    "open:result": ("GET", "/open/result", STRANGERS),
    "open:report": ("GET", "/open/report", STRANGERS),
    "open:pdf": ("GET", "/open/practitioner.pdf", STRANGERS),
    "open:draft": ("GET", "/open/acuscreen-draft.json", STRANGERS),
    "open:answers": ("GET", "/open/answers.json", STRANGERS),
    "open:result_json": ("GET", "/open/result.json", STRANGERS),
    "open:code": ("GET", "/open/acuscreen-code.svg", STRANGERS),
    "open:send": ("GET", "/open/send", STRANGERS),
    "open:sent": ("GET", "/open/sent", STRANGERS),
}

SENT_TO = {"nobody": "/sign-in", "half": "/authenticator", "tablet": "/visit/", "phone": "/visit/"}
"""Where whoever may not go there is sent; staff are told that it is not for them."""

INTAKE_ADDRESSES = sorted(name for name, (_, path, _) in MATRIX.items() if "/intake/{" in path)


def names(patterns, space=""):
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}"
        else:
            yield from names(each.url_patterns, f"{each.namespace}:")


def test_every_address_is_in_the_matrix_and_none_that_is_not_there(application):
    assert sorted(names(get_resolver().url_patterns)) == sorted(MATRIX)


@pytest.fixture
def ask(website, content):
    """Ask for an address as somebody; what comes, and where it leads."""

    def ask(name, who, **parts):
        method, path, _ = MATRIX[name]
        if name == "desk:code":
            with_codes(staff("desk"))
        if "{i}" in path:
            parts.setdefault("i", finished(content))
        if "{f}" in path:
            parts.setdefault("f", key_of(finished(content)))
        if "{o}" in path or who in ANSWERING:
            parts.setdefault("o", finished(content, over=False))
        somebody = Somebody(website, who, parts.get("o"))
        if "{r}" in path:
            parts["r"] = program("read").pk
        parts = {"p": staff("desk").pk, **parts}
        path = path.format(**parts)
        if name.startswith("fhir:"):
            return once_made(lambda: somebody.asks(method, path, **bearer(who)))
        if who in PROGRAMS:
            return somebody.asks(method, path, b"a=1" * (method == "POST"), **bearer(who))
        if method == "POST":
            body = f"csrfmiddlewaretoken={somebody.token}".encode()
            kind = "application/x-www-form-urlencoded"
            return somebody.asks("POST", path, body, CONTENT_TYPE=kind)
        return somebody.asks(method, path)

    return ask


def once_made(ask):
    """What comes once the report is made: a program is told to ask again until then."""
    while (response := ask()).status == 503 and "Retry-After" in response.headers:
        time.sleep(0.5)
    return response


def is_refused(response, name, who):
    if name.startswith("fhir:"):
        return response.status in {401, 403}
    if who in PROGRAMS and response.status == 303:
        return response.headers["Location"] == SENT_TO["nobody"]
    if who in SENT_TO and response.status == 303:
        away = response.headers["Location"] == SENT_TO[who]
        return away and not (who == "half" and name == "desk:sign_out")
    return response.status in {403, 405} or (response.status == 404 and name != "static")


@pytest.mark.parametrize("name", MATRIX)
def test_each_goes_where_they_may_and_nowhere_else(ask, name):
    for who in WHO:
        response = ask(name, who)
        may = who in MATRIX[name][2] or (who in PROGRAMS and MATRIX[name][2] >= STRANGERS)
        told = f"{who} at {name}: {response.status} {response.headers.get('Location', '')}"
        assert is_refused(response, name, who) != may, told
        assert response.status < 500, told


@pytest.mark.parametrize("name", INTAKE_ADDRESSES)
def test_the_front_desk_sees_nothing_of_another_day(ask, content, name):

    intake = finished(content)
    Intake.objects.filter(pk=intake).update(day=clinic_day() - timedelta(days=1))
    response = ask(name, "desk", i=intake, o=intake)
    may = "desk" in MATRIX[name][2]
    assert response.status == (404 if may else 403)


@pytest.mark.parametrize("name", INTAKE_ADDRESSES)
def test_a_guessed_id_is_like_none(ask, name):
    response = ask(name, "practitioner", i="AAAAAAAAAAAAAAAA", o="AAAAAAAAAAAAAAAA")
    assert response.status == 404


@pytest.mark.parametrize(
    "name", [n for n, (method, *_) in MATRIX.items() if method == "POST" and n != "fhir:send"]
)
def test_no_form_is_taken_without_its_token(application, content, name):

    intake, opened = finished(content), finished(content, over=False)
    for who in MATRIX[name][2]:
        somebody = Somebody(application, who, opened)
        before = list(Intake.objects.values()), Token.objects.count()
        path = MATRIX[name][1].format(i=intake, o=opened, p=staff("desk").pk, r=program("read").pk)
        response = somebody.asks(
            "POST", path, b"label=8", CONTENT_TYPE="application/x-www-form-urlencoded"
        )
        assert response.status == 403
        assert (list(Intake.objects.values()), Token.objects.count()) == before


@pytest.mark.parametrize(
    "headers", [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_HOST": "evil.example"}]
)
def test_what_comes_from_another_page_or_by_another_name_gets_nothing(application, headers):
    somebody = Somebody(application, "practitioner")
    assert somebody.asks("GET", "/queue", **headers).status == 421
