"""The command: what it prints where, its exit codes, and that an error is a line and no more."""

import io
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pypdfium2
import pytest

from questionnaire.cli.exit_codes import DONE, STOPPED, UNWRITTEN, WRONG
from questionnaire.cli.main import main
from questionnaire.content.content import ROOT
from questionnaire.report.documents import today

COMMAND = [sys.executable, "-m", "questionnaire"]
CHILD = {"age_group": "under_18"}
FULL = Path("/dev/full")
EMERGENCY = {"pain_types": ["back"], "warning_any": ["chest_pain"]}


@pytest.fixture
def run(capsysbinary):
    """Run the command in this process: its exit code, its output, and its messages."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code
        printed = capsysbinary.readouterr()
        return code, printed.out, printed.err.decode()

    return run


@pytest.fixture
def types(monkeypatch):
    """Lay bytes on standard input."""
    return lambda raw: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


@pytest.fixture
def file_of(tmp_path):
    """Write an answers file, and give its path back."""

    def write(answers, **parts):
        path = tmp_path / "answers.json"
        path.write_bytes(in_file(answers, **parts))
        return path

    return write


def in_file(answers, **parts):
    return json.dumps({"format": "acuscreen-answers/1", "answers": answers, **parts}).encode()


def text_of(pdf):
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join("\n".join(pages).split())


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


def test_a_rule_that_is_none_is_told_with_those_of_a_like_name(run, file_of, baseline):
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
    path = file_of(baseline | {"needles": "brave", "pain_average": True})
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


def test_answers_that_cannot_be_read_are_told(run, tmp_path):
    path = tmp_path / "missing.json"
    assert run("result", path) == (
        2,
        b"",
        f"acuscreen: {path}: cannot be read: no such file or directory.\n",
    )


def test_answers_of_another_content_version_are_told_and_taken(run, file_of):
    code, out, err = run("result", file_of(CHILD, content={"version": "2020.1"}), "--json")
    assert (code, json.loads(out)["outcome"]) == (0, "not_for_this_tool")
    assert err.startswith("These answers were made with content version '2020.1'; this is version ")


def test_a_version_that_is_told_moves_no_cursor_and_fills_no_screen(run, file_of):
    path = file_of(CHILD, content={"version": "\x1b[2J\n" + "9" * 1000})
    _, _, err = run("result", path, "--json")
    assert err.strip().isprintable()
    assert len(err) < 200


def test_answers_of_this_content_version_need_no_word(run, file_of, content):
    assert run("result", file_of(CHILD, content={"version": content.version}), "--json")[2] == ""


def test_only_the_numbers_of_the_chosen_countries_are_printed(run, file_of):
    path = file_of(EMERGENCY)
    everywhere = run("result", path)[1].decode()
    chosen = run("result", path, "--country", "us", "--country", "nz")[1].decode()
    assert set(re.findall(r"\b\d\d\d\b", everywhere)) == {"999", "112", "911", "000", "111"}
    assert set(re.findall(r"\b\d\d\d\b", chosen)) == {"911", "111"}


@pytest.mark.parametrize(
    "command",
    [("result", "missing"), ("result", "missing", "--json"), ("report", "missing", "-o", "-"), ()],
)
def test_an_unknown_country_is_told_before_anything_is_read(run, command):
    assert run(*command, "--country", "uk", "--country", "xx") == (
        2,
        b"",
        "acuscreen: xx is not a country here; there are: uk, eu, us, ca, au, nz.\n",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("conclude",),
        ("result",),
        ("result", "a", "b"),
        ("result", "a", "--xml"),
        ("report", "a"),
        ("report", "a", "-o", "b", "--paper", "a3"),
        ("--paper",),
    ],
)
def test_wrong_usage_is_told_on_the_side(run, wrong):
    code, out, err = run(*wrong)
    assert (code, out) == (2, b"")
    assert err.startswith("usage: acuscreen")


@pytest.mark.parametrize("command", [(), ("result",), ("report",), ("explain",)])
def test_the_help_of_every_command_has_an_example(run, command):
    code, out, err = run(*command, "--help")
    example = out.decode().rpartition("example:\n  ")[2]
    assert (code, err) == (0, "")
    assert example.startswith(" ".join(("acuscreen", *command)))


def test_the_example_of_each_command_is_understood(run, file_of, baseline, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    file_of(baseline)
    for command in ("result", "report", "explain"):
        example = run(command, "--help")[1].decode().rpartition("example:\n  ")[2]
        assert run(*example.split()[1:])[0] == 0
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_help_names_every_country(run, content):
    for command in ((), ("result",), ("report",)):
        words = " ".join(run(*command, "--help")[1].decode().split())
        for country in content.countries:
            assert re.search(rf"number of this country alone:.*\b{country.id}\b", words)


def test_the_version_says_which_program_runs(run):
    assert run("--version") == (0, f"acuscreen {version('acuscreen')} ({ROOT})\n".encode(), "")


def test_a_report_is_a_private_file(run, file_of, tmp_path):
    path = tmp_path / "report.pdf"
    assert run("report", file_of(CHILD), "-o", path) == (0, b"", "")
    assert path.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_report_on_standard_output_is_the_same_as_in_a_file(run, file_of, tmp_path, monkeypatch):
    """And the same answers on the same day give the same bytes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    answers, path = file_of(CHILD), tmp_path / "report.pdf"
    assert run("report", answers, "-o", path)[0] == 0
    assert run("report", answers, "-o", "-") == (0, path.read_bytes(), "")
    assert "1 January 2020" in text_of(path)


