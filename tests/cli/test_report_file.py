"""`acuscreen report`: the file that it writes, and those that it leaves alone."""

import stat
from datetime import date

import pypdfium2
import pytest

from questionnaire.report.settings import today

CHILD = {"age_group": "under_18"}
EMERGENCY = {"pain_types": ["back"], "warning_any": ["chest_pain"]}


def text_of(pdf):
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join("\n".join(pages).split())


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


def test_an_existing_file_is_left_as_it_is(run, file_of, tmp_path):
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
def test_a_report_that_cannot_be_written_is_reported(run, file_of, tmp_path, name):
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
def test_an_impossible_date_gives_way_to_the_clock(monkeypatch, epoch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = today()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert before <= today() <= date.today()  # noqa: DTZ011  the day on this computer
