"""Other programs at the desk, over FHIR: what they may, what they are told, what is kept of it."""

import json
import subprocess
from base64 import b64decode
from datetime import timedelta
from pathlib import Path

import pytest
from deskpeople import Somebody, bearer, desk_served, finished
from django.core.management import call_command
from django.test import override_settings
from records import item_of, response_on
from vignettes import TODAY, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.errors import UsageError
from questionnaire.fhir.models import troubles
from questionnaire.fhir.questionnaire import questionnaire
from questionnaire.fhir.response import Circumstances, response
from questionnaire.interview.conversation import GoOn, reply
from questionnaire.report.settings import Settings
from questionnaire.web.desk.fhir.capability import statement
from questionnaire.web.desk.fhir.resources import key_of
from questionnaire.web.desk.pages.frame import Clinic
from questionnaire.web.desk.people.programs import add_program, program_of, revoke, rights_of
from questionnaire.web.desk.records import intakes, log
from questionnaire.web.desk.records.backup import back_up, restore
from questionnaire.web.desk.records.database import prepare
from questionnaire.web.desk.records.models import Intake, LogLine, Program
from questionnaire.web.desk.records.rotation import rotate
from questionnaire.web.desk.records.settings import keys
from questionnaire.web.desk.setup import PAGES
from questionnaire.web.desk.start import desk
from questionnaire.web.press import MOST_WAITING, Order, Press
from questionnaire.web.visits import Visit

JSON = {"CONTENT_TYPE": "application/fhir+json"}
SUBJECT = {"reference": "Patient/42", "display": "Amelia Earhart"}
DOCS = Path(__file__).parents[3] / "docs" / "fhir.md"
RESOURCE = "/fhir/QuestionnaireResponse"


@pytest.fixture
def caller(application):
    """Whoever calls the desk, with no cookie."""
    return Somebody(application)


@pytest.fixture
def ask(caller):
    """Ask as a program with one right; the status, the resource and the headers."""

    def ask(right, method, path, body=b"", **headers):
        told = caller.asks(method, path, body, **{**bearer(right), **headers})
        assert told.headers["Content-Type"] == "application/fhir+json"
        assert told.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in told.headers
        resource = json.loads(told.body)
        assert not [*troubles(resource)]
        return told.status, resource, told.headers

    return ask


@pytest.fixture
def sent(content):
    """A response of another program about a person."""

    def sent(who="typical", **kept):
        case = case_of(content, answers_of(who, content))
        known = Circumstances("2026-11-20", {"subject": SUBJECT, **kept})
        return json.dumps(response(case, known)).encode()

    return sent


@pytest.fixture
def post(ask):
    def post(body, **headers):
        return ask("send", "POST", RESOURCE, body, **{**JSON, **headers})

    return post


def confirm(content, intake):
    """Go through all of it with the person."""
    intakes.change(
        intake,
        lambda visit: Visit(reply(content, visit.state, GoOn()), visit.version, visit.notices),
        lambda _: content,
        "Ada",
    )


def only_intake():
    return intakes.read(Intake.objects.get().pk)


def lines():
    return [(each.who, each.what, each.intake) for each in LogLine.objects.order_by("number")]


# Tokens.


def test_a_token_is_shown_once_and_kept_as_a_digest_alone(application):
    administrator = Somebody(application, "administrator")
    page = administrator.post("/programs", name="Record", read="yes", days="30")
    token = page.response.text.partition('id="token">')[2].partition("<")[0]
    assert rights_of(program_of(token)) == {"read"}
    assert token not in administrator.get("/programs").response.text
    assert token not in json.dumps([*Program.objects.values()], default=str)
    assert token not in json.dumps([*LogLine.objects.values()], default=str)
    assert ("administrator", "program added", "") in lines()


def test_a_token_ends_when_it_is_revoked_and_the_log_says_by_whom(application, caller):
    token = bearer("read")
    assert caller.asks("GET", "/fhir/metadata", **token).status == 200
    Somebody(application, "administrator").post(f"/programs/{Program.objects.get().pk}")
    assert caller.asks("GET", "/fhir/metadata", **token).status == 401
    assert ("administrator", "program revoked", "") in lines()
    before = lines()
    revoke(Program.objects.get(), "administrator")
    assert lines() == before


