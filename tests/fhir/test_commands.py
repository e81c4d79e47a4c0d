"""FHIR on the command line: written by `fhir`, and taken wherever an answers file is."""

import json
import os
import subprocess
import sys

import pytest
from answers_files import in_file
from parts import later
from records import item_of, response_on

from questionnaire.fhir.either import is_resource
from questionnaire.fhir.models import troubles

ANSWERED = 1_790_000_000
"""Seconds of the clock; as a time of FHIR: `ANSWERED_AT`."""
ANSWERED_AT = "2026-09-21T14:13:20Z"


@pytest.fixture
def said(baseline):
    return baseline | {"health_conditions": ("heart_valve",)}


@pytest.fixture
def answers(tmp_path, said):
    """An answers file that was last changed at a known time."""
    path = tmp_path / "answers.json"
    path.write_bytes(in_file(said))
    os.utime(path, (ANSWERED, ANSWERED))
    return path


@pytest.fixture
def sent(tmp_path, content, said):
    """The same as a response."""
    path = tmp_path / "response.json"
    path.write_text(json.dumps(response_on(content, said)), "utf-8")
    return path


def test_the_questionnaire_is_printed_or_written(run, tmp_path):
    code, out, err = run("fhir", "questionnaire")
    assert (code, err) == (0, "")
    assert run("fhir", "questionnaire", "-o", tmp_path / "q.json") == (0, b"", "")
    assert (tmp_path / "q.json").read_bytes() == out
    assert (tmp_path / "q.json").stat().st_mode & 0o777 == 0o600
    assert json.loads(out)["resourceType"] == "Questionnaire"


def test_a_released_version_can_be_asked_for_and_no_other(run):
    code, out, _ = run("fhir", "questionnaire", "--release", "2026.1")
    assert (code, json.loads(out)["version"]) == (0, "2026.1")
    assert run("fhir", "codes", "--release", "2026.1")[0] == 0
    code, out, err = run("fhir", "questionnaire", "--release", "1999.1")
    assert (code, out) == (2, b"")
    assert "there are: 2026.1" in err


def test_answers_become_a_response_and_a_response_itself(run, answers, tmp_path):
    code, out, err = run("fhir", "response", answers)
    assert (code, err) == (0, "")
    (tmp_path / "again.json").write_bytes(out)
    assert run("fhir", "response", tmp_path / "again.json") == (0, out, "")


def test_it_says_when_the_answers_were_last_changed_and_no_later_time(run, answers):
    assert json.loads(run("fhir", "response", answers)[1])["authored"] == ANSWERED_AT


def test_time_and_patient_are_as_somebody_says(run, sent):
    said = ("--authored", "2026-11-20", "--patient", "Patient/42")
    told = json.loads(run("fhir", "response", sent, *said)[1])
    assert told["authored"] == "2026-11-20"
    assert told["subject"] == {"reference": "Patient/42"}


@pytest.mark.parametrize(
    "wrong",
    [
        ("--authored", "yesterday"),
        ("--authored", "2026-11-25T10:00"),
        ("--authored", "2026-02-30"),
        ("--authored", "2026-11-25T10:00:00"),
        ("--patient", "Ann"),
        ("--patient", "Practitioner/1"),
    ],
)
def test_a_time_or_a_patient_that_fhir_does_not_know_is_wrong_usage(run, sent, wrong):
    code, out, err = run("fhir", "response", sent, *wrong)
    assert (code, out) == (2, b"")
    assert "usage: acuscreen fhir response" in err


@pytest.mark.parametrize("time", ["2026", "2026-11", "2026-11-25", "2026-11-25T10:00:00.5+01:00"])
def test_every_time_that_fhir_knows_is_taken(run, sent, time):
    told = json.loads(run("fhir", "response", sent, "--authored", time)[1])
    assert told["authored"] == time
    assert [*troubles(told)] == []


def test_the_bundle_holds_answers_result_and_report(run, answers, tmp_path):
    path = tmp_path / "bundle.json"
    assert run("fhir", "bundle", answers, "-o", path, "--patient", "Patient/42") == (0, b"", "")
    whole = json.loads(path.read_bytes())
    kinds = [entry["resource"]["resourceType"] for entry in whole["entry"]]
    assert kinds[:2] == ["QuestionnaireResponse", "Observation"]
    assert kinds[-1] == "DocumentReference"
    assert "DetectedIssue" in kinds
    data = whole["entry"][-1]["resource"]["content"][0]["attachment"]["data"]
    assert data.startswith("JVBERi0")  # %PDF-


def test_the_answers_are_not_written_over_and_nor_is_anything_else(run, answers, tmp_path):
    before = answers.read_bytes()
    code, _, err = run("fhir", "bundle", answers, "-o", answers, "--force")
    assert code == 2
    assert "holds the answers" in err
    (tmp_path / "there.json").write_bytes(b"x")
    assert run("fhir", "response", answers, "-o", tmp_path / "there.json")[0] == 3
    assert (answers.read_bytes(), (tmp_path / "there.json").read_bytes()) == (before, b"x")


