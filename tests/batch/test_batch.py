"""Many reports in one run: nobody's is lost, half, twice made or another's."""

import csv
import io
import json
import os
import pickle
import random
import signal
import stat
import subprocess
import sys
import time
from datetime import date
from itertools import islice

import pexpect
import pikepdf
import pytest

from questionnaire.answers.file import answers_of
from questionnaire.answers.rows import Row
from questionnaire.batch.names import report_name
from questionnaire.batch.run import Stopped, Tally, run
from questionnaire.batch.task import Bad, Made, Reporter, Task
from questionnaire.cli.main import main
from questionnaire.conclusion.baseline import well
from questionnaire.content.versions import read_released, released_versions
from questionnaire.errors import WriteError
from questionnaire.report import documents as telling
from questionnaire.report.settings import Settings
from questionnaire.system.lookahead import Died

COMMAND = [sys.executable, "-m", "questionnaire", "batch"]
TODAY = date(2026, 11, 22)
PATIENCE = 60
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def in_file(answers, **parts):
    return json.dumps({"format": "acuscreen-answers/1", "answers": answers, **parts})


def one_by_one(reporter, tasks, file):
    """All the work, in this process."""
    return (file(task, reporter.attempt(task)) for task in tasks)


class Maker:
    """Makes, at no cost, something that begins and ends as a PDF does; keeps for whom it did."""

    def __init__(self):
        self.made = []

    def __call__(self, case, settings):
        self.made.append(case.record.said)
        return b"%PDF-1.7\n" + repr(case.record.said).encode() + b"\n%%EOF\n"


@pytest.fixture
def make():
    return Maker()


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def batch(tmp_path, content, make, out):
    """Run over a file or a folder, in this process."""

    def batch(source, work=one_by_one, settings=None, folder=out):
        reporter = Reporter(content, settings or Settings(TODAY), make, is_fixed=False)
        return run(source, folder, reporter, work)

    return batch


@pytest.fixture
def lines(tmp_path):
    """NDJSON of these people."""

    def lines(*people, name="in.ndjson"):
        path = tmp_path / name
        path.write_text("".join(f"{each}\n" for each in people))
        return path

    return lines


@pytest.fixture
def people(baseline):
    return [in_file(baseline | {"pain_average": each, "name": f"P{each}"}) for each in range(5)]


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def reports(out):
    return sorted(path.name for path in out.glob("*.pdf"))


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_each_row_gets_a_report_and_a_line(batch, lines, people, out, content):
    assert batch(lines(*people)) == Tally(made=5)
    summary = table(out / "summary.csv")
    assert [each["row"] for each in summary] == [f"line {number}" for number in range(1, 6)]
    assert sorted(each["report"] for each in summary) == reports(out)
    assert summary[0] | {"row": "", "report": ""} == {
        "row": "",
        "report": "",
        "outcome": "discuss",
        "warnings": "0",
        "warnings_ids": "",
        "doctor_first": "0",
        "doctor_first_ids": "",
        "cautions": "0",
        "cautions_ids": "",
        "benefits": "2",
        "benefits_ids": "used_for_chronic_pain;used_for_back_pain",
        "content": content.version,
    }
    assert table(out / "problems.csv") == []


def test_each_report_is_on_the_answers_of_its_own_row(batch, lines, people, out):
    batch(lines(*people))
    for each in table(out / "summary.csv"):
        number = int(each["row"].split()[1]) - 1
        assert each["report"].startswith(f"row-{number + 1}-")
        assert f"'name': 'P{number}'".encode() in (out / each["report"]).read_bytes()


def test_what_is_found_is_counted_and_named(batch, lines, baseline, out):
    found = {"warning_nerves": ["numb_saddle"], "current_medicines": ["anticoagulant"]}
    batch(lines(in_file(baseline | found | {"pain_checked": "no"})))
    (told,) = table(out / "summary.csv")
    assert (told["outcome"], told["benefits"], told["warnings_ids"]) == (
        "emergency",
        "0",
        "numb_saddle",
    )
    assert told["doctor_first_ids"] == "pain_not_checked"
    assert told["cautions"] == "2"
    assert told["cautions_ids"] == "anticoagulant;anticoagulant_deep_needling"


