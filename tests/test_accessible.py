"""Every report can be read by everyone, and the gate that says so is a gate."""

import difflib
from pathlib import Path

import pytest
import verapdf
from damage import DAMAGE, SHORT
from gate import by_us, by_validator
from tags import tree
from vignettes import EVERYONE, PAPERS

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("who", EVERYONE)
def test_every_report_is_accessible(printed, who, paper):
    report = printed(who, **PAPERS[paper])
    assert by_validator(report.pdf) == set()
    assert by_us(report.page, report.pdf) == set()
