"""The pages of the desk: the queue, the ways in, the intake, and what the next person sees."""

import io
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
import segno
from deskpeople import Somebody, finished
from django.db import connection
from django.test.utils import CaptureQueriesContext
from people import in_order
from vignettes import TODAY, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.handover.payload import pack
from questionnaire.interview.flow import SKIPPED, record
from questionnaire.report.documents import to_pdf
from questionnaire.report.settings import Settings
from questionnaire.web.desk.people.invites import invite
from questionnaire.web.desk.people.tokens import new_token
from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.log import faults
from questionnaire.web.desk.records.models import Intake, Invite, LogLine, Token
from questionnaire.web.desk.records.options import country

NAME = "Wilhelmina Ackerbrook"
MARKUP = "<script>alert(1)</script><b>bold</b>&amp;{{ 7*7 }}"


@pytest.fixture
def clerk(application):
    return Somebody(application, "desk")


@pytest.fixture
def practitioner(application):
    return Somebody(application, "practitioner")


def only():
    (intake,) = Intake.objects.values_list("pk", flat=True)
    return intake


def form_to(somebody, end):
    """The form of the page whose address ends so."""
    return next(each for each in somebody.page.forms if each.action.endswith(end))


def answers(somebody, content, who, until=None):
    """Answer what is asked, to the review, or until a page's address ends so."""
    said = answers_of(who, content)
    for question, answer in in_order(content.questions, said):
        while somebody.response.path.endswith("/emergency"):
            if until == "/emergency":
                return
            _press(somebody, "/emergency", go_on="1")
        _reply(somebody, question, answer)
    while somebody.response.path.endswith("/emergency"):
        _press(somebody, "/emergency", go_on="1")


def _press(somebody, end, **values):
    form = form_to(somebody, end)
    fields = [(name, each.given[0]) for name, each in form.fields.items() if each.given]
    return somebody.posts(form.action, [*fields, *values.items()])


def _reply(somebody, question, answer):
    form = next(each for each in somebody.page.forms if "asked" in each.fields)
    assert form.fields["asked"].given == [question.id]
    hidden = [(name, form.fields[name].given[0]) for name in ("csrfmiddlewaretoken", "asked")]
    if answer is SKIPPED:
        return somebody.posts(form.action, [*hidden, ("skip", "1")])
    given = answer if isinstance(answer, tuple) else (answer,)
    return somebody.posts(
        form.action, [*hidden, *((question.id, str(each)) for each in given), ("next", "1")]
    )


def review(somebody):
    _press(somebody, "/review", go_on="1")


# The ways in.


def test_staff_fill_it_in_with_the_person(clerk, content):
    clerk.post("/new", label=NAME, way="staff")
    answers(clerk, content, "typical")
    review(clerk)
    assert clerk.response.path == f"/intake/{only()}"
    assert intakes.read(only()).status == "done"
    assert NAME in clerk.get("/queue").words


def test_a_tablet_that_was_handed_over_shows_nothing_else(clerk, content):
    clerk.post("/new", label=NAME, way="tablet")
    assert clerk.response.path == "/visit/"
    intake = only()
    for path in ("/", "/queue", f"/intake/{intake}", "/users", f"/intake/{intake}/fill/"):
        clerk.get(path)
        assert clerk.response.path == "/visit/"
    assert not Token.objects.filter(kind="staff").exists()


def test_the_next_person_sees_nothing_of_the_one_before(clerk, content):
    clerk.post("/new", label=NAME, way="tablet")
    _press(clerk, "/visit/", start="1")
    answers(clerk, content, "typical")
    pages = ["/visit/", "/visit/question/1", "/visit/question/3", "/visit/review", "/visit/result"]
    before = dict(clerk.cookies)
    review(clerk)
    assert "Thank you" in clerk.page.words
    assert clerk.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    for cookies in (dict(clerk.cookies), before):
        clerk.cookies = cookies
        for path in pages:
            assert clerk.get(path).h1 in (["This tablet is locked"], ["Sign in"])
            assert clerk.response.headers["Cache-Control"] == "no-store"
    assert intakes.read(only()).status == "done"