def test_a_letter_is_shorter_and_wider_than_a4(run, file_of):
    out = run("report", file_of(CHILD), "-o", "-", "--paper", "letter")[1]
    width, height = pypdfium2.PdfDocument(out)[0].get_size()
    assert (round(width), round(height)) == (612, 792)


def test_a_file_that_is_there_is_left_as_it_is(run, file_of, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    assert run("report", file_of(CHILD), "-o", path) == (
        3,
        b"",
        f"acuscreen: {path}: is there already; choose another name, or add --force.\n",
    )
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["answers.json", "./answers.json"])
def test_the_answers_are_never_written_over_by_their_report(run, file_of, tmp_path, name):
    path = file_of(EMERGENCY)
    before = tmp_path.joinpath(path).read_bytes()
    assert run("report", path, "-o", str(tmp_path / name), "--force")[:2] == (2, b"")
    assert tmp_path.joinpath(path).read_bytes() == before


@pytest.mark.parametrize("command", [(), ("enter",)])
def test_two_files_need_two_names(run, command):
    assert run(*command, "--answers", "a", "--save", "b", "-o", "./b") == (
        2,
        b"",
        "acuscreen: --save, --answers and -o name one file; give each a name of its own.\n",
    )


def test_with_force_a_file_is_written_over(run, file_of, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    assert run("report", file_of(CHILD), "-o", path, "--force") == (0, b"", "")
    assert path.read_bytes().startswith(b"%PDF")


def test_wrong_answers_leave_the_old_report_even_with_force(run, file_of, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    assert run("report", file_of({}), "-o", path, "--force")[0] == 2
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["missing/report.pdf", "a" * 300])
def test_a_report_that_cannot_be_written_is_told(run, file_of, tmp_path, name):
    answers = file_of(CHILD)
    code, out, err = run("report", answers, "-o", tmp_path / name)
    assert (code, out, err.count("\n")) == (3, b"", 1)
    assert err.startswith(f"acuscreen: {tmp_path / name}: cannot be written: ")
    assert list(tmp_path.iterdir()) == [answers]


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("1577836799", date(2019, 12, 31)),
        ("1577836800", date(2020, 1, 1)),
    ],
)
def test_the_date_can_be_set_from_outside(monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == day


@pytest.mark.parametrize("epoch", ["", "yesterday", "-1", "1.5", "²", "9" * 15, "9" * 30])
def test_a_date_that_no_calendar_has_is_the_date_of_the_clock(monkeypatch, epoch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = today()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert before <= today() <= date.today()  # noqa: DTZ011  the day on this computer


@pytest.mark.parametrize("option", ["--output", "--answers", "--save", "--resume"])
def test_the_questions_need_names_for_files(run, option):
    assert run(option, "-") == (
        2,
        b"",
        'acuscreen: "-" is for commands without questions; give the file a name.\n',
    )


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
    assert b"Who is filling this in?" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--output", "--answers"])
def test_a_file_that_is_there_stops_before_the_first_question(run, types, tmp_path, option):
    types(b"1\n1\n")
    path = tmp_path / "mine"
    path.touch()
    code, out, err = run(option, path)
    assert (code, out) == (3, b"")
    assert err.startswith(f"acuscreen: {path}: is there already")


def test_a_draft_that_is_none_is_told_by_its_name(run, types, file_of):
    types(b"")
    path = file_of(CHILD)
    code, out, err = run("--resume", path)
    assert (code, out) == (2, b"")
    assert err.startswith(f"acuscreen: {path}: format is 'acuscreen-answers/1'; it must be ")


# What only the whole program shows.


def program(*arguments, stdout=subprocess.PIPE, cwd=None):
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, cwd=cwd, check=False)


def test_the_program_takes_its_arguments_and_ends_with_its_code(file_of):
    done = program("result", file_of({"age_group": "old"}))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"age_group: 'old' is not an option" in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("command", [("result", "--json"), ("report", "-o", "-")])
def test_a_full_disk_behind_standard_output_is_told(file_of, command):
    with FULL.open("wb") as full:
        done = program(*command, file_of(CHILD), stdout=full)
    assert (done.returncode, done.stderr) == (
        3,
        b"acuscreen: standard output: cannot be written: no space left on device.\n",
    )


@pytest.mark.parametrize("command", [("result", "--json"), ("result",)])
def test_a_reader_who_has_seen_enough_is_no_error(file_of, command):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = program(*command, file_of(CHILD), stdout=pipe)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_standard_output_is_told(file_of):
    line = '"$0" -m questionnaire result "$1" --json >&-'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable, file_of(CHILD)], stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (3, b"acuscreen: standard output: is closed.\n")


