"""What is said at the pages stays with who said it, and is nowhere else."""

import os
import random
import tempfile
from pathlib import Path

import pytest
from people import in_order
from vignettes import answers_of, baseline
from visitors import Page, Visitor, an_emergency, pages_of

from questionnaire.answers.file import answers_of as file_of
from questionnaire.interview.alarm import comfort_for
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.settings import Settings, today
from questionnaire.web.place import Place
from questionnaire.web.press import Press
from questionnaire.web.serve import Home
from questionnaire.web.visits import IDLE, MOST, InMemory, Visit

WORDS = "Zinnober-Quitte am Fenster"
NAME = "Ottilie Zwetschgenkern"


def told(person, content):
    """Somebody who has written words of her own."""
    person.answers_all(content, baseline() | {"notes": WORDS, "name": NAME})
    return person


def key_of(person):
    return next(iter(person.cookies.values())).split(".")[0]


def test_no_answer_is_in_an_address_or_a_title(visitor, content):
    answers = answers_of("everything", content)
    visitor.begins()
    seen = []
    for question, answer in in_order(content.questions, answers):
        while visitor.response.path == "/emergency":
            seen.append(visitor.response)
            visitor.sends("go_on")
        seen.append(visitor.response)
        visitor.says(answer)
        options = {option.label for option in question.options if len(option.label) > 9}
        assert not any(label in visitor.page.title for label in options)
    ids = {option.id for question in content.questions for option in question.options}
    ids |= {question.id for question in content.questions}
    for response in seen:
        assert not ids & set(response.path.strip("/").split("/"))


def test_nothing_about_a_person_is_kept_by_a_browser_and_no_one_else_may_show_it(visitor, content):
    told(visitor, content)
    for path in ("/", "/review", "/result", "/report", "/answers.json", "/nowhere", "/question/3"):
        headers = visitor.asks("GET", path).headers
        assert headers["Cache-Control"] == "no-store"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
    style = next(link for link in sheets(visitor) if link.endswith("web.css"))
    assert "immutable" in visitor.asks("GET", style).headers["Cache-Control"]


def sheets(visitor):
    text = visitor.get("/").response.text
    return [each.split('"')[0] for each in text.split('href="') if each.startswith("/static/")]


def test_there_is_one_cookie_and_it_says_nothing(pages):
    person = Visitor(pages, comes_in=False)
    response = person.asks("GET", f"/enter/{pages.entrance.key}")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie
    person.begins()
    assert list(person.cookies) == ["acuscreen_8000"]


def test_after_erase_nothing_of_the_person_is_there(content):
    visitor = told(Visitor(pages_of(content)), content)
    old, key = dict(visitor.cookies), key_of(visitor)
    visitor.get("/leave")
    form = visitor.form()
    pairs = [(name, field.given[0]) for name, field in form.fields.items()]
    response = visitor.asks(
        "POST",
        form.action,
        b"&".join(f"{a}={b}".encode() for a, b in pairs),
        CONTENT_TYPE="application/x-www-form-urlencoded",
    )
    assert '"storage"' in response.headers["Clear-Site-Data"]
    assert visitor.application.place.visits.read(key) is None
    for cookies in (dict(visitor.cookies), old):
        visitor.cookies = cookies
        for path in ("/review", "/result", "/report", "/question/1", "/answers.json"):
            page = visitor.get(path)
            assert page.h1 == ["Your answers are no longer here"]
    assert WORDS not in repr(vars(visitor.application.place.visits))


def test_after_an_idle_hour_a_page_says_kindly_that_all_is_forgotten(content):
    now = [0.0]
    press = Press(1)
    press.close()
    visits = InMemory(clock=lambda: now[0])
    person = told(Visitor(Home(Place(content, Settings(today()), visits, press))), content)
    now[0] += IDLE - 1
    assert person.get("/review").h1 == ["Your answers"]
    now[0] += IDLE + 1
    page = person.get("/review")
    assert page.response.status == 410
    assert "start again" in page.words
    assert WORDS not in repr(vars(visits))
    assert person.begins().response.path == "/question/1"


def test_a_visit_that_nobody_looks_at_ends_too_and_its_pdf_with_it():
    now, forgotten = [0.0], []
    visits = InMemory(forgotten=forgotten.append, clock=lambda: now[0])
    keys = [visits.begin(Visit()) for _ in range(3)]
    now[0] = IDLE + 1
    visits.end_idle()
    assert forgotten == keys


def test_when_there_are_too_many_one_more_is_asked_to_wait_and_nobody_loses_an_answer(pages):
    press = Press(1)
    press.close()
    place = Place(pages.place.content, pages.place.settings, InMemory(most=20), press)
    house = Home(place)
    people = [Visitor(house) for _ in range(20)]
    for person in people:
        person.begins()
        person.says("uk")
    late = Visitor(house)
    assert late.begins().response.status == 503
    assert "too many people" in late.page.words.lower()
    assert {person.get("/question/2").response.path for person in people} == {"/question/2"}
    people[0].get("/leave")
    people[0].sends("erase")
    assert late.begins().response.path == "/question/1"


def test_a_thousand_may_be_there_at_a_time():
    assert MOST == 1000
    visits = InMemory()
    assert len({visits.begin(Visit()) for _ in range(MOST)}) == MOST