def test_a_locked_tablet_opens_for_staff_alone(clerk, content):
    clerk.post("/new", label=NAME, way="tablet")
    clerk.post("/visit/leave")
    assert clerk.get("/queue").h1 == ["This tablet is locked"]
    clerk.signs_in("desk")
    assert clerk.response.path == "/queue"
    assert intakes.read(only()).status == "answering"


def test_every_page_of_a_person_is_kept_nowhere(clerk, content):
    clerk.post("/new", label=NAME, way="tablet")
    _press(clerk, "/visit/", start="1")
    for question, answer in in_order(content.questions, answers_of("typical", content)):
        assert clerk.response.headers["Cache-Control"] == "no-store"
        _reply(clerk, question, answer)


def linked(somebody):
    somebody.post("/new", label=NAME, way="phone")
    link = next(word for word in somebody.page.words.split() if "/i/" in word)
    return link.removeprefix("http://127.0.0.1:8000")


def test_a_link_lets_one_phone_in_once(application, clerk, content):
    path = linked(clerk)
    assert intakes.read(only()).status == "invited"
    looker, phone, thief = (Somebody(application) for _ in range(3))
    looker.get(path)
    phone.get(path)
    phone.post(path)
    assert phone.response.path == "/visit/"
    assert thief.post(path).response.status == 410
    assert thief.get(path).response.status == 410
    _press(phone, "/visit/", start="1")
    answers(phone, content, "plain")
    review(phone)
    assert intakes.read(only()).status == "done"
    assert phone.get("/visit/review").h1 == ["Sign in"]
    assert phone.post(path).response.status == 410


def test_a_link_is_worthless_after_some_hours(application, clerk):
    path = linked(clerk)
    (row,) = Invite.objects.all()
    Invite.objects.update(expires=row.expires - timedelta(hours=5))
    assert Somebody(application).post(path).response.status == 410


def test_a_new_link_makes_the_old_one_worthless(application, clerk):
    path = linked(clerk)
    clerk.post(f"/intake/{only()}/invite")
    assert Somebody(application).post(path).response.status == 410


def test_no_link_is_kept_or_logged(clerk):
    secret = linked(clerk).split("/")[-1]
    assert secret not in str(list(Invite.objects.values())) + str(list(LogLine.objects.values()))


def brought(somebody, *, text="", file=b"", label=NAME):
    token = somebody.token.encode()
    head = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    body = head % (b"csrfmiddlewaretoken", token) + head % (b"label", label.encode())
    body += head % (b"text", text.encode())
    if file:
        body += b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
        body += file + b"\r\n"
    kind = "multipart/form-data; boundary=x"
    return somebody._followed(
        somebody.asks("POST", "/brought", body + b"--x--\r\n", CONTENT_TYPE=kind)
    )


def test_the_code_of_a_report_is_gone_through_with_the_person(clerk, content):
    counted = record(content.questions, answers_of("cautions", content))
    brought(clerk, text=pack(content, counted))
    assert clerk.response.path.endswith("/fill/review")
    assert "is it all still true?" in clerk.page.words
    review(clerk)
    kept = intakes.read(only())
    said = {k: v for k, v in kept.page.visit.state.said.items() if v is not SKIPPED}
    words = {each.id for each in content.questions if each.kind == "text"}
    assert said == {k: v for k, v in counted.answers.items() if k not in words}
    assert kept.way == "brought"


def test_the_pdf_of_a_report_is_told_with_its_date(clerk, content):
    case = case_of(content, answers_of("typical", content))
    brought(clerk, file=to_pdf(case, Settings(TODAY)))
    assert "22 November 2026" in clerk.page.words
    assert intakes.read(only()).page.visit.state.said["notes"]


def test_the_picture_of_a_code_is_read(clerk, content):
    counted = record(content.questions, answers_of("plain", content))
    picture = io.BytesIO()
    segno.make_qr(pack(content, counted)).save(picture, kind="png", scale=6)
    brought(clerk, file=picture.getvalue())
    assert clerk.response.path.endswith("/fill/review")