def test_bad_rows_are_listed_and_the_rest_is_done(batch, lines, people, out, capsys):
    source = lines(people[0], "{not json", people[1], in_file({"pain_average": 77}), people[2])
    assert batch(source) == Tally(made=3, bad=2)
    assert [each["row"] for each in table(out / "summary.csv")] == ["line 1", "line 3", "line 5"]
    problems = table(out / "problems.csv")
    assert problems[0]["row"] == "line 2"
    assert problems[0]["fault"].startswith("not JSON (line 1, column 2")
    assert {each["row"] for each in problems[1:]} == {"line 4"}
    assert "pain_average: is 77; it must be a whole number from 0 to 10" in {
        each["fault"] for each in problems
    }
    assert capsys.readouterr().err.splitlines() == [
        f"acuscreen: {source}: {each['row']}: {each['fault']}" for each in problems
    ]


def test_a_row_with_no_end_of_faults_is_told_with_an_end(batch, lines, out):
    batch(lines(in_file({f"question_{each}": 1 for each in range(5000)})))
    problems = table(out / "problems.csv")
    assert len(problems) == 51
    assert problems[-1]["fault"].endswith(" more faults")


def test_files_and_the_folder_are_the_owners_alone(batch, lines, people, out):
    batch(lines(*people))
    assert mode(out) == 0o700
    assert {mode(path) for path in out.iterdir()} == {0o600}


