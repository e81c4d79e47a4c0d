"""No cell of a table that we write is taken for a formula, by whichever spreadsheet."""

import csv
import io

import pytest

from questionnaire.system.csv import harmless, line

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\tx"]
OTHER_SIGNS = [
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\ufe66",
    "\ufe62",
    "\ufe63",
    "\ufe6b",
    "\u2212",
]
"""Full width, small forms, and the sign for minus."""


@pytest.mark.parametrize("cell", [*FORMULAS, *(f"{sign}1+1" for sign in OTHER_SIGNS)])
def test_a_cell_that_would_be_a_formula_is_made_a_text(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"


@pytest.mark.parametrize(
    "before", [" ", "\xa0", "\u3000", "\ufeff", "\u200b", "\u202e", "\0", "  \u2066"]
)
@pytest.mark.parametrize("sign", ["=", "\uff1d", "@"])
def test_what_is_not_seen_before_it_hides_no_formula(before, sign):
    assert harmless(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


def test_where_a_semicolon_parts_cells_no_formula_begins_behind_one():
    assert harmless("a;=1+1; \uff0b1;b-1") == "a;'=1+1;' \uff0b1;b-1"


@pytest.mark.parametrize("cell", ["", " ", "a=1", "1+1", "Zoë", "'=1", "\U0001f600", "back;neck"])
def test_what_is_no_formula_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_a_line_is_read_back_as_it_was_written():
    cells = ["a,b", 'say "so"', "one\ntwo", "Zoë", "", "\uff1d1"]
    (read,) = csv.reader(io.StringIO(line(cells).decode(), newline=""))
    assert read == [*cells[:-1], "'\uff1d1"]
