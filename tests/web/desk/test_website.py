"""The pages that stand open to the clinic's website: closed unless opened, and nothing is kept."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Thread
from urllib.parse import urlencode

import pytest
from deskpeople import Somebody, Stranger, finished
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from vignettes import EVERYONE, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.result import to_json
from questionnaire.interview.flow import SKIPPED, record
from questionnaire.report.settings import today
from questionnaire.web.desk.pages import strangers
from questionnaire.web.desk.pages.frame import COOKIE
from questionnaire.web.desk.people.tokens import new_token
from questionnaire.web.desk.records import intakes, log, open_visits, retention, rotation
from questionnaire.web.desk.records.backup import back_up
from questionnaire.web.desk.records.clock import clinic_day, now
from questionnaire.web.desk.records.database import prepare
from questionnaire.web.desk.records.log import faults, note
from questionnaire.web.desk.records.models import Intake, LogLine, OpenVisit, Token
from questionnaire.web.desk.records.open_visits import OpenVisits
from questionnaire.web.desk.records.options import option, set_option
from questionnaire.web.desk.records.retention import purge
from questionnaire.web.desk.records.sending import MOST_WAITING, send
from questionnaire.web.desk.records.website import is_open, turn
from questionnaire.web.visits import IDLE, MOST, InMemory, TooManyError, Visit

NAME, WORDS = "Wilhelmina Ackerbrook", "Quetzalcoatlus in my garden"
PAGES = ("", "question/1", "review", "result", "report", "answers.json", "send", "leave", "bring")


@pytest.fixture
def stranger(website):
    return Stranger(website)


@pytest.fixture
def administrator(application):
    return Somebody(application, "administrator")


@pytest.fixture
def told(website, content):
    """Somebody who has answered everything, and looks at the result."""

    def told(who="typical", **said):
        return Stranger(website).has_said(content, who, **said)

    return told


def only():
    (intake,) = Intake.objects.values_list("pk", flat=True)
    return intakes.read(intake)


def moved(**back):
    """Let time go by for everybody on the website."""
    OpenVisit.objects.update(last=F("last") - timedelta(**back))


# Open and closed.


def test_the_pages_are_closed_unless_an_administrator_opens_them(application):
    stranger = Stranger(application)
    for page in (*PAGES, "nowhere", "practitioner.pdf"):
        assert stranger.is_told_that_it_is_closed(f"/open/{page}")
        assert stranger.response.status == 403
        assert stranger.response.headers["Cache-Control"] == "no-store"
    assert not stranger.cookies
    assert not OpenVisit.objects.exists()


def test_an_administrator_opens_and_closes_them_and_the_log_says_so(application, administrator):
    stranger = Stranger(application)
    assert "Closed." in administrator.get("/settings").words
    assert (
        "http://127.0.0.1:8000/open/"
        in administrator.post("/settings/website", website="open").words
    )
    assert "Open." in administrator.page.words
    stranger.begins()
    assert stranger.is_at("question/1")
    administrator.post("/settings/website", website="closed")
    assert stranger.is_told_that_it_is_closed("/open/question/1")
    lines = LogLine.objects.filter(what__startswith="website").values_list("who", "what")
    assert list(lines.order_by("number")) == [
        ("administrator", "website opened"),
        ("administrator", "website closed"),
    ]


def test_what_was_under_way_when_they_closed_does_not_come_back(told):
    stranger = told(notes=WORDS)
    turn("Ada", to_open=False)
    assert not OpenVisit.objects.exists()
    assert OpenVisits().change("x", lambda visit: visit) is None
    turn("Ada", to_open=True)
    for page in ("result", "review", "answers.json"):
        assert stranger.get(f"/open/{page}").h1 == ["Your answers are no longer here"]


def test_keeping_the_numbers_of_the_settings_leaves_the_pages_as_they_are(website, administrator):
    administrator.post("/settings", days_kept="9", website="0")
    assert option("days_kept") == 9
    assert is_open()


# What is said there.


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(who, marks=pytest.mark.exhaustive if n % 5 else ())
        for n, who in enumerate(EVERYONE)
        if "stopped" not in who
    ],
)
def test_everybody_comes_to_the_same_result_as_at_home(in_a_file, website, content, who):
    stranger, said = Stranger(website), answers_of(who, content)
    stranger.answers_all(content, said)
    concluded = case_of(content, record(content.questions, said).said, today())
    assert stranger.asks("GET", "/open/result.json").body == to_json(concluded)


def test_visits_are_kept_as_they_are_at_home(website, content):
    """So what is proved of the pages at home holds here."""
    rng, at_home, here = Random(5), InMemory(), OpenVisits()  # noqa: S311  the same each time
    questions = [each.id for each in content.questions]
    keys = [("x", "x")]

    def said(question, answer):
        return lambda visit: replace(
            visit, state=replace(visit.state, said={**visit.state.said, question: answer})
        )

    for _ in range(300):
        home, open_one = rng.choice(keys)
        match rng.choice(["begin", "read", "change", "change", "change", "forget"]):
            case "begin":
                visit = Visit(version=rng.choice(["", "2026.1"]), notices=("once",), given=today())
                keys.append((at_home.begin(visit), here.begin(visit)))
            case "read":
                assert at_home.read(home) == here.read(open_one)
            case "change":
                act = said(rng.choice(questions), rng.choice(["a", 7, ("a", "b"), SKIPPED]))
                assert at_home.change(home, act) == here.change(open_one, act)
            case "forget":
                at_home.forget(home)
                here.forget(open_one)
        assert all(at_home.read(one) == here.read(other) for one, other in keys[-3:])


def test_the_next_person_at_a_browser_sees_nothing_of_the_one_before(told, content):
    stranger = told(notes=WORDS, name=NAME)
    before = dict(stranger.cookies)
    stranger.get("/open/leave")
    stranger.sends("erase")
    assert stranger.is_at("erased")
    assert stranger.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not OpenVisit.objects.exists()
    for cookies in (dict(stranger.cookies), before):
        stranger.cookies = cookies
        for page in PAGES:
            stranger.get(f"/open/{page}")
            text = stranger.response.body.decode()
            assert WORDS not in text
            assert NAME not in text
            assert stranger.response.headers["Cache-Control"] == "no-store"
    stranger.begins()
    assert stranger.is_at("question/1")


def test_two_people_see_nothing_of_each_other(told):
    one, two = told(notes=WORDS), told("plain")
    assert WORDS in one.get("/open/review").words
    assert WORDS not in two.get("/open/review").words
    two.get("/open/leave")
    two.sends("erase")
    assert WORDS in one.get("/open/review").words


def test_after_an_hour_without_a_page_it_is_forgotten_and_gone(told):
    stranger = told()
    moved(seconds=IDLE - 30)
    assert stranger.get("/open/result").outcome
    moved(seconds=IDLE + 1)
    assert stranger.get("/open/result").h1 == ["Your answers are no longer here"]
    purge()
    assert not OpenVisit.objects.exists()


def test_it_is_gone_after_an_hour_also_while_the_clock_is_in_doubt(told, monkeypatch):
    told()
    note("Ada", "signed in")
    late = now() + timedelta(days=4)
    for module in (retention, log, open_visits):
        monkeypatch.setattr(module, "now", lambda: late)
    assert retention.purge_by_clock() is None
    assert not OpenVisit.objects.exists()


def test_a_clock_that_was_set_back_keeps_nobody(told):
    stranger = told()
    moved(days=-2)
    assert stranger.get("/open/result").h1 == ["Your answers are no longer here"]


def holders(words, tmp_path):
    """The files that hold one of these words."""
    raw = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    return [path for path, each in raw.items() if any(word in each for word in words)]


def test_no_file_and_no_backup_holds_a_word_of_it(told, tmp_path):
    told(notes=WORDS, name=NAME)
    (row,) = OpenVisit.objects.all()
    back_up(tmp_path / "clinic.backup")
    assert not holders([WORDS.encode(), b"Quetzalcoatlus", NAME.encode()], tmp_path)
    assert not [
        path for path in holders([row.box[:60].encode()], tmp_path) if path.suffix == ".backup"
    ]
    assert b"open visit" not in (tmp_path / "clinic.backup").read_bytes()


def test_what_was_erased_is_in_no_file_of_the_database_any_more(in_a_file, told, tmp_path):
    stranger = told(notes=WORDS)
    (row,) = OpenVisit.objects.all()
    sealed = [row.box[:60].encode()]
    assert holders(sealed, tmp_path)
    stranger.get("/open/leave")
    stranger.sends("erase")
    purge()
    assert not holders(sealed, tmp_path)


def test_the_database_cannot_tell_whose_cookie_it_is(told):
    stranger = told()
    kept = str(list(OpenVisit.objects.values()))
    assert stranger.cookies[strangers.COOKIE] not in kept


def test_a_change_of_keys_ends_nobody(told):
    stranger = told(notes=WORDS)
    rotation.rotate()
    assert WORDS in stranger.get("/open/review").words


def test_a_thousand_may_be_there_and_nobody_loses_an_answer_for_it(told, website):
    stranger, box = told(), OpenVisit.objects.get().box
    rest = [OpenVisit(mark=str(number), box=box, last=now()) for number in range(MOST - 1)]
    OpenVisit.objects.bulk_create(rest)
    late = Stranger(website)
    late.begins()
    assert late.page.h1 == ["Too many people are here just now"]
    assert late.response.status == 503
    assert stranger.get("/open/result").outcome
    moved(seconds=IDLE + 1)
    late.begins()
    assert late.is_at("question/1")
    assert OpenVisit.objects.count() == 1


def test_a_draft_is_kept_and_taken_up_and_no_document_of_a_stranger_is_opened(told, content):
    stranger = told()
    draft = stranger.asks("GET", "/open/acuscreen-draft.json").body
    for file in (b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"x"):
        stranger.brings(file)
        assert stranger.response.status == 422
        assert "Only a draft or an answers file" in stranger.page.words
    stranger.brings(draft)
    assert stranger.is_at("review")
    assert OpenVisit.objects.count() == 1


def test_a_pdf_is_made_apart_from_the_desks_and_stays_with_nobody(told, press):
    stranger = told()
    for _ in range(30):
        response = stranger.asks("GET", "/open/practitioner.pdf")
        if response.status != 202:
            break
    assert response.body[:5] == b"%PDF-"
    assert not press._jobs


def test_nothing_is_printed_ahead_for_somebody_who_may_never_come_back(told, press):
    told().get("/open/result")
    assert not press._jobs


# Who is who.


def test_whoever_is_signed_in_is_a_stranger_there_and_stays_signed_in(website, content):
    clerk = Somebody(website, "desk")
    clerk.get("/queue")
    (token,) = Token.objects.all()
    Token.objects.update(last=now() - timedelta(minutes=5))
    stranger = Stranger(website)
    stranger.cookies = clerk.cookies
    stranger.begins()
    assert stranger.is_at("question/1")
    assert "desk" not in stranger.page.words
    after = Token.objects.get(pk=token.pk)
    assert now() - after.last > timedelta(minutes=4)
    assert "Today" in clerk.get("/queue").words
    stranger.get("/open/leave")
    stranger.sends("erase")
    assert "Today" in clerk.get("/queue").words


def test_what_lets_in_here_lets_in_nowhere_else(website, content):
    stranger = Stranger(website)
    stranger.begins()
    thief = Somebody(website)
    thief.cookies = {COOKIE: stranger.cookies[strangers.COOKIE], **stranger.cookies}
    for path in ("/queue", "/visit/", "/visit/review", "/users"):
        assert thief.get(path).h1 == ["Sign in"]
    opened = finished(content, over=False)
    phone = Somebody(website, "phone", opened)
    phone.cookies[strangers.COOKIE] = phone.cookies[COOKIE]
    assert phone.get("/open/review").h1 == ["Your answers are no longer here"]
    assert phone.get("/visit/review").words


@pytest.mark.parametrize("is_locked", [True, False])
def test_a_tablet_shows_nothing_but_its_own_questions(website, content, is_locked):
    intake = None if is_locked else finished(content, over=False)
    tablet = Somebody(website)
    tablet.cookies[COOKIE] = new_token("tablet", intake=intake)
    for path in ("/open", *(f"/open/{page}" for page in PAGES)):
        tablet.get(path)
        assert tablet.response.path == ("/locked" if is_locked else "/visit/")
    assert strangers.COOKIE not in tablet.cookies


def test_a_cookie_that_was_planted_is_not_the_one_that_is_answered_with(website):
    stranger = Stranger(website)
    stranger.cookies[strangers.COOKIE] = "planted"
    stranger.begins()
    assert stranger.cookies[strangers.COOKIE] != "planted"
    assert OpenVisits().read("planted") is None


def test_the_cookie_goes_to_these_pages_alone(website):
    told = Stranger(website).asks("GET", "/open/").headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/open/", "SameSite=Lax"} <= set(told.split("; "))
    assert "Max-Age" not in told


def test_no_form_of_another_page_is_taken(told):
    stranger = told()
    before = OpenVisit.objects.get().box
    kind = "application/x-www-form-urlencoded"
    for page in ("", "leave", "review", "send", "question/1"):
        body = b"yes=1&erase=1&start=1&go_on=1"
        response = stranger.asks("POST", f"/open/{page}", body, CONTENT_TYPE=kind)
        assert response.status == 403
        assert "This form is too old" in response.text
        assert "acuscreen desk" not in response.text
        away = stranger.asks(
            "POST", f"/open/{page}", body, CONTENT_TYPE=kind, HTTP_ORIGIN="https://evil.example"
        )
        assert away.status == 421
    assert OpenVisit.objects.get().box == before
    assert not Intake.objects.exists()


def test_an_address_that_there_is_not_is_told_in_the_pages_own_frame(stranger):
    page = stranger.get("/open/nowhere")
    assert page.h1 == ["There is no such page"]
    assert stranger.response.status == 404
    assert "desk" not in page.words


def test_the_address_may_be_typed_without_its_last_stroke(stranger):
    assert stranger.get("/open").h1 == ["Before you see an acupuncturist"]


@pytest.mark.parametrize("times", [150, pytest.param(1500, marks=pytest.mark.exhaustive)])
def test_whatever_a_stranger_sends_a_page_comes_back(in_a_file, told, content, times, capfd):
    set_option("website_hour", "500")
    rng, stranger = Random(times), told()  # noqa: S311  the same each time
    words = [*ids(content), "yes", "label", "asked", "seen", "skip", "back", "go_on", "stop", "x\0"]
    for number in range(times):
        if number % 50 == 0:
            stranger = told(rng.choice(["typical", "emergency", "plain"]))
            token = stranger.get("/open/leave").forms[0].fields["csrfmiddlewaretoken"].given[0]
        pairs = [(rng.choice(words), rng.choice(words)) for _ in range(rng.randrange(5))]
        body = urlencode([("csrfmiddlewaretoken", token), *pairs]).encode()
        body = rng.choice([body, body, body, rng.randbytes(60)])
        kind = rng.choice(
            ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", ""]
        )
        page = rng.choice([*PAGES, "emergency", "sent", "erased", "code", "\xff", "question/99"])
        method = rng.choice(["GET", "HEAD", "POST", "POST", "POST", "PUT", "X"])
        response = stranger.asks(method, f"/open/{page}", body, CONTENT_TYPE=kind)
        assert response.status < 500, (method, page, kind)
        assert b"Traceback" not in response.body
    assert capfd.readouterr().err == ""
    assert not list(faults())


def ids(content):
    for question in content.questions:
        yield question.id
        yield from (option.id for option in question.options)


def test_the_pages_are_guarded_as_all_others(told):
    stranger = told()
    for page in PAGES:
        headers = stranger.asks("GET", f"/open/{page}").headers
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert stranger.asks("GET", f"/open/{page}", HTTP_HOST="evil.example").status == 421


# To the desk.


def test_what_was_sent_stands_in_the_queue_with_its_name_its_way_and_its_day(
    told, website, content
):
    stranger = told(notes=WORDS)
    stranger.sends_it(NAME)
    assert stranger.page.h1 == ["The clinic has your answers"]
    kept = only()
    assert (kept.label, kept.way, kept.status, kept.page.day) == (NAME, "website", "done", today())
    assert set(kept.page.given) == set(kept.page.visit.state.said)
    assert kept.page.visit.version == content.version
    clerk, practitioner = Somebody(website, "desk"), Somebody(website, "practitioner")
    for each in (NAME, "From the website"):
        assert each in clerk.get("/queue").words
    words = practitioner.get(f"/intake/{kept.id}").words
    assert "Nobody has checked who sent it" in words
    assert f"Answers given {today():%-d %B %Y}" in words
    assert WORDS in practitioner.get(f"/intake/{kept.id}/answers").words
    raw = json.loads(practitioner.asks("GET", f"/intake/{kept.id}/answers.json").body)
    assert raw["answers"]["notes"] == WORDS
    assert not list(faults())


def test_a_person_who_gives_no_name_is_in_the_queue_as_such(told):
    told(name="").sends_it()
    assert only().label == "No name given"


def test_the_name_that_was_given_is_there_to_be_taken_away(told):
    stranger = told(name=NAME)
    assert f'value="{NAME}"' in stranger.asks("GET", "/open/send").text


@pytest.mark.parametrize("label", ["x" * 101, "a\x00b", "\u202e"])
def test_a_name_that_cannot_be_shown_is_asked_again(told, label):
    stranger = told()
    stranger.sends_it(label)
    assert stranger.response.status == 422
    assert "Give a name or a number" in stranger.page.words
    assert not Intake.objects.exists()


def test_an_emergency_that_was_sent_stands_at_the_top(told, website, content):
    finished(content, "plain", "Ann")
    told("emergency").sends_it("Bo")
    words = Somebody(website, "desk").get("/queue").words
    assert words.index("Bo") < words.index("Ann")
    assert "Emergency sign: help now" in words


@pytest.mark.parametrize(
    ("who", "words"),
    [("emergency", "Get help first."), ("today", "See a doctor today first."), ("plain", "")],
)
def test_whoever_has_a_sign_is_told_to_get_help_before_it_is_sent(told, who, words):
    page = told(who).get("/open/send")
    assert words in page.words
    assert ("cannot wait, and the clinic may read it too late" in page.words) == bool(words)


def test_nothing_is_sent_without_a_plain_yes(told):
    stranger = told()
    for page in (*PAGES, "sent"):
        stranger.get(f"/open/{page}")
    stranger.get("/open/send")
    form = stranger.form()
    stranger.posts(
        form.action, [(name, each.given[0]) for name, each in form.fields.items() if each.given]
    )
    assert stranger.page.h1 == ["Send your answers to the clinic?"]
    assert not Intake.objects.exists()
    assert stranger.get("/open/sent").h1 == ["Before you see an acupuncturist"]


def test_nothing_is_sent_before_it_is_finished(stranger):
    stranger.begins()
    stranger.get("/open/send")
    assert stranger.is_at("question/1")
    token = stranger.form().fields["csrfmiddlewaretoken"].given[0]
    stranger.posts("/open/send", [("csrfmiddlewaretoken", token), ("yes", "1")])
    assert stranger.is_at("question/1")
    assert not Intake.objects.exists()


def test_a_form_that_is_sent_twice_is_one_intake_and_then_nothing_is_left(told):
    stranger = told(notes=WORDS)
    stranger.get("/open/send")
    form = stranger.form()
    pairs = [("csrfmiddlewaretoken", form.fields["csrfmiddlewaretoken"].given[0]), ("yes", "1")]
    for _ in range(2):
        stranger.posts(form.action, pairs)
        assert stranger.page.h1 == ["The clinic has your answers"]
    assert only().way == "website"
    assert [row.box for row in OpenVisit.objects.all()] == [""]
    for page in ("review", "result", "report", "answers.json", "question/1", "send"):
        assert stranger.get(f"/open/{page}").h1 == ["The clinic has your answers"]
    moved(seconds=IDLE + 1)
    assert stranger.get("/open/sent").h1 == ["Before you see an acupuncturist"]


def test_strangers_cannot_flood_the_queue(told, stranger, content):
    set_option("website_hour", "2")
    stranger.answers_all(content, answers_of("plain", content))
    stranger.sends_it("1")
    told().sends_it("2")
    third = told()
    third.sends_it("3")
    assert third.response.status == 503
    assert third.page.h1 == ["Nothing was sent"]
    assert Intake.objects.count() == 2
    assert third.get("/open/result").outcome
    moved(minutes=61)
    fresh = told()
    fresh.sends_it("4")
    assert Intake.objects.count() == 3


def test_of_many_at_the_same_moment_no_more_are_taken_and_each_once(told, content):
    set_option("website_hour", "3")
    keys = [told().cookies[strangers.COOKIE] for _ in range(5)]
    taken = []

    def sends(key):
        with suppress(TooManyError):
            taken.append(send(key, "7", lambda _: content))
        connection.close()

    threads = [Thread(target=sends, args=(key,)) for key in keys * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = [each for each in taken if each]
    assert len(made) == len(set(made)) == Intake.objects.count() == 3
    assert OpenVisit.objects.exclude(box="").count() == 2


def test_whoever_starts_anew_is_counted_as_before(told, content):
    set_option("website_hour", "1")
    stranger = told("plain")
    stranger.sends_it("1")
    stranger.get("/open/leave")
    stranger.sends("erase")
    stranger.answers_all(content, answers_of("plain", content))
    stranger.sends_it("2")
    assert stranger.page.h1 == ["Nothing was sent"]
    assert Intake.objects.count() == 1


def test_while_very_many_wait_no_more_is_taken(told, content):
    intake = finished(content, way="website")
    (row,) = Intake.objects.filter(pk=intake)
    box = {"day": row.day, "made": row.made, "changed": row.changed, "label": row.label}
    more = [
        Intake(pk=str(number), status="done", way="website", box=row.box, **box)
        for number in range(MOST_WAITING - 1)
    ]
    Intake.objects.bulk_create(more)
    stranger = told()
    stranger.sends_it("1")
    assert stranger.page.h1 == ["Nothing was sent"]
    Intake.objects.filter(pk="0").update(status="seen")
    stranger.sends_it("1")
    assert stranger.page.h1 == ["The clinic has your answers"]


def test_what_came_in_while_nobody_was_there_waits_until_it_is_seen(told, website):
    told().sends_it("From Saturday")
    kept = only()
    Intake.objects.update(day=clinic_day() - timedelta(days=2))
    clerk, practitioner = Somebody(website, "desk"), Somebody(website, "practitioner")
    for each in (clerk, practitioner):
        assert "From Saturday" in each.get("/queue/rows").words
        assert "From Saturday" in each.get(f"/intake/{kept.id}").words
        assert each.post("/search", words="saturday").words.count("From Saturday") == 1
    practitioner.post(f"/intake/{kept.id}/seen", revision=str(kept.revision))
    assert "From Saturday" not in clerk.get("/queue/rows").words
    clerk.get(f"/intake/{kept.id}")
    assert clerk.response.status == 404


def test_answers_of_a_draft_keep_the_day_on_which_they_were_given(told, website, content):
    stranger = told("plain")
    draft = json.loads(stranger.asks("GET", "/open/acuscreen-draft.json").body)
    day = today() - timedelta(days=9)
    draft["given"] = day.isoformat()
    stranger.brings(json.dumps(draft).encode())
    while not stranger.is_at("review"):  # what is too old is asked again
        asked = stranger.asked()
        stranger.says(answers_of("plain", content)[asked])
    stranger.finishes()
    stranger.sends_it("7")
    kept = only()
    assert kept.page.day == day
    assert {each[:10] for each in kept.page.given.values()} >= {day.isoformat()}
    practitioner = Somebody(website, "practitioner")
    assert f"Answers given {day:%-d %B %Y}" in practitioner.get(f"/intake/{kept.id}").words


def test_the_week_counts_who_came_from_the_website_and_not_how_long_they_took(told, website):
    told().sends_it("1")
    words = Somebody(website, "desk").get("/week").words
    assert "From the website: 1" in words
    assert "Nobody has finished, the website left out." in words


def test_no_answer_and_no_name_of_a_stranger_is_in_the_log(told):
    told(notes=WORDS, name=NAME).sends_it(NAME)
    lines = str(list(LogLine.objects.values_list()))
    assert "a person on the website" in lines
    assert WORDS not in lines
    assert NAME not in lines


def test_markup_of_a_stranger_is_text_at_the_desk(told, website):
    markup = "<script>alert(1)</script>"
    told(notes=markup).sends_it(markup)
    practitioner = Somebody(website, "practitioner")
    for path in ("/queue", f"/intake/{only().id}", f"/intake/{only().id}/answers"):
        text = practitioner.get(path) and practitioner.response.text
        assert markup not in text
        assert "&lt;script&gt;" in text


def test_a_desk_from_before_there_was_a_website_becomes_todays(clinic, content):
    intake = finished(content, "cautions", NAME)
    before = list(Intake.objects.values())
    call_command("migrate", "records", "0002", verbosity=0)
    assert "records_openvisit" not in connection.introspection.table_names()
    prepare(clinic)
    assert list(Intake.objects.values()) == before
    assert intakes.read(intake).label == NAME
    assert not is_open()
    assert not list(faults())
    turn("Ada", to_open=True)
    assert OpenVisits().read(OpenVisits().begin(Visit())) == Visit()