def test_an_urgent_sign_that_was_brought_along_comes_first(clerk, content):
    counted = record(content.questions, answers_of("emergency", content))
    brought(clerk, text=pack(content, counted))
    assert clerk.response.path.endswith("/fill/emergency")


@pytest.mark.parametrize(
    "how", [{"text": "ABC"}, {"file": b"%PDF-1.7 nonsense"}, {}, {"label": ""}]
)
def test_what_cannot_be_read_makes_no_intake(clerk, how):
    assert brought(clerk, **how).response.status == 422
    assert not Intake.objects.exists()


# The queue.


def test_the_queue_is_in_order_of_need_and_says_it_in_words(clerk, content):
    people = {
        "done": finished(content, "plain", "Ann"),
        "help": finished(content, "emergency", "Bo"),
    }
    people["today"] = finished(content, "today", "Cy")
    people["open"] = finished(content, "plain", "Di", over=False)
    words = clerk.get("/queue").words
    places = [words.index(each) for each in ("Bo", "Cy", "Ann", "Di")]
    assert places == sorted(places)
    assert "Emergency sign: help now" in words
    assert "Sign for today: needs a doctor today" in words


def test_a_sign_is_in_the_queue_before_the_person_has_finished(application, clerk, content):
    clerk.post("/new", label="Bo", way="tablet")
    _press(clerk, "/visit/", start="1")
    answers(clerk, content, "emergency", until="/emergency")
    desk = Somebody(application, "desk")
    assert "Emergency sign: help now" in desk.get("/queue/rows").words


def test_the_queue_costs_as_much_however_many_are_kept(clerk, content, django_assert_queries):
    finished(content)
    few = django_assert_queries(lambda: clerk.get("/queue/rows"))
    for _ in range(20):
        old = finished(content)
        Intake.objects.filter(pk=old).update(day="2026-01-01")
    assert django_assert_queries(lambda: clerk.get("/queue/rows")) == few


def test_the_queue_reads_nothing_that_it_does_not_show(clerk, content):
    finished(content)
    with CaptureQueriesContext(connection) as found:
        assert clerk.get("/queue/rows").response.status == 200
    asked = [each["sql"].split(" FROM ")[0] for each in found if '"label"' in each["sql"]]
    assert asked
    assert not [sql for sql in asked if '"box"' in sql or '"origin"' in sql]