def test_started_again_it_does_nothing_twice(batch, lines, people, out, make):
    source = lines(*people)
    batch(source)
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    summary = (out / "summary.csv").read_bytes()
    (out / reports(out)[2]).unlink()
    assert batch(source) == Tally(made=1, there=4)
    after = {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    assert after.keys() == before.keys()
    assert sum(after[name] != before[name] for name in before) == 1
    assert len(make.made) == 6
    assert (out / "summary.csv").read_bytes() == summary
    assert sorted(path.name for path in out.glob("*.csv")) == ["problems.csv", "summary.csv"]


def test_the_next_day_it_goes_on(batch, lines, people):
    batch(lines(*people))
    later = Settings(date(2027, 1, 1))
    assert batch(lines(*people), settings=later) == Tally(there=5)


@pytest.mark.parametrize("settings", [{"paper": "letter"}, {"countries": ("uk",)}])
def test_another_paper_or_country_is_another_report(batch, lines, people, settings):
    batch(lines(*people))
    assert batch(lines(*people), settings=Settings(TODAY, **settings)) == Tally(made=5)


def test_other_answers_are_another_report_and_the_old_one_stays(batch, lines, people, out):
    batch(lines(*people))
    old = {name: (out / name).read_bytes() for name in reports(out)}
    assert batch(lines(people[1], *people[1:])) == Tally(made=1, there=4)
    assert len(reports(out)) == 6
    assert {name: (out / name).read_bytes() for name in old} == old


def test_a_table_that_says_something_else_is_kept(batch, lines, people, out):
    batch(lines(*people[:2]))
    monday = (out / "summary.csv").read_bytes()
    for _ in range(2):
        batch(lines(*people))
    (kept,) = out.glob("summary-*.csv")
    assert kept.read_bytes() == monday
    assert len(table(out / "summary.csv")) == 5


@pytest.mark.parametrize("name", ["summary.csv", "problems.csv"])
def test_a_file_of_somebody_else_is_left_and_told_before_any_work(
    batch, lines, people, out, make, name
):
    out.mkdir()
    (out / name).write_text("mine")
    with pytest.raises(WriteError, match=f"{name}: is there already"):
        batch(lines(*people))
    assert [(path.name, path.read_text()) for path in out.iterdir()] == [(name, "mine")]
    assert make.made == []


def test_a_report_that_is_not_whole_is_left_and_told(batch, lines, people, out):
    batch(lines(*people))
    half = out / reports(out)[0]
    half.write_bytes(half.read_bytes()[:-9])
    kept = half.read_bytes()
    assert batch(lines(*people)) == Tally(there=4, bad=1)
    assert half.read_bytes() == kept
    assert table(out / "problems.csv")[0]["fault"] == (
        f"{half.name} is there and is no whole report; move it elsewhere"
    )


def test_a_report_that_is_taken_away_meanwhile_is_told(batch, lines, people, out):
    batch(lines(*people[:2]))
    there = reports(out)

    def taking_away(reporter, tasks, file):
        for task in tasks:
            (out / there.pop(0)).unlink()
            yield file(task, reporter.attempt(task))

    assert batch(lines(*people[:2]), taking_away) == Tally(bad=2)
    for each in table(out / "problems.csv"):
        assert each["fault"].endswith("has been taken away meanwhile; start again to make it")
    assert batch(lines(*people[:2])) == Tally(made=2)


def test_two_rows_with_the_same_answers_are_two_people_unless_one_id_says_otherwise(
    batch, tmp_path, out
):
    """Two people may say the same; one and the same row twice is one report."""
    path = tmp_path / "in.csv"
    path.write_text("id,age_group\n,under_18\n,under_18\nann,under_18\nann,under_18\n")
    assert batch(path) == Tally(made=3, there=1)
    assert [name.split("-")[0] for name in reports(out)] == ["ann", "row", "row"]


def test_names_that_look_alike_once_harmless_stay_apart(batch, tmp_path, out):
    path = tmp_path / "in.csv"
    path.write_text("id,age_group\na/b,under_18\na b,under_18\na-b,under_18\n")
    assert batch(path) == Tally(made=3)
    assert [name[:4] for name in reports(out)] == ["a-b-"] * 3


ODD = {
    "../../etc/passwd": "etc-passwd-",
    "..": "report-",
    ".hidden": "hidden-",
    "-rf": "rf-",
    "=cmd|' /C calc'!A0": "cmd-C-calc-A0-",
    "@SUM(1)": "SUM-1-",
    "a\x00b\x1b[31m": "a-b-31m-",
    "": "report-",
    "\u202egnp.exe": "gnp-exe-",
    "\udcff\udcfe": "report-",
    "Zoë Żółć 報告": "Zoë-Żółć-報告-",
    "e\u0301": "é-",
    "🤕" * 100: "report-",
    "報" * 300: "報" * 50 + "-",
    "CON": "CON-",
}


@pytest.mark.parametrize("name", ODD, ids=map(ascii, ODD))
def test_any_name_is_made_harmless(content, tmp_path, name):
    told = report_name(name, answers_of(content, {}), Settings(TODAY))
    stem, digest = told.rsplit("-", 1)
    assert f"{stem}-" == ODD[name]
    assert len(digest) == len("0123456789ab.pdf")
    (tmp_path / told).touch()
    assert [path.name for path in tmp_path.iterdir()] == [told]


def test_a_report_is_never_called_after_the_person(batch, lines, baseline, out):
    private = {"name": "Ada Bell", "notes": "Will it hurt?"}
    batch(lines(in_file(baseline | private)))
    told = " ".join(reports(out)) + (out / "summary.csv").read_text()
    assert "Ada" not in told
    assert "hurt" not in told


def test_no_cell_is_a_formula(batch, tmp_path, out):
    source = tmp_path / "in"
    source.mkdir()
    for first in BEGINS_A_FORMULA:
        (source / f"{first}1+1.json").write_text(in_file({"age_group": "under_18"}))
        (source / f"{first}bad.json").write_text(in_file({"=1+1": "=1+1"}))
    assert batch(source) == Tally(made=10, bad=10)
    for name in ("summary.csv", "problems.csv"):
        text = (out / name).read_text(encoding="utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert [cell for cell in cells if cell.startswith(BEGINS_A_FORMULA)] == []
    assert {each["row"] for each in table(out / "summary.csv")} > {"'=1+1.json", "'@1+1.json"}


def test_answers_are_read_under_the_version_they_name_or_the_one_that_is_given(content, make):
    kept = read_released(released_versions()[0], content)
    named = answers_of(kept, well(kept)).decode()
    reporter = Reporter(content, Settings(TODAY), make, is_fixed=False)
    tasks = [
        Task(Row(f"line {each}", str(each), named.encode()), is_there=False) for each in range(2)
    ]
    made = [reporter.attempt(task) for task in tasks]
    assert {each.filed.content for each in made} == {kept.version}
    assert len(reporter._known) == 1
    refused = Task(Row("", "", named.replace(kept.sha256, "1" * 64).encode()), is_there=False)
    assert "but not with the one of that name here" in reporter.attempt(refused).faults[0]
    fixed = Reporter(kept, Settings(TODAY), make, is_fixed=True)
    assert isinstance(fixed.attempt(tasks[0]), Made)


def test_a_version_that_we_do_not_have_is_told_once(batch, lines, baseline, content, capsys):
    source = lines(*(in_file(baseline, content={"version": "1875.1"}) for _ in range(3)))
    assert batch(source) == Tally(made=3)
    words = content.words["content_differs"].format(theirs="'1875.1'", ours=content.version)
    told = f"acuscreen: {source}: line 1, and perhaps others: {words}\n"
    assert capsys.readouterr().err == told


def test_a_fault_of_ours_costs_one_row_and_tells_no_answer(
    batch, lines, people, make, out, content
):
    def make_or_fail(case, settings):
        if case.record.answers["pain_average"] == 2:
            raise ValueError(case.record.answers["name"])
        return make(case, settings)

    reporter = Reporter(content, Settings(TODAY), make_or_fail, is_fixed=False)
    assert run(lines(*people), out, reporter, one_by_one) == Tally(made=4, bad=1)
    assert table(out / "problems.csv") == [
        {"row": "line 3", "fault": "no report could be made (ValueError); please tell its makers"}
    ]


def test_a_process_that_died_is_told_and_its_row_is_done_the_next_time(batch, lines, people, out):
    def dying(reporter, tasks, file):
        for task in tasks:
            is_lost = task.row.place == "line 2"
            yield file(task, Died("it was killed") if is_lost else reporter.attempt(task))

    assert batch(lines(*people), dying) == Tally(made=4, bad=1)
    assert table(out / "problems.csv") == [
        {"row": "line 2", "fault": "it was killed; start again to make it"}
    ]
    assert batch(lines(*people)) == Tally(made=1, there=4)
    assert len(table(out / "summary.csv")) == 5


def test_when_nothing_can_be_written_any_more_all_stops(batch, lines, people, out, make, content):
    def fail_at_two(case, settings):
        if case.record.answers["pain_average"] == 2:
            raise WriteError("the report: cannot be made.")
        return make(case, settings)

    reporter = Reporter(content, Settings(TODAY), fail_at_two, is_fixed=False)
    with pytest.raises(WriteError, match="cannot be made"):
        run(lines(*people), out, reporter, one_by_one)
    assert len(reports(out)) == len(list(out.iterdir())) == 2


def test_stopped_it_says_how_far_it_came_and_leaves_no_half_table(batch, lines, people, out):
    def stopping(*work):
        yield from islice(one_by_one(*work), 3)
        raise KeyboardInterrupt

    with pytest.raises(
        Stopped, match=r"^stopped; .*out holds 3 reports\. Start it again to go on\.$"
    ):
        batch(lines(*people), stopping)
    assert list(out.glob("*.csv")) == []
    assert batch(lines(*people)) == Tally(made=2, there=3)


def test_being_told_to_end_is_being_stopped(batch, lines, people, out):
    def told_to_end(*work):
        yield from islice(one_by_one(*work), 1)
        os.kill(os.getpid(), signal.SIGTERM)
        yield from one_by_one(*work)

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Stopped, match="holds 1 report"):
        batch(lines(*people), told_to_end)
    assert signal.getsignal(signal.SIGTERM) == before


def test_halves_that_a_killed_run_left_are_cleared_away(batch, lines, people, out):
    out.mkdir()
    (out / ".acuscreen-abc").write_bytes(b"half a report")
    (out / "mine").touch()
    batch(lines(people[0]))
    assert not (out / ".acuscreen-abc").exists()
    assert (out / "mine").exists()


def test_two_runs_do_not_meet_in_one_folder(batch, lines, people, out, monkeypatch):
    monkeypatch.setattr("questionnaire.system.lock._PATIENCE", 0)

    def starting_another(*work):
        with pytest.raises(WriteError, match="another batch is at work in it"):
            batch(lines(people[1], name="other.ndjson"))
        return one_by_one(*work)

    assert batch(lines(people[0]), starting_another) == Tally(made=1)


def test_a_reporter_can_be_handed_to_another_process(content):
    reporter = Reporter(content, Settings(TODAY), telling.to_pdf, is_fixed=False)
    task = Task(Row("line 1", "a", b"", "bad"), is_there=False)
    handed = pickle.loads(pickle.dumps(reporter))  # noqa: S301  our own
    assert handed.attempt(task) == reporter.attempt(task) == Bad("line 1", ("bad",))


# The command


def started(*arguments):
    """Start the real program as the leader of a group of its own."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def once_there(out, number):
    """Wait until so many reports are there."""
    until = time.monotonic() + PATIENCE
    while len(reports(out)) < number:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture
def many(tmp_path, content):
    """A table of 8 people with short reports, and of two bad rows."""
    path = tmp_path / "in.csv"
    rows = [f"p{each},under_18,ok" for each in range(8)]
    path.write_text("\n".join(["id,age_group,notes", *rows[:3], "bad,,", "x,y", *rows[3:], ""]))
    return path


@pytest.mark.exhaustive
def test_killed_at_any_moment_it_leaves_whole_reports_and_goes_on(many, out):
    with started(many, out, "--workers", "2") as program:
        once_there(out, 1)
        time.sleep(random.uniform(0, 0.5))  # noqa: S311  any moment will do
        os.killpg(program.pid, signal.SIGKILL)
    assert {path.suffix for path in out.glob("[!.]*")} <= {".pdf", ".csv"}
    before = looked_at(out)
    assert before
    with started(many, out, "--workers", "2") as program:
        told, errors = program.communicate(timeout=PATIENCE)
    assert program.returncode == 1
    assert told == (
        f"{out}: {8 - len(before)} report{'s' * (len(before) != 7)} made, "
        f"{len(before)} there before; 2 bad rows, listed in problems.csv.\n"
    )
    assert len(table(out / "summary.csv")) == len(reports(out)) == 8
    assert {each["row"] for each in table(out / "problems.csv")} == {"line 5", "line 6"}
    assert "line 6: has 2 cells, and there are 3 columns" in errors
    assert before.items() <= looked_at(out).items()


def looked_at(out):
    """When each report was written; it opens, so it is whole."""
    for name in reports(out):
        pikepdf.open(out / name).close()
    return {name: (out / name).stat().st_mtime_ns for name in reports(out)}


def test_ctrl_c_ends_it_soon_and_says_how_to_go_on(many, out):
    with started(many, out) as program:
        once_there(out, 1)
        os.killpg(program.pid, signal.SIGINT)
        told, errors = program.communicate(timeout=PATIENCE)
    assert (program.returncode, told) == (130, "")
    there = f"{len(reports(out))} report{'s' * (len(reports(out)) != 1)}"
    assert errors == f"acuscreen: stopped; {out} holds {there}. Start it again to go on.\n"
    assert {path.suffix for path in out.iterdir()} == {".pdf"}


@pytest.mark.parametrize(
    ("source", "folder", "code", "told"),
    [
        ("empty", "out", 2, "empty: holds no answers"),
        ("missing", "out", 2, "missing: cannot be read"),
        ("strange.csv", "out", 2, "line 1: names no question"),
        ("empty", "empty/../empty", 2, "name another folder"),
        ("good.ndjson", "strange.csv", 3, "cannot be made: file exists"),
    ],
)
def test_the_code_tells_what_is_wrong(
    tmp_path, capsys, monkeypatch, content, source, folder, code, told
):
    monkeypatch.setattr("questionnaire.cli.main.read_content", lambda _: content)
    (tmp_path / "empty").mkdir()
    (tmp_path / "strange.csv").write_text("colour\nred\n")
    (tmp_path / "good.ndjson").write_text(in_file({"age_group": "under_18"}))
    assert main(["batch", str(tmp_path / source), str(tmp_path / folder)]) == code
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", "9999999"])
def test_a_number_of_workers_that_is_none_is_refused(number, tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["batch", str(tmp_path), str(tmp_path / "out"), "--workers", number])
    assert "a whole number from 1 to 512" in capsys.readouterr().err


def test_who_has_no_dask_is_told_how_to_get_it(many, out, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "questionnaire.system.cluster", raising=False)
    assert main(["batch", str(many), str(out), "--scheduler", "tcp://127.0.0.1:8786"]) == 2
    told = "--scheduler: what it takes is not installed; ./run setup cluster installs it.\n"
    assert capsys.readouterr().err == f"acuscreen: {told}"
    assert not out.exists()


def test_one_computer_or_a_cluster_is_chosen_and_not_both(many, out, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["batch", str(many), str(out), "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"])
    assert "not allowed with argument --workers" in capsys.readouterr().err


BAR = """
from questionnaire.system.progress import progress
with progress(lambda: 3) as shown:
    shown.step()
    shown.say("line 2 is bad")
    shown.step()
"""


def test_a_terminal_shows_how_far_it_is_and_a_pipe_only_what_is_bad():
    terminal = pexpect.spawn(sys.executable, ["-c", BAR], dimensions=(24, 80), encoding="utf-8")
    shown = terminal.read()
    assert "2/3" in shown
    assert "\rline 2 is bad\r\n" in shown
    piped = subprocess.run([sys.executable, "-c", BAR], capture_output=True, text=True, check=True)
    assert (piped.stdout, piped.stderr) == ("", "line 2 is bad\n")