def test_a_token_ends_on_its_day(caller):
    token = bearer("read")
    found = Program.objects.get()
    Program.objects.update(expires=found.made + timedelta(microseconds=1))
    assert caller.asks("GET", "/fhir/metadata", **token).status == 401


@pytest.mark.parametrize(
    ("name", "rights", "days", "key"),
    [
        ("", {"read"}, "1", "program_name"),
        ("x" * 41, {"read"}, "1", "program_name"),
        ("a\nb", {"read"}, "1", "program_name"),
        ("TAKEN", {"read"}, "1", "program_name"),
        ("new", set(), "1", "program_rights"),
        ("new", {"administrator"}, "1", "program_rights"),
        ("new", {"read"}, "0", "program_days"),
        ("new", {"read"}, "367", "program_days"),
        ("new", {"read"}, "-1", "program_days"),
        ("new", {"read"}, "²", "program_days"),
        ("new", {"read"}, "", "program_days"),
    ],
)
def test_a_program_that_nobody_could_tell_or_limit_is_not_made(clinic, name, rights, days, key):
    add_program("taken", {"read"}, "1", "Ada")
    with pytest.raises(UsageError, match=key):
        add_program(name, rights, days, "Ada")
    assert Program.objects.count() == 1


def test_a_form_with_a_fault_says_so_and_makes_nothing(application):
    administrator = Somebody(application, "administrator")
    page = administrator.post("/programs", name="Record", days="30")
    assert page.response.status == 422
    assert "Choose what the program may do." in page.words
    assert not Program.objects.exists()


# Answers that come in.


def test_answers_wait_in_the_queue_and_nothing_is_confirmed(application, ask, post, sent, content):
    status, told, headers = post(sent())
    assert (status, told["issue"][0]["severity"]) == (201, "information")
    kept = only_intake()
    assert (kept.way, kept.status, kept.label) == ("brought", "answering", "Amelia Earhart")
    assert not kept.page.visit.state.over
    assert "another program, send" in kept.page.visit.notices[0]
    assert (
        kept.page.visit.state.said == case_of(content, answers_of("typical", content)).record.said
    )
    path = f"{RESOURCE}/{key_of(kept.id)}"
    assert headers["Location"] == f"http://127.0.0.1:8000{path}"
    assert ask("read", "GET", path)[0] == 404
    queue = Somebody(application, "desk").get("/queue")
    assert "Amelia Earhart" in queue.words
    assert "Brought along" in queue.words


def test_confirmed_answers_go_out_as_they_came_in(ask, post, sent, content):
    _, _, headers = post(sent())
    confirm(content, only_intake().id)
    status, told, _ = ask("read", "GET", headers["Location"].removeprefix("http://127.0.0.1:8000"))
    came = json.loads(sent())
    assert status == 200
    assert {key: told[key] for key in ("item", "subject", "questionnaire", "status")} == {
        key: came[key] for key in ("item", "subject", "questionnaire", "status")
    }


def test_an_emergency_that_is_sent_stands_on_top_at_once(post, content, sent):
    post(sent("emergency"))
    assert only_intake().need == "emergency"


@pytest.mark.parametrize(
    ("subject", "label"),
    [
        ({"display": "  Amelia \n Earhart "}, "Amelia Earhart"),
        ({"identifier": {"value": "1234"}}, "1234"),
        ({"reference": "Patient/42"}, "Patient/42"),
        ({"display": "x" * 101, "reference": "Patient/42"}, "Patient/42"),
        ({"display": "\u202eAmelia"}, "Sent by send"),
        ({}, "Sent by send"),
    ],
)
def test_an_intake_is_called_as_the_program_calls_the_person(post, sent, subject, label):
    body = json.loads(sent())
    body["subject"] = subject or {"type": "Patient"}
    assert post(json.dumps(body).encode())[0] == 201
    assert only_intake().label == label


