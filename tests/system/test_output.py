"""Whatever is printed can be shown, whichever signs the terminal or the pipe lacks."""

import io
import os
import subprocess
import sys
from pathlib import Path
from unicodedata import category

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import COMMAND, lines_for, plainly

from questionnaire.content.content import ROOT
from questionnaire.errors import WriteError
from questionnaire.system.nearest import nearest
from questionnaire.system.output import print_aside, print_text, showable, write_to_stdout

FULL = Path("/dev/full")
NO_TEXT = "z\udce9"
"""A file name in Latin-1, as Python hands it over where names are in UTF-8."""

LACKING = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "latin-1": {"PYTHONIOENCODING": "iso-8859-1"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "C": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "utf-8": {"PYTHONIOENCODING": "utf-8"},
}


@pytest.fixture
def run(tmp_path):
    """Run the real program in an empty folder: its exit code, its output and its messages."""

    def run(*arguments, **environment):
        done = subprocess.run(
            [*COMMAND, *arguments],
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def stream(encoding):
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


@given(text=st.text(st.characters(codec=None)))
@pytest.mark.parametrize(
    "encoding", ["ascii", "iso-8859-1", "cp1252", "cp437", "koi8-r", "shift_jis", "utf-8", "utf-16"]
)
def test_any_text_can_be_shown_in_any_encoding(encoding, text):
    out = stream(encoding)
    shown = showable(text, out)
    assert out.write(shown) == len(shown)
    assert not [sign for sign in shown if category(sign) == "Cc" and sign not in "\n\t"]


def test_what_can_be_shown_stays_as_it_is():
    text = "“Łódź” — 報告 …\n\tand more"
    assert showable(text, stream("utf-8")) == text
    assert showable("Zoë’s", stream("cp1252")) == "Zoë’s"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“It’s” ‘so’ „then“", '"It\'s" \'so\' "then"'),
        ("now – then — never… 3‑4 −5", "now - then - never... 3-4 -5"),
        ("pain · question", "pain - question"),
        ("← ↑ ↓ → »", "< ^ v > >"),
        ("Zoë Łódź Ørsted cafe\u0301 Straße Æsop", "Zoe Lodz Orsted cafe Strasse AEsop"),
        ("½ ﬁ ² ① 5\xa0mg\u202fa", "1/2 fi 2 1 5 mg a"),
        ("soft\xadhyphen a\u200bb\ufeff", "softhyphen ab"),
        ("報告 Ж \U0001f600", "?? ? ?"),
        (NO_TEXT, "z?"),
    ],
)
def test_what_cannot_be_shown_is_replaced_by_its_nearest_sign(text, shown):
    assert showable(text, stream("ascii")) == shown


def test_a_byte_that_is_no_text_is_a_question_mark_everywhere():
    for encoding in ("utf-8", "utf-16", "iso-8859-1", "ascii"):
        assert showable(NO_TEXT, stream(encoding)) == "z?"


def test_no_sign_of_our_own_words_is_a_question_mark():
    files = [each for folder in ("questionnaire", "rules") for each in (ROOT / folder).rglob("*")]
    texts = [each.read_text("utf-8") for each in files if each.suffix in {".toml", ".py"}]
    signs = {sign for text in texts for sign in text if not sign.isascii()}
    assert "“" in signs
    assert [sign for sign in sorted(signs) if nearest(sign, "ascii") == "?"] == []


def test_nothing_that_is_printed_steers_the_terminal():
    told = showable("a\x1b[2Jb\rc\x9b1m\x07d", stream("utf-8"))
    assert told == "a\ufffd[2Jb\ufffdc\ufffd1m\ufffdd"


