"""Where no PDF can be made, as Pango is missing: the report is a page, and nothing is lost."""

import json
import os
import stat

import pytest
from forms import PEOPLE
from program import lines_for, plainly

NO_PANGO = "raise OSError(\"cannot load library 'libpango-1.0.so.0'\")\n"


@pytest.fixture
def broken(tmp_path):
    """What the program finds in place of WeasyPrint on a machine without Pango."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "weasyprint.py").write_text(NO_PANGO, encoding="utf-8")
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PYTHONPATH": path}


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def test_the_interview_offers_a_page_instead(content, work, broken):
    person = PEOPLE["typical"] | {"notes": "Will it hurt?"}
    done = plainly(work, [*lines_for(content, person), "1", "1"], "-o", "mine.pdf", **broken)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the report: cannot be made: cannot load library" in done.stdout
    told = " ".join(done.stdout.split())
    assert content.words["page_instead"] in told
    assert "The report is saved as acupuncture-report.html" in told
    (page,) = work.iterdir()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "Margaret O&#39;Neill" in page.read_text(encoding="utf-8")


def test_whoever_wants_no_page_can_still_keep_a_draft(content, work, broken):
    child = {"country": "uk", "answered_by": "self", "age_group": "under_18"}
    lines = [*lines_for(content, child), "1", "1", "3", "1", "kept.json"]
    done = plainly(work, lines, **broken)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path.name for path in work.iterdir()] == ["kept.json"]


def test_the_command_says_that_a_page_can_be_made(content, work, broken):
    answers = {"format": "acuscreen-answers/1", "answers": {"age_group": "under_18"}}
    (work / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    done = plainly(work, [], "report", "answers.json", "-o", "report.pdf", **broken)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert content.words["page_works"] in done.stderr
    done = plainly(work, [], "report", "answers.json", "--html", "-o", "report.html", **broken)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(path.name for path in work.iterdir()) == ["answers.json", "report.html"]