def test_none_of_these_beside_a_sign_is_refused_with_the_place(post, content, sent):
    body = json.loads(sent())
    item = item_of(body, "warning_any")
    item["answer"] = [*item["answer"], *item["answer"]]
    item["answer"][0] = {"valueCoding": {**item["answer"][0]["valueCoding"]}}
    other = next(o for q in content.questions if q.id == "warning_any" for o in q.options)
    item["answer"][0]["valueCoding"] |= {"code": other.id, "display": other.label}
    status, told, _ = post(json.dumps(body).encode())
    assert status == 422
    assert any("warning_any" in each["diagnostics"] for each in told["issue"])
    assert all(each["expression"][0].startswith("Quest") for each in told["issue"])
    assert not Intake.objects.exists()


def test_completed_with_nothing_in_it_names_what_is_missing(post, content):
    body = response_on(content, {})
    status, told, _ = post(json.dumps(body).encode())
    assert status == 422
    assert len(told["issue"]) > 3
    assert not Intake.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"resourceType":"Patient"}', b"\xff\xfe"])
def test_what_is_no_response_is_refused_as_unreadable(post, body):
    assert post(body)[0] == 400
    assert not Intake.objects.exists()


def test_a_content_of_that_name_that_is_another_is_refused(post, sent):
    body = json.loads(sent())
    body["extension"][0]["valueString"] = "0" * 64
    assert post(json.dumps(body).encode())[0] == 422


# Every fault in FHIR's words.


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_AUTHORIZATION": "Bearer"},
        {"HTTP_AUTHORIZATION": "Bearer nobody"},
        {"HTTP_AUTHORIZATION": "Basic YTpi"},
    ],
)
@pytest.mark.parametrize("path", ["/fhir/metadata", "/fhir/Bundle/x", "/fhir/nothing", "/fhir"])
def test_nobody_is_let_in_without_a_token(caller, headers, path):
    told = caller.asks("GET", path, **headers)
    assert told.status == 401
    assert told.headers["WWW-Authenticate"].startswith("Bearer")
    assert json.loads(told.body)["issue"][0]["code"] == "login"


def test_a_cookie_of_staff_lets_no_program_in(application):
    for who in ("practitioner", "administrator"):
        assert Somebody(application, who).asks("GET", "/fhir/metadata").status == 401


def test_a_token_lets_nobody_in_to_a_page(caller):
    assert caller.asks("GET", "/queue", **bearer("read")).headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    ("right", "method", "path", "headers", "status"),
    [
        ("send", "GET", "/fhir/Bundle/x", {}, 403),
        ("read", "POST", RESOURCE, JSON, 403),
        ("read", "GET", "/fhir/Patient/1", {}, 404),
        ("read", "GET", "/fhir/Bundle/nobody", {}, 404),
        ("read", "GET", "/fhir/Bundle/no_body", {}, 404),
        ("read", "GET", "/fhir/Questionnaire/acuscreen-1", {}, 404),
        ("read", "GET", "/fhir/Questionnaire/2026.1", {}, 404),
        ("send", "GET", RESOURCE, {}, 405),
        ("read", "DELETE", "/fhir/Bundle/x", {}, 405),
        ("read", "PUT", "/fhir/metadata", {}, 405),
        ("read", "GET", "/fhir/metadata", {"HTTP_ACCEPT": "application/fhir+xml"}, 406),
        ("send", "POST", RESOURCE, {**JSON, "CONTENT_LENGTH": "1000001"}, 413),
        ("send", "POST", RESOURCE, {**JSON, "CONTENT_LENGTH": "many"}, 413),
        ("send", "POST", RESOURCE, {"CONTENT_TYPE": "text/plain"}, 415),
        ("send", "POST", RESOURCE, {}, 415),
    ],
)
def test_every_fault_is_an_operation_outcome(ask, right, method, path, headers, status):
    found, told, more = ask(right, method, path, **headers)
    assert found == status
    assert told["resourceType"] == "OperationOutcome"
    assert told["issue"][0]["diagnostics"].endswith(".")
    assert ("Allow" in more) == (status == 405)
    assert not Intake.objects.exists()


