"""Every report can be read by everyone, and the gate that says so is a gate."""

from pathlib import Path

import pytest
import verapdf
from damage import CARRIED, DAMAGE, ENGINE, VALIDATOR, WE, damaged, shortened
from gate import by_us, by_validator
from tags import tree
from vignettes import EVERYONE, PAPERS, answers_of

from questionnaire.pdf import to_pdf

SNAPSHOTS = Path(__file__).parent / "snapshots"
OUTCOMES = ["plain", "cautions", "doctor first", "today", "emergency", "stopped", "no pain"]

needs_java = pytest.mark.skipif(bool(verapdf.why_not()), reason=verapdf.why_not())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("who", EVERYONE)
def test_every_report_is_accessible_and_reads_as_it_was_written(printed, who, paper):
    report = printed(who, **PAPERS[paper])
    assert by_validator(report.pdf) == set()
    assert by_us(report.page, report.pdf) == set()


@pytest.mark.parametrize("who", ["typical", "stopped"])
def test_it_is_read_out_in_the_order_in_which_a_person_would_read(printed, request, who):
    read = "\n".join(tree(printed(who).pdf).lines()) + "\n"
    snapshot = SNAPSHOTS / f"{who.replace(' ', '_')}.txt"
    if request.config.getoption("--write-snapshots"):
        snapshot.write_text(read, encoding="utf-8")
    assert read == snapshot.read_text(encoding="utf-8"), (
        "The tags have changed. If a person would read in the new order, keep it: "
        "python -m pytest tests/test_accessible.py -k order --write-snapshots"
    )


@pytest.mark.parametrize("who", ["typical", "doctor first"])
def test_each_picture_names_the_number_that_it_shows(printed, content, who):
    said = answers_of(who, content)
    told = [each.alt for each in tree(printed(who).pdf).of("Figure")]
    for asked in ("pain_average", "pain_enjoyment", "pain_activity", "sleep_quality"):
        question = content.question(asked)
        shown = f"{question.short}: {said[asked]} of {question.highest}."
        assert any(alt.startswith(shown) for alt in told), shown
    assert "Average pain: 5 of 10. 0 is no pain, 10 is the worst pain you can think of." in told
    assert any("100 people" in alt and "9 are filled in" in alt for alt in told)


# The gate


@pytest.fixture(scope="module")
def short(printed):
    """A short report that carries a file, as a page and as a PDF."""
    page = shortened(printed("typical").page)
    return page, to_pdf(page, CARRIED)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_what_is_broken_is_noticed(short, damage):
    page, pdf = short
    broken = damaged(pdf, damage)
    noticed = {
        VALIDATOR: by_validator(broken),
        WE: by_us(page, broken),
    }
    assert {who for who, faults in noticed.items() if faults} == DAMAGE[damage] - {ENGINE}


@needs_java
@pytest.mark.timeout(300)
def test_verapdf_passes_our_reports_and_fails_the_broken_ones(printed, short, tmp_path):
    """In one go, as the engine takes long to start."""
    whole = {tmp_path / f"{who}.pdf": printed(who).pdf for who in [*OUTCOMES, "other scripts"]}
    broken = {tmp_path / f"{each.__name__}.pdf": damaged(short[1], each) for each in DAMAGE}
    for path, pdf in (whole | broken).items():
        path.write_bytes(pdf)
    found = verapdf.faults([*whole, *broken])
    assert {path.stem: found[str(path)] for path in whole if found[str(path)]} == {}
    assert {path.stem for path in broken if found[str(path)]} == {
        each.__name__ for each, noticed in DAMAGE.items() if ENGINE in noticed
    }


@pytest.mark.exhaustive
@needs_java
@pytest.mark.timeout(600)
def test_verapdf_passes_every_report_on_every_paper(printed, tmp_path):
    files = {
        tmp_path / f"{who} {paper}.pdf": printed(who, **PAPERS[paper]).pdf
        for who in EVERYONE
        for paper in PAPERS
    }
    for path, pdf in files.items():
        path.write_bytes(pdf)
    found = verapdf.faults(files)
    assert {path.stem: found[str(path)] for path in files if found[str(path)]} == {}
