"""Every report can be read by everyone, and the gate that says so is a gate."""

from pathlib import Path

import pytest
import verapdf
from damage import CARRIED, DAMAGE, ENGINE, VALIDATOR, WE, damaged, shortened
from gate import by_us, by_validator
from tags import tree
from vignettes import EVERYONE, FORMS, TODAY, answers_of, in_each

from questionnaire.report.documents import to_blank, to_workbook
from questionnaire.report.pdf.render import to_pdf
from questionnaire.report.settings import Settings

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
needs_java = pytest.mark.skipif(bool(verapdf.why_not()), reason=verapdf.why_not())


@pytest.mark.parametrize(("who", "form"), in_each(FORMS))
def test_every_report_is_accessible_and_reads_as_it_was_written(printed, who, form):
    report = printed(who, **FORMS[form])
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
        "python -m pytest tests/report/test_accessible.py -k order --write-snapshots"
    )


@pytest.mark.parametrize("who", ["typical", "plain"])
def test_each_picture_names_the_number_that_it_shows(printed, content, who):
    said = answers_of(who, content)
    told = [each.alt for each in tree(printed(who).pdf).of("Figure")]
    for asked in ("pain_average", "pain_enjoyment", "pain_activity", "sleep_quality"):
        question = content.question(asked)
        assert f"On a scale from 0 to {question.highest}: {said[asked]}." in told
    assert any("100 people" in alt and "9 are filled in" in alt for alt in told)


def test_a_scale_is_read_out_once(printed, content):
    """Its name, its score and its ends stand beside the picture, which does not say them again."""
    spoken = " ".join(tree(printed("typical").pdf).spoken().split())
    for asked in ("pain_average", "pain_enjoyment", "pain_activity", "sleep_quality"):
        question = content.question(asked)
        assert spoken.count(f"{question.short} ") <= 2, "once here, once among all the answers"
        assert not any(
            question.high in each.alt for each in tree(printed("typical").pdf).of("Figure")
        )


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


KINDS = {
    "a report": ("cautions", "a4"),
    "a report with other scripts": ("other scripts", "letter"),
    "one page": ("stopped", "a4"),
    "large print": ("emergency", "large letter"),
    "the practitioner's page": ("doctor first", "practitioner letter"),
}


@pytest.mark.exhaustive
@needs_java
@pytest.mark.timeout(300)
def test_verapdf_passes_one_of_each_kind_and_fails_the_broken_ones(
    printed, content, short, tmp_path
):
    """In one go, as the engine takes long to start."""
    whole = {kind: printed(who, **FORMS[form]).pdf for kind, (who, form) in KINDS.items()}
    whole["the blank form"] = to_blank(content, Settings(TODAY))
    broken = {damage.__name__: damaged(short[1], damage) for damage in DAMAGE}
    found = _by_verapdf(whole | broken, tmp_path)
    assert {kind: found[kind] for kind in whole if found[kind]} == {}
    assert {name for name in broken if found[name]} == {
        each.__name__ for each, noticed in DAMAGE.items() if ENGINE in noticed
    }


@pytest.mark.exhaustive
@needs_java
@pytest.mark.timeout(1200)
def test_verapdf_passes_every_report_in_every_form_and_the_workbook(printed, content, tmp_path):
    files = {
        f"{who}, {form}": printed(who, **FORMS[form]).pdf for who in EVERYONE for form in FORMS
    }
    files["the workbook"], _ = to_workbook(content, {}, "a4", as_table=False)
    found = _by_verapdf(files, tmp_path)
    assert {name: faults for name, faults in found.items() if faults} == {}


def _by_verapdf(files, folder):
    """What the engine finds in each of the files, by name."""
    paths = {name: folder / f"{name}.pdf" for name in files}
    for name, path in paths.items():
        path.write_bytes(files[name])
    found = verapdf.faults(paths.values())
    return {name: found[str(path)] for name, path in paths.items()}