def interleaved(pages, content, times):
    """Two people who answer by turns, with words that nobody else has."""
    rng = random.Random(15)  # noqa: S311  the same each time
    marks = ("ANEMONE-ONE", "BEGONIA-TWO")
    people = [Visitor(pages) for _ in marks]
    for person, mark in zip(people, marks, strict=True):
        person.answers_all(content, baseline() | {"notes": mark, "name": f"{mark}-NAME"})
    paths = [
        "/",
        "/review",
        "/result",
        "/report",
        "/leave",
        "/answers.json",
        "/question/2",
        "/acuscreen-draft.json",
        "/bring",
        "/nowhere",
    ]
    for turn in range(times):
        mine = turn % 2
        person, other = people[mine], marks[1 - mine]
        person.get(rng.choice(paths))
        assert other.encode() not in person.response.body
        if turn % 50 == mine:
            person.get("/review")
            person.sends("change", "notes")
            person.sends("next", notes=f"{marks[mine]} {turn}")
            assert other.encode() not in person.response.body
            person.finishes()


def test_of_two_people_at_a_time_neither_sees_a_word_of_the_other(pages, content):
    interleaved(pages, content, 200)


@pytest.mark.exhaustive
def test_of_two_people_thousands_of_times_neither_sees_a_word_of_the_other(pages, content):
    interleaved(pages, content, int(os.environ.get("ACUSCREEN_TURNS", "2000")))


def test_answers_are_in_no_log_and_in_no_temporary_file(pages, content, capfd, caplog):
    before = set(Path(tempfile.gettempdir()).iterdir())
    person = told(Visitor(pages), content)
    person.get("/nowhere")
    person.posts("/question/1", [("asked", "name"), ("name", NAME)])
    person.brings(b'{"format": "acuscreen-answers/1", "answers": {"notes": 7}}')
    out, err = capfd.readouterr()
    assert (out, err, caplog.text) == ("", "", "")
    assert not [
        each
        for each in set(Path(tempfile.gettempdir()).iterdir()) - before
        if each.name.startswith("acuscreen")
    ]


def test_a_bug_of_ours_is_told_without_a_word_of_the_person(pages, content, capfd):
    class Broken(InMemory):
        """A place where something is wrong."""

        def change(self, key, act):
            raise KeyError(WORDS)

    press = Press(1)
    press.close()
    person = Visitor(Home(Place(content, Settings(today()), Broken(), press)), comes_in=False)
    house = person.application
    person.get(f"/enter/{house.entrance.key}")
    page = person.get("/")
    assert page.response.status == 500
    assert page.h1 == ["Something went wrong"]
    _, err = capfd.readouterr()
    assert "KeyError" in err
    assert WORDS not in err


def test_a_form_without_our_token_changes_nothing(visitor):
    visitor.begins()
    form = visitor.form()
    page = visitor.posts(form.action, [("asked", visitor.asked()), ("country", "uk")])
    assert page.response.status == 403
    assert page.h1 == ["This form is too old"]
    assert visitor.get("/question/2").response.path == "/question/1"


def test_the_form_of_one_person_is_none_of_another(pages):
    one, other = Visitor(pages), Visitor(pages)
    one.begins()
    other.begins()
    other.page = Page(one.page.response)
    assert other.says("uk").response.status == 403


def test_own_words_are_text_and_never_markup(visitor, content):
    told_words = '<script>alert(1)</script> & "quoted" {{ 7 * 7 }}'
    visitor.answers_all(content, baseline() | {"notes": told_words, "name": SKIPPED})
    for path in ("/review", "/report"):
        text = visitor.get(path).response.text
        assert "<script>alert" not in text
        assert (
            told_words.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace('"', "&#34;")
            in text
        )


def test_pages_of_another_country_name_its_numbers_alone(content):
    person = Visitor(pages_of(content, countries=("nz",)))
    links = person.get("/").links
    assert {link for link in links if link.startswith("tel:")} == {"tel:111"}
    page = person.sends("start")
    assert person.asked() != "country"  # it is known
    assert "call 111 ." in page.words
    _, answers = an_emergency(content)
    person.brings(file_of(content, answers | {"country": "us"}, today()))
    assert person.response.path == "/emergency"
    links = {link for link in person.page.links if link.startswith("tel:")}
    assert links == {"tel:911"}  # the answer decides


def test_where_no_country_is_known_nobody_is_given_a_wrong_number(visitor):
    page = visitor.get("/")
    assert "ask anyone near you" in page.words
    assert "call your emergency number." in page.words
    visitor.begins()
    visitor.says("ie")
    assert "call 112 or 999 ." in visitor.page.words
    assert "call 112 or 999 ." in visitor.get("/").words


@pytest.mark.parametrize("path", ["/emergency", "/result"])
def test_to_thoughts_of_self_harm_kind_words_come_first_and_alone(path, visitor, content):
    said = baseline() | {"warning_any": ("self_harm_thoughts",)}
    visitor.brings(file_of(content, said, today()))
    if path == "/result":
        visitor.sends("go_on")
        visitor.finishes()
    places = content.chosen_countries((), said)
    comfort = comfort_for(content, content.conclude(said), places, said)
    assert visitor.page.h1 == [comfort.title]
    words = visitor.page.words.replace(" ", "")  # a number that is a link stands apart
    said_first = [each.replace(" ", "") for each in (comfort.kind, comfort.talk, *comfort.lines)]
    assert [words.index(each) for each in said_first] == sorted(map(words.index, said_first))
    others = (content.rulebook.outcomes["emergency"].title, "Why we say this")
    assert not any(each in visitor.page.words for each in others)
