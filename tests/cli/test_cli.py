"""The commands: what each prints where, its exit code, and that an error is a line and no more."""

import json
import re
import sys

import pytest
from answers_files import in_file

from questionnaire.cli.exit_codes import DONE, STOPPED, UNWRITTEN, WRONG
from questionnaire.cli.main import main

CHILD = {"age_group": "under_18"}
EMERGENCY = {"pain_types": ["back"], "warning_any": ["chest_pain"]}


def test_the_exit_codes_are_those_promised():
    assert (DONE, WRONG, UNWRITTEN, STOPPED) == (0, 2, 3, 130)


def test_the_result_is_printed_for_programs_and_nothing_else(run, file_of, baseline):
    code, out, err = run("result", file_of(baseline), "--json")
    assert (code, json.loads(out)["outcome"], err) == (0, "discuss", "")


def test_the_result_is_printed_for_people(run, file_of, content, baseline):
    code, out, err = run("result", file_of(baseline))
    assert (code, err) == (0, "")
    assert out.decode().startswith(content.rulebook.outcomes["discuss"].title)
    assert max(len(line) for line in out.decode().splitlines()) <= 78


def test_the_explanation_is_printed_for_people_and_for_programs(run, file_of, content, baseline):
    path = file_of(baseline)
    code, out, err = run("explain", path)
    title = content.rulebook.outcomes["discuss"].title
    assert (code, err) == (0, "")
    assert out.decode().startswith(f"The outcome: {title}\n")
    code, out, err = run("explain", path, "--json")
    assert (code, json.loads(out)["format"], err) == (0, "acuscreen-explanation/1", "")


def test_one_rule_can_be_asked_for(run, file_of, baseline):
    out = run("explain", file_of(baseline), "--rule", "diabetes", "--json")[1]
    assert [each["id"] for each in json.loads(out)["not_found"]] == ["diabetes"]


def test_an_unknown_rule_is_refused_with_those_of_a_similar_name(run, file_of, baseline):
    assert run("explain", file_of(baseline), "--rule", "diabetic") == (
        2,
        b"",
        "acuscreen: 'diabetic' is not a rule here; names like it: diabetes.\n",
    )
    assert "see the files in rules/" in run("explain", file_of(baseline), "--rule", "\x1b[2J")[2]


def test_answers_can_come_through_a_pipe(run, types, baseline):
    types(in_file(baseline))
    code, out, err = run("result", "-", "--json")
    assert (code, json.loads(out)["outcome"], err) == (0, "discuss", "")


def test_too_much_through_a_pipe_is_refused(run, types):
    types(b" " * 1_000_001)
    assert run("result", "-") == (
        2,
        b"",
        "acuscreen: -: larger than 1,000,000 bytes; that is not an answers file\n",
    )


def test_every_fault_is_a_line_that_names_the_file(run, file_of, baseline):
    path = file_of(baseline | {"needles": ["brave"], "pain_average": True})
    code, out, err = run("result", path, "--json")
    assert (code, out) == (2, b"")
    assert [line.partition(";")[0] for line in err.splitlines()] == [
        f"acuscreen: {path}: pain_average: is true",
        f"acuscreen: {path}: needles: 'brave' is not an option",
    ]


@pytest.mark.parametrize("command", [("result",), ("result", "--json"), ("report", "-o")])
def test_with_wrong_answers_nothing_is_printed_and_nothing_written(
    run, file_of, baseline, tmp_path, command
):
    path = file_of(baseline | {"needles": "brave"})
    output = (tmp_path / "report.pdf",) if command[-1] == "-o" else ()
    code, out, err = run(*command, *output, path)
    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert list(tmp_path.iterdir()) == [path]


def test_what_somebody_wrote_is_not_in_an_error(run, file_of, baseline):
    """Errors end up in logs and on other people's screens."""
    private = "I am Ada and this is what I would never tell anybody but my doctor. " * 10
    _, _, err = run("result", file_of(baseline | {"notes": private, "needles": private}))
    assert "notes: has 680 characters; at most 500 are allowed" in err
    assert "tell anybody" not in err
    _, _, err = run("result", file_of(baseline | {"name": ["Ada Lovelace"]}))
    assert "name: is no text; it must be a text of up to 100 characters" in err
    assert "Ada" not in err


def test_unreadable_answers_are_reported(run, tmp_path):
    path = tmp_path / "missing.json"
    assert run("result", path) == (
        2,
        b"",
        f"acuscreen: {path}: cannot be read: no such file or directory.\n",
    )


def test_answers_of_another_content_version_are_used_with_a_warning(run, file_of):
    code, out, err = run("result", file_of(CHILD, content={"version": "2020.1"}), "--json")
    assert (code, json.loads(out)["outcome"]) == (0, "not_for_this_tool")
    assert err.startswith("These answers were made with content version '2020.1'; this is version ")


def test_a_version_in_a_warning_moves_no_cursor_and_fills_no_screen(run, file_of):
    path = file_of(CHILD, content={"version": "\x1b[2J\n" + "9" * 1000})
    _, _, err = run("result", path, "--json")
    assert err.strip().isprintable()
    assert len(err) < 200


def test_answers_of_this_content_version_bring_no_warning(run, file_of, content):
    assert run("result", file_of(CHILD, content={"version": content.version}), "--json")[2] == ""


def test_only_the_numbers_of_the_chosen_countries_are_printed(run, file_of):
    path = file_of(EMERGENCY)
    everywhere = run("result", path)[1].decode()
    chosen = run("result", path, "--country", "us", "--country", "nz")[1].decode()
    assert set(re.findall(r"\b\d\d\d\b", everywhere)) == {"999", "112", "911", "000", "111"}
    assert set(re.findall(r"\b\d\d\d\b", chosen)) == {"911", "111"}


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_the_questions_need_somebody_to_ask(run, monkeypatch, stream):
    with monkeypatch.context() as closed:
        closed.setattr(sys, stream, None)
        code = main([])
    assert code == 2
    assert "one of them is closed" in run("--version")[2]


def test_questions_that_nobody_answers_stop_with_nothing_written(run, types, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    types(b"")
    code, out, err = run("--plain")
    assert (code, err) == (130, "")
    assert b"Where is the person in pain now?" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--output", "--answers"])
def test_an_existing_file_stops_the_program_before_the_first_question(run, types, tmp_path, option):
    types(b"1\n1\n")
    path = tmp_path / "mine"
    path.touch()
    code, out, err = run(option, path)
    assert (code, out) == (3, b"")
    assert err.startswith(f"acuscreen: {path}: is there already")


def test_a_file_that_is_no_draft_is_named_in_the_error(run, types, file_of):
    types(b"")
    path = file_of(CHILD)
    code, out, err = run("--resume", path)
    assert (code, out) == (2, b"")
    assert err.startswith(f"acuscreen: {path}: format is 'acuscreen-answers/1'; it must be ")