@pytest.mark.parametrize(
    "name",
    ["questionnaire", "codes", "response", *later("bundle")],
)
def test_the_help_of_every_command_has_an_example_that_works(
    run, name, answers, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    example = run("fhir", name, "--help")[1].decode().rpartition("example:\n  ")[2]
    assert run(*example.split()[1:]) == (0, b"", "")


def test_fhir_alone_is_wrong_usage(run):
    code, _, err = run("fhir")
    assert code == 2
    assert err.startswith("usage: acuscreen fhir")


# Wherever an answers file is taken.


@pytest.mark.parametrize("command", [("result", "--json"), ("result",), ("explain", "--json")])
def test_a_response_is_taken_for_an_answers_file(run, answers, sent, command):
    name, *options = command
    code, out, err = run(name, answers, *options)
    assert code == 0
    assert run(name, sent, *options) == (code, out, err)


def test_a_report_on_a_response_is_the_report_on_the_answers(run, said, answers, sent, monkeypatch):
    """Both tell the day on which they were given, and the report says so to who reads it later."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(ANSWERED))
    authored = json.loads(sent.read_text("utf-8"))["authored"]
    answers.write_bytes(in_file(said, given=authored[: len("2026-09-21")]))
    pages = [run("report", file, "--html", "-o", "-") for file in (answers, sent)]
    assert pages[0] == pages[1]
    assert pages[0][0] == 0


@pytest.mark.exhaustive
def test_a_batch_takes_responses_among_answers_files(run, answers, sent, content, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_bytes(answers.read_bytes())
    (folder / "b.json").write_bytes(sent.read_bytes())
    bad = json.loads(sent.read_bytes())
    item_of(bad, "warning_any")["answer"] = []
    (folder / "c.json").write_text(json.dumps(bad), "utf-8")
    code, _, err = run("batch", folder, tmp_path / "out", "--workers", "1")
    assert code == 1
    assert "c.json: warning_any: is missing and must be answered" in err
    summary = (tmp_path / "out" / "summary.csv").read_text("utf-8").splitlines()
    one, other = (line.split(",") for line in summary[1:])
    assert one[2:] == other[2:]
    # The name of a report carries a digest of what it is made of.
    assert one[1].rpartition("-")[0] != other[1].rpartition("-")[0]


@pytest.mark.exhaustive
def test_lines_of_responses_are_a_batch_too(run, sent, tmp_path):
    line = json.dumps(json.loads(sent.read_bytes()))
    (tmp_path / "many.ndjson").write_text(f"{line}\n{line}\n", "utf-8")
    code, out, _ = run("batch", tmp_path / "many.ndjson", tmp_path / "out", "--workers", "1")
    assert code == 0
    assert b"2 reports made" in out


def test_faults_of_a_response_are_told_each_with_its_linkid(run, sent):
    broken = json.loads(sent.read_bytes())
    item_of(broken, "warning_any")["answer"] = [{"valueString": "none"}]
    item_of(broken, "age_group")["answer"] = []
    sent.write_text(json.dumps(broken), "utf-8")
    code, out, err = run("result", sent)
    assert (code, out) == (2, b"")
    lines = err.splitlines()
    assert any(
        line.startswith(f"acuscreen: {sent}: warning_any: has a 'valueString'") for line in lines
    )
    assert any(line.startswith(f"acuscreen: {sent}: age_group: is missing") for line in lines)


def test_a_response_is_read_under_the_version_that_it_names(run, sent, content):
    other = json.loads(sent.read_bytes())
    other["questionnaire"] = other["questionnaire"].replace(content.version, "2019.7")
    del other["extension"]
    sent.write_text(json.dumps(other), "utf-8")
    code, _, err = run("result", sent)
    assert code == 0
    assert "'2019.7'" in err


def test_a_response_to_another_content_of_that_name_is_refused(run, sent):
    other = json.loads(sent.read_bytes())
    other["extension"][0]["valueString"] = "0" * 64
    sent.write_text(json.dumps(other), "utf-8")
    code, out, err = run("result", sent)
    assert (code, out) == (2, b"")
    assert "was made with version" in err


def test_a_response_may_come_through_a_pipe(sent, answers):
    command = [sys.executable, "-m", "questionnaire", "result", "-", "--json"]
    made = [
        subprocess.run(command, input=file.read_bytes(), capture_output=True, check=True).stdout
        for file in (sent, answers)
    ]
    assert made[0] == made[1]


def test_another_resource_is_named_for_what_it_is(run, tmp_path):
    (tmp_path / "bundle.json").write_text('{"resourceType": "Bundle", "type": "batch"}', "utf-8")
    code, _, err = run("result", tmp_path / "bundle.json")
    assert code == 2
    assert "resourceType is 'Bundle'; it must be 'QuestionnaireResponse'" in err


def test_what_is_no_fhir_waits_for_nothing_that_reads_fhir(answers):
    program = (
        "import sys; from questionnaire.cli.main import main; "
        f"main(['result', {str(answers)!r}]); "
        "print({'fhir.resources', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.endswith(b"set()\n")


def test_the_word_in_somebodys_note_makes_no_resource_of_an_answers_file(baseline):
    assert not is_resource(in_file(baseline | {"notes": '"resourceType"'}))
    assert not is_resource(b'["resourceType"]')
    assert not is_resource(b'{"resourceType"')
    assert is_resource(b'\xef\xbb\xbf {"resourceType": 1}')
