"""PDFs are made beside the pages, and one person's PDF is nobody else's."""

import os
import signal
import time
from pathlib import Path

import pytest
from vignettes import answers_of, baseline
from visitors import Response, Visitor, pages_of

from questionnaire.conclusion.case import case_of
from questionnaire.report.documents import to_pdf
from questionnaire.report.settings import Settings, today
from questionnaire.web.press import MOST_WAITING, BusyError, Failed, Order, Press

PATIENCE = 100.0


def order(key, said):
    return Order(key, said, "", Settings(today()), today())


def made(press, wanted):
    press.begin(wanted)
    return press.result(wanted, PATIENCE)


@pytest.mark.exhaustive
def test_a_pdf_from_the_press_is_the_pdf_of_the_command_line(press, content):
    printed = made(press, order("a", baseline()))
    assert printed == to_pdf(case_of(content, baseline(), today()), Settings(today()))


@pytest.mark.exhaustive
def test_every_pdf_of_the_pages_is_there_and_is_called_pdf(printing_pages, content):
    person = Visitor(printing_pages)
    person.answers_all(content, answers_of("typical", content))
    links = [link for link in person.page.links if link.endswith(".pdf")]
    assert len(links) == 3
    for link in links:
        response = waited_for(person, link)
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.body.startswith(b"%PDF-")
        assert f'filename="{link.strip("/")}"' in response.headers["Content-Disposition"]


def waited_for(person, link):
    """The PDF, however often the page says that it is being made."""
    end = time.monotonic() + PATIENCE
    while not isinstance(answer := person.get(link), Response):
        assert answer.response.status == 202
        assert answer.response.headers["Refresh"] == "2"
        assert answer.h1 == ["Your report is being made"]
        assert time.monotonic() < end
    return answer


@pytest.mark.exhaustive
def test_the_report_is_begun_while_the_person_reviews(printing_pages, press, content):
    person = Visitor(printing_pages)
    person.begins()
    while person.response.path != "/review":
        person.says(
            baseline().get(person.asked(), "Q") if person.asked() != "goals" else ("less_pain",)
        )
    key = person.cookies["acuscreen_8000"].split(".")[0]
    (job,) = press._jobs[key]
    assert not job.is_urgent
    assert isinstance(press.result(job.order, PATIENCE), bytes)


@pytest.mark.exhaustive
def test_other_answers_make_another_report(press):
    first, other = order("b", baseline()), order("b", baseline() | {"pain_average": 9})
    assert made(press, first) != made(press, other)
    assert press.result(first) is None  # it went when the answers changed


def test_what_is_forgotten_is_gone_even_while_it_is_made(press):
    wanted = order("c", baseline())
    press.begin(wanted)
    press.forget("c")
    assert press.result(wanted, 0.5) is None
    assert "c" not in press._jobs
    assert made(press, order("d", baseline()))  # the press goes on


def workers():
    """The processes that this one has started, other than Python's own."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
            command = (entry.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and b"spawn_main" in command:
            found.append(int(entry.parent.name))
    return found


def test_a_worker_that_dies_is_a_page_that_says_try_again_and_the_next_try_succeeds(content):
    before, press = set(workers()), Press(1)
    person = Visitor(pages_of(content, press))
    person.answers_all(content, answers_of("plain", content))
    key = person.cookies["acuscreen_8000"].split(".")[0]
    try:
        while not press._jobs[key][0].is_begun:
            time.sleep(0.01)
        while not (mine := set(workers()) - before):
            time.sleep(0.01)
        time.sleep(0.2)
        os.kill(*mine, signal.SIGKILL)
        while (page := person.get("/acupuncture-report.pdf").response).status == 202:
            pass
        assert (page.status, person.page.h1) == (503, ["The PDF could not be made"])
        assert waited_for(person, "/acupuncture-report.pdf").body.startswith(b"%PDF-")
    finally:
        press.close()


def test_when_too_many_wait_one_more_is_told_so(content):
    press = Press(1)
    press._threads = [None]  # processes that never come to it
    for number in range(MOST_WAITING):
        press.begin(order(str(number), baseline()))
    with pytest.raises(BusyError):
        press.begin(order("one more", baseline()))
    person = Visitor(pages_of(content, press))
    person.answers_all(content, baseline())  # the review waits for nobody
    page = person.get("/acupuncture-report.pdf")
    assert page.response.status == 503
    assert page.h1 == ["Many reports are being made just now"]
    press._threads = []
    press.close()


def test_what_somebody_waits_for_goes_first():
    press = Press(1)
    press._threads = [None]
    for key in "abc":
        press.begin(order(key, baseline()))
    press.begin(order("c", baseline()), is_urgent=True)
    assert [press._next().order.key for _ in range(3)] == ["c", "a", "b"]


def test_a_closed_press_makes_nothing_and_keeps_nobody_waiting():
    press = Press(1)
    press.close()
    wanted = order("a", baseline())
    press.begin(wanted)
    assert isinstance(press.result(wanted, PATIENCE), Failed)
    assert not press._jobs


def test_an_order_tells_no_answer_when_it_is_shown():
    assert "PEONY" not in repr(order("a", baseline() | {"notes": "PEONY"}))