def test_ctrl_c_stops_with_a_line(tmp_path):
    """While it waits for answers: a pipe with a name opens when it is read."""
    path = tmp_path / "answers.json"
    os.mkfifo(path)
    with subprocess.Popen([*COMMAND, "result", path], stderr=subprocess.PIPE) as waiting:
        with path.open("wb"):
            time.sleep(0.5)  # it is reading by now, and not on its way there
            waiting.send_signal(signal.SIGINT)
            _, err = waiting.communicate(timeout=20)
        assert (waiting.returncode, err) == (130, b"acuscreen: stopped.\n")


def test_content_that_is_wrong_is_told_without_a_traceback(tmp_path, file_of):
    for folder in ("questionnaire", "rules"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "rules" / "bleeding.toml").write_text("[scar]\n", encoding="utf-8")
    done = program("result", file_of(CHILD), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.startswith(b"acuscreen: rules/bleeding.toml: rule 'scar'")


def test_an_option_counts_before_the_command_as_well_as_behind_it(run, file_of):
    emergency = file_of({"pain_types": ["back"], "warning_any": ["chest_pain"]})
    code, printed, _ = run("--country", "us", "result", emergency)
    assert code == 0
    assert b"911" in printed
    assert b"999" not in printed


@pytest.mark.parametrize(
    ("option", "command"),
    [
        ("--html", ("batch", "answers", "reports")),
        ("--answers", ("report", "answers.json", "-o", "report.pdf")),
        ("--save", ("check",)),
        ("--country", ("read", "report.pdf")),
    ],
)
def test_an_option_that_a_command_does_not_have_is_refused_before_it_too(run, option, command):
    value = () if option == "--html" else ("eu",)
    code, out, err = run(option, *value, *command)
    assert (code, out) == (2, b"")
    assert err.startswith(f"usage: acuscreen {command[0]}")
    assert err.endswith(
        f"acuscreen {command[0]}: error: {option} does nothing here; leave it out\n"
    )


def test_plain_lines_may_be_asked_for_before_any_command(run, file_of, baseline):
    assert run("--plain", "result", file_of(baseline)) == run("result", file_of(baseline))


def test_what_a_command_does_not_have_is_told_with_what_it_has(run):
    err = run("batch", "answers", "reports", "--force")[2]
    assert err.startswith("usage: acuscreen batch")
    assert err.endswith("acuscreen batch: error: unrecognized arguments: --force\n")


def test_a_command_that_is_none_is_told_with_those_there_are(run):
    err = run("rapporto")[2]
    assert "argument [COMMAND]: invalid choice: 'rapporto'" in err
    assert "'report'" in err


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
def test_questions_asked_into_a_full_disk_are_told():
    with FULL.open("wb") as full:
        done = program("--plain", stdout=full)
    assert (done.returncode, done.stderr) == (
        3,
        b"acuscreen: standard output: cannot be written: no space left on device.\n",
    )
