"""How the command is called: its options, its help, and a wrong call told in a line."""

import re
from importlib.metadata import version

import pytest

from questionnaire.cli.parser import parse
from questionnaire.content.content import ROOT


@pytest.mark.parametrize(
    "command",
    [("result", "missing"), ("result", "missing", "--json"), ("report", "missing", "-o", "-"), ()],
)
def test_an_unknown_country_is_reported_before_anything_is_read(run, command):
    assert run(*command, "--country", "uk", "--country", "xx") == (
        2,
        b"",
        "acuscreen: xx is not a country here; there are: uk, ie, eu, us, ca, au, nz, elsewhere.\n",
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
def test_wrong_usage_is_reported_on_standard_error(run, wrong):
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
            assert re.search(rf"answer where the person is:.*\b{country.id}\b", words)


def test_the_version_says_which_program_runs(run):
    assert run("--version") == (0, f"acuscreen {version('acuscreen')} ({ROOT})\n".encode(), "")


@pytest.mark.parametrize("command", [(), ("enter",)])
def test_two_files_need_two_names(run, command):
    assert run(*command, "--answers", "a", "--save", "b", "-o", "./b") == (
        2,
        b"",
        "acuscreen: --save, --answers and -o name one file; give each a name of its own.\n",
    )


@pytest.mark.parametrize("option", ["--output", "--answers", "--save", "--resume"])
def test_the_questions_need_names_for_files(run, option):
    assert run(option, "-") == (
        2,
        b"",
        'acuscreen: "-" is for commands without questions; give the file a name.\n',
    )


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


def test_an_unknown_option_is_refused_with_the_usage_of_its_command(run):
    err = run("batch", "answers", "reports", "--force")[2]
    assert err.startswith("usage: acuscreen batch")
    assert err.endswith("acuscreen batch: error: unrecognized arguments: --force\n")


def test_an_unknown_command_is_refused_with_the_known_ones(run):
    err = run("rapporto")[2]
    assert "argument [COMMAND]: invalid choice: 'rapporto'" in err
    assert "'report'" in err


@pytest.mark.parametrize("before", [True, False])
def test_data_and_code_can_be_left_out_before_the_command_and_behind_it(before):
    report, out = ["report", "answers.json", "-o", "report.pdf"], ["--no-data", "--no-qr"]
    assert parse(report).data
    assert parse(report).code
    left_out = parse([*out, *report] if before else [*report, *out])
    assert not left_out.data
    assert not left_out.code
    assert not parse(out).data
