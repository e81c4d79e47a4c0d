"""Whatever is sent to the pages, a page comes back, and never a traceback."""

import os
import random
from urllib.parse import quote_from_bytes

import pytest
from vignettes import baseline
from visitors import Visitor

from questionnaire.web.limits import LARGEST_FORM, LARGEST_UPLOAD

PATHS = [
    "/",
    "/question/1",
    "/question/5",
    "/question/99",
    "/review",
    "/emergency",
    "/result",
    "/report",
    "/bring",
    "/leave",
    "/erased",
    "/answers.json",
    "/result.json",
    "/acuscreen-code.svg",
    "/acuscreen-draft.json",
    "/acupuncture-report.pdf",
    "/practitioner.pdf",
    "/static/x/web.css",
    "/enter/x",
    "/nowhere",
]
KINDS = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/json",
    "text/plain; charset=utf-16",
    "",
    "\xff",
]


def some_bytes(rng, most=300):
    return rng.randbytes(rng.randrange(most))


def names(content, rng):
    known = [question.id for question in content.questions]
    known += ["asked", "seen", "skip", "back", "next", "go_on", "stop", "change", "start", "erase"]
    known += [option.id for question in content.questions for option in question.options]
    return rng.choice(known).encode() if rng.random() < 0.8 else some_bytes(rng, 20)


def body_of(rng, content, token):
    """Bytes, or a form that is nearly one of ours."""
    if rng.random() < 0.3:
        return some_bytes(rng)
    pairs = [(b"csrfmiddlewaretoken", token.encode())] if rng.random() < 0.9 else []
    pairs += [(names(content, rng), names(content, rng)) for _ in range(rng.randrange(6))]
    return b"&".join(
        quote_from_bytes(a).encode() + b"=" + quote_from_bytes(b).encode() for a, b in pairs
    )


def damaged(person, content, rng):
    """Send something to somewhere; what comes back is a page, a file, or leads to one."""
    path = rng.choice(PATHS) if rng.random() < 0.9 else "/" + quote_from_bytes(some_bytes(rng, 30))
    if rng.random() < 0.1:
        path += "?" + quote_from_bytes(some_bytes(rng, 30))
    method = rng.choice(["POST", "POST", "POST", "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "X"])
    kind = KINDS[0] if rng.random() < 0.6 else rng.choice(KINDS)
    if path in {"/leave", "/bring"} and rng.random() < 0.95:
        method = "GET"
    response = person.asks(method, path, body_of(rng, content, person.token), CONTENT_TYPE=kind)
    assert response.status < 500, (method, path, kind, response.status)
    assert b"Traceback" not in response.body
    assert b"Django" not in response.body


def many_times(pages, content, times, seed):
    rng = random.Random(seed)  # noqa: S311  the same each time
    person = fresh(pages, content)
    for turn in range(times):
        damaged(person, content, rng)
        if turn % 200 == 199:
            person = fresh(pages, content)


def fresh(pages, content):
    person = Visitor(pages)
    person.begins()
    person.token = person.form().fields["csrfmiddlewaretoken"].given[0]
    for _ in range(4):
        person.says(baseline()[person.asked()])
    return person


def test_random_fields_and_bytes_are_answered_with_a_page(pages, content, capfd):
    many_times(pages, content, 500, seed=1)
    assert capfd.readouterr().err == ""


@pytest.mark.exhaustive
def test_random_fields_and_bytes_many_times_are_answered_with_a_page(pages, content, capfd):
    many_times(pages, content, int(os.environ.get("ACUSCREEN_BODIES", "5000")), seed=2)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("kind", "size"), [(KINDS[0], LARGEST_FORM + 1), (KINDS[1], LARGEST_UPLOAD + 5000)]
)
def test_what_is_too_large_is_refused_with_a_page(kind, size, visitor):
    visitor.begins()
    response = visitor.asks("POST", "/question/1", b"a" * size, CONTENT_TYPE=kind)
    assert response.status == 413
    assert "That is too large" in response.text


def test_a_file_above_a_megabyte_is_refused_with_a_page(visitor):
    page = visitor.brings(b" " * (LARGEST_UPLOAD + 1))
    assert page.response.status == 413
    assert page.h1 == ["That is too large"]


def test_a_part_that_is_no_file_may_not_be_large_in_a_form_with_files(visitor):
    visitor.get("/bring")
    token = visitor.page.forms[0].fields["csrfmiddlewaretoken"].given[0]
    part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    body = (
        part % (b"csrfmiddlewaretoken", token.encode())
        + part % (b"x", b"y" * 100_000)
        + b"--b--\r\n"
    )
    response = visitor.asks("POST", "/bring", body, CONTENT_TYPE=KINDS[1])
    assert response.status in {400, 413}
    assert "<h1>" in response.text