def test_a_locked_database_says_try_again_and_keeps_nothing_half(clerk, in_a_file):
    form = clerk.get("/new").forms
    assert form
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(in_a_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        clerk.post("/new", label=NAME, way="staff")
        assert clerk.response.status == 503
        assert b"try again" in clerk.response.body
        other.execute("ROLLBACK")
    assert Intake.objects.count() == LogLine.objects.filter(what="made").count() == 0
    clerk.get("/new")
    clerk.post("/new", label=NAME, way="staff")
    assert Intake.objects.count() == LogLine.objects.filter(what="made").count() == 1
    assert not list(faults())


@pytest.fixture
def django_assert_queries():
    def count(act):
        with CaptureQueriesContext(connection) as found:
            act()
        return len(found)

    return count


def test_search_finds_a_name_and_leaves_it_out_of_the_address(practitioner, content):
    finished(content, label=NAME)
    finished(content, label="somebody else")
    practitioner.post("/search", words="ackerbrook")
    assert practitioner.response.path == "/search"
    assert NAME in practitioner.page.words
    assert "somebody else" not in practitioner.page.words


def test_the_front_desk_finds_todays_people_alone(clerk, content):
    old = finished(content, label=NAME)
    Intake.objects.filter(pk=old).update(day="2026-01-01")
    assert NAME not in clerk.post("/search", words="Wilhelmina").words


def test_the_week_is_counts_alone(clerk, content):
    finished(content, label=NAME)
    words = clerk.get("/week").words
    assert "With staff: 1" in words
    assert NAME not in words


# The intake.


def printed(somebody, intake):
    """The page for the practitioner, waited for."""
    for _ in range(30):
        response = somebody.asks("GET", f"/intake/{intake}/practitioner.pdf")
        if response.status != 202:
            break
    return response.body


def test_a_practitioner_reads_it_all(practitioner, content):
    intake = finished(content, "cautions", NAME)
    assert NAME in practitioner.get(f"/intake/{intake}").words
    for page in ("report", "why", "answers"):
        practitioner.get(f"/intake/{intake}/{page}")
        assert practitioner.response.status == 200
    assert printed(practitioner, intake)[:5] == b"%PDF-"
    raw = practitioner.asks("GET", f"/intake/{intake}/answers.json").body
    assert b"acuscreen-answers/1" in raw
    told = set(LogLine.objects.filter(intake=intake).values_list("what", flat=True))
    assert {"saw", "saw the report", "saw why", "saw the answers", "printed", "exported"} <= told


def test_two_at_one_intake_see_each_others_change(application, content):
    intake = finished(content)
    ann, bo = (Somebody(application, "practitioner") for _ in range(2))
    for each in (ann, bo):
        each.get(f"/intake/{intake}")
    _press(ann, "/rename", label="other")
    assert '"revision": 2' in bo.asks("GET", f"/intake/{intake}/revision").body.decode()
    assert _press(bo, "/seen").response.status == 409
    assert intakes.read(intake).status == "done"
    assert intakes.read(intake).label == "other"


def test_a_correction_is_made_with_the_person_and_shows_what_was_before(practitioner, content):
    intake = finished(content, "typical", NAME)
    practitioner.get(f"/intake/{intake}")
    _press(practitioner, "/correct")
    assert practitioner.response.path.endswith("/fill/review")
    _press(practitioner, "/review", change="pain_average")
    _reply(practitioner, content.question("pain_average"), 1)
    review(practitioner)
    assert practitioner.response.path == f"/intake/{intake}"
    assert "As it was until" in practitioner.get(f"/intake/{intake}/answers").words
    assert intakes.read(intake).page.visit.state.said["pain_average"] == 1


def test_what_is_finished_is_not_filled_in_any_more(clerk, content):
    intake = finished(content)
    for page in ("", "question/3", "review"):
        clerk.get(f"/intake/{intake}/fill/{page}")
        assert clerk.response.path == f"/intake/{intake}"
    before = Intake.objects.get().box
    clerk.post(
        f"/intake/{intake}/fill/question/1", asked="age_group", age_group="under_18", next="1"
    )
    assert Intake.objects.get().box == before


def test_old_answers_say_so(practitioner, content):
    intake = finished(content)
    assert "answers are old" not in practitioner.get(f"/intake/{intake}").words
    row = Intake.objects.get()
    Intake.objects.update(finished=row.finished - timedelta(days=8))
    assert "answers are old" in practitioner.get(f"/intake/{intake}").words


def test_what_was_deleted_is_gone_and_the_log_says_who(practitioner, content):
    intake = finished(content)
    practitioner.get(f"/intake/{intake}/delete")
    _press(practitioner, "/delete")
    assert not Intake.objects.exists()
    assert LogLine.objects.filter(what="deleted", who="practitioner", intake=intake).exists()
    assert practitioner.get(f"/intake/{intake}").response.status == 404


def test_markup_is_text_wherever_it_stands(practitioner, content):
    practitioner.post("/new", label=MARKUP, way="staff")
    said = {**answers_of("typical", content), "notes": MARKUP, "name": MARKUP}
    for question, answer in in_order(content.questions, said):
        _reply(practitioner, question, answer)
    review(practitioner)
    intake = only()
    paths = (
        "/queue",
        f"/intake/{intake}",
        *(f"/intake/{intake}/{p}" for p in ("report", "answers")),
    )
    for path in paths:
        practitioner.get(path)
        assert "<script>alert" not in practitioner.response.text
        assert "<b>bold" not in practitioner.response.text
        assert "{{ 7*7 }}" in practitioner.page.words
    assert printed(practitioner, intake)[:5] == b"%PDF-"


def test_the_log_is_whole_after_all_this_and_tells_no_answer(application, practitioner, content):
    finished(content, "typical", NAME)
    for path in ("/queue", f"/intake/{only()}/report", f"/intake/{only()}/answers"):
        practitioner.get(path)
    root = Somebody(application, "administrator")
    page = root.get("/log?verify")
    assert "The log is whole" in page.words
    assert not list(faults())
    for word in (NAME, *map(str, answers_of("typical", content).values())):
        assert len(word) < 4 or word not in page.words


def test_without_its_keys_the_desk_is_shut_and_says_so(application, clinic, practitioner, content):
    finished(content)
    clinic.key.rename(clinic.key.with_name("away"))
    response = practitioner.asks("GET", "/queue")
    assert response.status == 503
    assert b"clinic status" in response.body
    clinic.key.with_name("away").rename(clinic.key)
    assert practitioner.get("/queue").response.status == 200


def test_nothing_of_a_person_stays_with_who_prints(application, press, practitioner, content):
    intake = finished(content, "typical")
    printed(practitioner, intake)
    assert intake not in press._jobs


def test_a_phone_and_the_desk_change_one_intake_and_lose_nothing(application, clerk, content):
    path = linked(clerk)
    phone = Somebody(application)
    phone.post(path)
    _press(phone, "/visit/", start="1")
    questions = list(in_order(content.questions, answers_of("plain", content)))
    for at, (question, answer) in enumerate(questions[:6]):
        who = phone if at % 2 else clerk
        root = "/visit" if at % 2 else f"/intake/{only()}/fill"
        who.get(f"{root}/question/{at + 1}")
        _reply(who, question, answer)
    said = intakes.read(only()).page.visit.state.said
    assert said == {question.id: answer for question, answer in questions[:6]}


def test_a_guessed_cookie_lets_nobody_in(application, content):
    intake = finished(content, over=False)
    new_token("tablet", intake=intake)
    invite(intake, "Ada")
    guesser = Somebody(application)
    for guess in (intake, "", "A" * 43, "tablet"):
        guesser.cookies = {"acuscreen_desk": guess}
        assert guesser.get("/visit/review").h1 == ["Sign in"]
        assert guesser.get(f"/i/{guess or 'x'}").response.status == 410


def test_on_a_full_disk_nothing_is_lost_and_a_page_says_that_the_desk_is_shut(
    clinic, in_a_file, clerk, content
):
    intake = finished(content, over=False)
    before = list(Intake.objects.values())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    statuses = []
    for _ in range(30):
        clerk.post("/new", label="x" * 100, way="staff")
        statuses.append(clerk.response.status)
    assert 503 in statuses
    connection.close()
    assert Intake.objects.get(pk=intake) is not None
    assert list(Intake.objects.filter(pk=intake).values()) == before
    assert not list(faults())
    assert Intake.objects.count() == LogLine.objects.filter(what="made").count()


# The clinic's own country.


def test_the_first_page_shows_the_numbers_of_the_clinics_country_alone(application, clerk, content):
    clerk.post("/new", label=NAME, way="tablet")
    assert "Numbers of some countries" in clerk.page.words
    administrator = Somebody(application, "administrator")
    administrator.post("/settings", country="ie")
    assert LogLine.objects.filter(what="setting changed", more="country: ie").exists()
    other = Somebody(application, "desk")
    other.post("/new", label=NAME, way="tablet")
    assert {each for each in other.page.links if each.startswith("tel:")} == {"tel:112", "tel:999"}
    assert "Numbers of some countries" not in other.page.words
    _press(other, "/visit/", start="1")
    assert other.page.forms[-1].fields["asked"].given != ["country"]


def test_a_country_that_nobody_knows_is_refused(application):
    administrator = Somebody(application, "administrator")
    administrator.post("/settings", country="atlantis")
    assert administrator.response.status == 422
    assert "country: choose one of the list" in administrator.page.words
    administrator.post("/settings", country="uk")
    administrator.post("/settings", country="")
    assert administrator.response.status == 200
    assert country() == ""