def test_the_desk_without_keys_says_so_in_fhir_too(caller, clinic, capfd):
    token = bearer("read")
    clinic.key.rename(clinic.key.with_suffix(".away"))
    told = caller.asks("GET", "/fhir/metadata", **token)
    assert told.status == 503
    assert json.loads(told.body)["resourceType"] == "OperationOutcome"


def test_a_bug_is_told_without_what_it_was_about(caller, capfd, content):
    intake = finished(content)
    Intake.objects.filter(pk=intake).update(origin=keys().seal(b"Amelia, no JSON"))
    told = caller.asks("GET", f"{RESOURCE}/{key_of(intake)}", **bearer("read"))
    assert told.status == 500
    assert "Amelia" not in told.body.decode() + capfd.readouterr().err


# What goes out.


def test_the_capability_statement_tells_every_address_and_no_other(ask, content):
    status, told, _ = ask("send", "GET", "/fhir/metadata")
    assert status == 200
    assert told == statement(content, "http://127.0.0.1:8000/fhir")
    (rest,) = told["rest"]
    found = {
        (each["type"], act["code"]) for each in rest["resource"] for act in each["interaction"]
    }
    assert found == {
        ("Questionnaire", "read"),
        ("Questionnaire", "search-type"),
        ("QuestionnaireResponse", "create"),
        ("QuestionnaireResponse", "read"),
        ("Bundle", "read"),
        ("DocumentReference", "read"),
    }


def test_the_questions_are_read_and_found_by_their_address(ask, content):
    form = json.loads(json.dumps(questionnaire(content)))
    assert ask("read", "GET", f"/fhir/Questionnaire/{form['id']}")[1] == form
    found = ask("send", "GET", f"/fhir/Questionnaire?url={form['url']}")[1]
    assert (found["total"], found["entry"][0]["resource"]) == (1, form)
    assert ask("read", "GET", "/fhir/Questionnaire?url=https://other.example")[1]["total"] == 0
    assert ask("read", "GET", "/fhir/Questionnaire/acuscreen-2026.1")[1]["version"] == "2026.1"


@pytest.mark.exhaustive
def test_the_bundle_and_the_document_hold_the_report_of_the_day(ask, content):
    key = key_of(finished(content))
    status, bundle, _ = ask("read", "GET", f"/fhir/Bundle/{key}")
    assert (status, bundle["id"], bundle["type"]) == (200, key, "transaction")
    kinds = [each["resource"]["resourceType"] for each in bundle["entry"]]
    assert {"QuestionnaireResponse", "Observation", "DocumentReference"} <= {*kinds}
    status, document, _ = ask("read", "GET", f"/fhir/DocumentReference/{key}")
    report = b64decode(document["content"][0]["attachment"]["data"])
    assert (status, report[:5]) == (200, b"%PDF-")
    assert document["context"]["related"][0]["reference"] == f"QuestionnaireResponse/{key}"


def test_while_too_many_reports_are_made_a_program_is_told_when_to_try_again(clinic, content):
    press = Press(1)
    press._threads = [None]  # processes that never come to it
    for number in range(MOST_WAITING):
        press.begin(Order(str(number), {}, content.version, Settings(TODAY)))
    with override_settings(**PAGES):
        busy = Somebody(desk(Clinic(content, Settings(TODAY), press, ("127.0.0.1",))))
        told = busy.asks("GET", f"/fhir/Bundle/{key_of(finished(content))}", **bearer("read"))
    assert (told.status, told.headers["Retry-After"]) == (503, "5")
    assert json.loads(told.body)["issue"][0]["code"] == "throttled"


def test_a_report_that_cannot_be_made_is_told(clinic, content):
    press = Press(1)
    press.close()
    with override_settings(**PAGES):
        shut = Somebody(desk(Clinic(content, Settings(TODAY), press, ("127.0.0.1",))))
        told = shut.asks("GET", f"/fhir/Bundle/{key_of(finished(content))}", **bearer("read"))
    assert told.status == 500
    assert json.loads(told.body)["issue"][0]["code"] == "exception"