def test_nothing_that_is_printed_turns_the_direction_of_what_follows():
    turned = "report\u202efdp.\u2066x\u2069 \u200f2026\u061c"
    told = showable(turned, stream("utf-8"))
    assert told == "report\ufffdfdp.\ufffdx\ufffd \ufffd2026\ufffd"


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param(each, id=name, marks=() if name == "ascii" else pytest.mark.exhaustive)
        for name, each in LACKING.items()
    ],
)
def test_a_file_name_that_is_no_text_is_told_and_ends_nothing(run, tmp_path, environment):
    (tmp_path / f"{NO_TEXT}.json").write_text(
        '{"format": "acuscreen-answers/1", "answers": {"age_group": "under_18",'
        ' "answered_by": "self"}}'
    )
    answers = f"{NO_TEXT}.json"
    code, out, err = run("batch", answers, NO_TEXT, **environment)
    assert (code, out, err) == (0, b"z?: 1 report made, 0 there before.\n", b"")
    assert run("report", answers, "-o", f"{NO_TEXT}.html", **environment) == (0, b"", b"")
    code, out, err = run("report", answers, "-o", f"{NO_TEXT}.html", **environment)
    assert (code, out) == (3, b"")
    assert err.startswith(b"acuscreen: z?.html: is there already")
    code, out, err = run("result", f"{NO_TEXT}.txt", **environment)
    assert (code, err) == (2, b"acuscreen: z?.txt: cannot be read: no such file or directory.\n")
    assert run("result", answers, f"--{NO_TEXT}", **environment)[2].endswith(b"--z?\n")


def test_a_bad_row_of_a_file_whose_name_is_no_text_is_told(run, tmp_path):
    (tmp_path / f"{NO_TEXT}.ndjson").write_text("{}\n")
    code, _, err = run("batch", f"{NO_TEXT}.ndjson", "out", PYTHONIOENCODING="ascii")
    assert code == 1
    assert err.startswith(b"acuscreen: z?.ndjson: line 1: ")


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1"])
def test_an_interview_runs_to_its_end_where_signs_are_lacking(
    content, baseline, tmp_path, encoding
):
    lines = [*lines_for(content, baseline), "1"]
    done = plainly(tmp_path, lines, "-o", "report.html", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The report is saved as report.html" in done.stdout
    assert (tmp_path / "report.html").exists()


def test_the_result_is_printed_in_the_signs_of_the_terminal(run, tmp_path, baseline):
    (tmp_path / "a.json").write_text(
        '{"format": "acuscreen-answers/1", "answers": {"pain_types": ["back"],'
        ' "warning_any": ["chest_pain"]}}'
    )
    code, out, _ = run("result", "a.json", PYTHONIOENCODING="ascii")
    assert code == 0
    assert out.decode("ascii")
    assert run("result", "a.json", PYTHONIOENCODING="utf-8")[1].decode("utf-8")


BAR = """
from questionnaire.system.progress import progress
with progress(lambda: 2) as shown:
    shown.step()
    shown.say("“z\\udce9” is bad")
    shown.step()
"""


def test_above_a_bar_too():
    bar = pexpect.spawn(
        sys.executable,
        ["-c", BAR],
        dimensions=(24, 80),
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
    )
    shown = bar.read()
    assert b'\r"z?" is bad\r\n' in shown
    assert b"2/2" in shown


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("command", [["--help"], ["--version"], ["check", "--help"]])
def test_help_for_a_full_disk_is_told_like_all_else(command):
    with FULL.open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *command], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (
        3,
        b"acuscreen: standard output: cannot be written: no space left on device.\n",
    )


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("end", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize("command", ["result missing.json", "--no-such-option"])
def test_where_no_error_can_be_told_the_exit_code_is_the_same(end, command):
    line = f'"$0" -m questionnaire {command} {end}'
    done = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_a_closed_standard_output_is_reported(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(WriteError, match="standard output: is closed"):
        print_text("result")
    with pytest.raises(WriteError, match="standard output: is closed"):
        write_to_stdout(b"result")


def test_a_closed_standard_error_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    print_aside("nobody reads this")