@pytest.mark.parametrize("kind", ["QuestionnaireResponse", "Bundle", "DocumentReference"])
def test_an_intake_that_is_not_finished_is_not_given_out(ask, content, kind):
    key = key_of(finished(content, over=False))
    assert ask("read", "GET", f"/fhir/{kind}/{key}")[0] == 404


def test_an_id_with_an_underscore_has_an_id_in_fhir():
    assert key_of("a_b-c") == "a.b-c"


# What is kept of it.


def test_each_use_is_in_the_log_and_no_word_of_a_person(ask, post, sent, content):
    post(sent())
    post(b"{")
    confirm(content, only_intake().id)
    intake = only_intake().id
    ask("read", "GET", f"{RESOURCE}/{key_of(intake)}")
    ask("send", "GET", f"/fhir/Bundle/{key_of(intake)}")
    ask("nobody", "GET", "/fhir/metadata", HTTP_AUTHORIZATION="Bearer x")
    found = lines()
    assert ("program send", "made", intake) in found
    assert ("program send", "refused over FHIR", "") in found
    assert ("program read", "read over FHIR", intake) in found
    assert ("nobody", "refused over FHIR", "") in found
    assert "Amelia" not in json.dumps([*LogLine.objects.values()])
    assert not [*log.faults()]


def test_what_a_program_says_of_a_person_is_sealed_and_outlives_a_new_key(post, sent, clinic):
    post(sent())
    assert "Amelia" not in json.dumps([*Intake.objects.values()], default=str)
    rotate()
    assert json.loads(intakes.origin_of(only_intake().id)) == {"subject": SUBJECT}


def test_programs_are_in_a_backup(clinic, tmp_path, caller):
    token = bearer("read")
    back_up(tmp_path / "backup")
    Program.objects.all().delete()
    assert caller.asks("GET", "/fhir/metadata", **token).status == 401
    restore(tmp_path / "backup", force=True)
    assert caller.asks("GET", "/fhir/metadata", **token).status == 200


def test_a_desk_from_before_there_were_programs_becomes_todays(clinic, content):
    intake = finished(content)
    call_command("migrate", "records", "0001", verbosity=0)
    prepare(clinic)
    assert bearer("read")
    assert intakes.origin_of(intake) == b""
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


# As the document says.


def _commands():
    """What an integrator types, before and after somebody has gone through the answers."""
    section = DOCS.read_text(encoding="utf-8").partition("## On the clinic's desk\n")[2]
    lines = [each[4:] for each in section.partition("\n## ")[0].split("\n") if each[:4] == "    "]
    at = next(n for n, line in enumerate(lines) if line.startswith("ID="))
    return [line for line in lines[:at] if line.startswith("curl")], lines[at:]


def test_the_commands_in_the_document_do_what_it_says(application, content, sent, tmp_path):
    before, after = _commands()
    assert (len(before), len(after)) == (4, 4)
    token = add_program("Record", {"read", "send"}, "1", "Ada")
    (tmp_path / "token.txt").write_text(f"Authorization: Bearer {token}\n")
    (tmp_path / "response.json").write_bytes(sent())
    with desk_served(application) as address:

        def types(*lines):
            script = "\n".join(["set -e", *lines]).replace("http://127.0.0.1:8080", address)
            done = subprocess.run(
                ["/bin/sh", "-c", script], cwd=tmp_path, capture_output=True, check=False, text=True
            )
            assert done.returncode == 0, done.stderr

        types(*before)
        confirm(content, only_intake().id)
        types(*after)
    kinds = {
        path.name: json.loads(path.read_bytes())["resourceType"] for path in tmp_path.glob("*.json")
    }
    assert kinds == {
        "response.json": "QuestionnaireResponse",
        "metadata.json": "CapabilityStatement",
        "found.json": "Bundle",
        "questionnaire.json": "Questionnaire",
        "outcome.json": "OperationOutcome",
        "answers.json": "QuestionnaireResponse",
        "bundle.json": "Bundle",
        "document.json": "DocumentReference",
    }
