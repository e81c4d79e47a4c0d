"""What the benchmarks make of what they measured, and that they measure what they say."""

import os
import re
from subprocess import CalledProcessError
from xml.etree import ElementTree as ET

import pytest
from parts import later

from benchmarks import __main__ as bench
from benchmarks import figures, peers, people, typesetting, web
from benchmarks.apart import alone
from benchmarks.extent import LONG, SHORT
from benchmarks.finding import findings, more_and_more
from benchmarks.growth import Growth, Series, straight
from benchmarks.longer import settled
from benchmarks.measure import Ratio
from benchmarks.memory import sampled
from benchmarks.ours import page_of
from benchmarks.plot import drawn
from benchmarks.table import Row, compared, put_into, written

ROW = Row("a figure", "a baseline", "0.50", "0.4 to 0.6", "at most 0.70", reached=True)
LONELY = Series("alone", ((1, 900), (10, 500), (100, 510), (1000, 520)), settled=10)
TWO = (Series("one", ((1, 20), (2, 30), (3, 41)), {"pages": (4, 5, 6)}), LONELY)
BY_TENS = Growth("tens", "Title", "reports", "ms per report", "ms", 10, "reports", (LONELY,), True)  # noqa: FBT003
PLAIN = Growth("two", "Title", "findings", "ms per report", "ms", 10, "findings", TWO)


def test_a_straight_line_has_nothing_away_from_it():
    line = straight(((0, 10), (1, 12), (5, 20)))
    assert (line.start, line.slope) == pytest.approx((10, 2))
    assert line.away == pytest.approx(0)


def test_the_furthest_point_is_told_in_parts_of_the_line():
    line = straight(((0, 90), (1, 120), (2, 90)))  # the line is flat, at 100
    assert line.away == pytest.approx(0.2)


def test_what_is_not_settled_has_no_part_in_the_line():
    assert LONELY.line.at(1) < 600


def test_the_line_begins_behind_the_last_step_where_enough_is_left_for_one():
    assert settled((1, 5, 9, 20, 30), (1, 1, 3, 3, 3)) == 9
    assert settled((1, 5, 9, 20), (2, 2, 2, 2)) == 1
    assert settled((1, 5, 9, 20), (1, 1, 3, 3)) == 0


def test_the_numbers_of_a_plot_stand_beside_it():
    assert PLAIN.text == (
        "![Plot of ms per report by findings, with straight lines: the numbers of the table.]"
        "(speed/two.svg)\n\n"
        "| findings | 1 | 2 | 3 | 10 | 100 | 1,000 |\n"
        "|---|---|---|---|---|---|---|\n"
        "| ms, one | 20 | 30 | 41 |  |  |  |\n"
        "| pages, one | 4 | 5 | 6 |  |  |  |\n"
        "| ms, alone | 900 |  |  | 500 | 510 | 520 |\n\n"
        "- one: 9 ms and +105 ms for every 10 findings; the furthest point is 1.1% away\n"
        "- alone, from 10 on: 504 ms and +0.17 ms for every 10 findings; "
        "the furthest point is 0.9% away\n"
    )


@pytest.mark.parametrize("growth", [BY_TENS, PLAIN])
def test_a_plot_is_a_small_file_that_needs_no_other_and_runs_nothing(growth):
    picture = drawn(growth)
    assert len(picture) < 60_000
    assert re.findall(r"\w+://[^\"]*", picture) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<script|href|url\(|@import|<!DOCTYPE|\son\w+=", picture)


@pytest.mark.parametrize("growth", [BY_TENS, PLAIN])
def test_the_same_numbers_give_the_same_plot(growth):
    assert drawn(growth) == drawn(growth)


def test_a_plot_names_its_axes_and_series_on_white_in_letters_one_can_read():
    picture = ET.fromstring(drawn(PLAIN))  # noqa: S314 - our own
    texts = list(picture.iter("{http://www.w3.org/2000/svg}text"))
    told = [each.text for each in texts]
    assert {"Title", "findings", "ms per report", "one", "alone"} <= set(told)
    assert min(int(each.get("font-size")) for each in texts) >= 16
    assert picture.find(".//{*}rect").get("fill") == "#fff"


def test_every_point_has_a_dot():
    assert drawn(PLAIN).count("<circle") == sum(len(each.points) for each in TWO)


def test_a_ratio_is_that_of_the_medians_and_reached_when_it_is_small_enough():
    ratio = Ratio((1.0, 2.0, 4.0), (0.5, 1.4, 4.0))
    row = compared("ours", "theirs", ratio, 0.70)
    assert row.text == (
        "| ours: 1.40 s | theirs: 2.00 s | 0.70 | 0.50 to 1.00 in 3 rounds | at most 0.70 | yes |"
    )
    assert "**no**" in compared("ours", "theirs", ratio, 0.60).text


def test_the_page_tells_rows_then_plots_and_what_is_yet_to_come():
    table = written([PLAIN, ROW], {"load": "0.1"}, "./run bench", ["suite"])
    assert table.index(ROW.text) < table.index("two.svg")
    assert "Made by `./run bench` on load: 0.1." in table
    assert "Not yet measured: suite." in table


def test_a_table_takes_the_place_of_the_one_before(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Before.\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nAfter.\n")
    for _ in range(2):
        put_into(page, "new\n")
    assert page.read_text().count("new") == 1
    assert "old" not in page.read_text()
    assert page.read_text().startswith("Before.")
    assert page.read_text().endswith("After.\n")


@pytest.fixture
def two_figures(monkeypatch):
    """Instead of all those that take time: one of two rows and a plot, and one that fails."""

    def fails(content, extent):
        raise RuntimeError

    monkeypatch.setattr(bench, "FIGURES", {"good": lambda *_: [ROW, ROW, PLAIN], "bad": fails})


def test_every_row_of_a_figure_is_told(two_figures, capsys):
    bench.measured(["good"], is_long=False, page=None)
    assert capsys.readouterr().out == f"{ROW.text}\n{ROW.text}\n{PLAIN.text}\n"


def test_what_was_measured_is_on_the_page_even_if_the_next_figure_fails(two_figures, tmp_path):
    page = tmp_path / "speed.md"
    page.write_text("<!-- measured: begin -->\n<!-- measured: end -->\n")
    with pytest.raises(RuntimeError):
        bench.measured(["good", "bad"], is_long=False, page=page)
    assert ROW.text in page.read_text()
    assert "Not yet measured: bad." in page.read_text()
    assert (tmp_path / "speed" / "two.svg").read_text() == drawn(PLAIN)


def test_the_whole_suite_is_run_only_when_much_is_measured_or_it_is_named(monkeypatch, two_figures):
    asked = []
    monkeypatch.setattr(bench, "LONG_ONLY", ("bad",))
    monkeypatch.setattr(bench, "measured", lambda names, **_: asked.append(list(names)))
    for words in ([], ["--long"], ["bad"]):
        monkeypatch.setattr("sys.argv", ["bench", *words])
        bench.main()
    assert asked == [["good"], ["good", "bad"], ["bad"]]


def test_a_suite_that_fails_is_told_and_stops_nothing(monkeypatch):
    def fails(command):
        raise CalledProcessError(1, command)

    monkeypatch.setattr(figures, "ran", fails)
    (row,) = figures.suite(None, SHORT)
    assert (row.value, row.reached) == ("failed", False)


def test_samples_are_taken_after_so_many():
    done = []
    samples = sampled(done.append, (1, 3, 8))
    assert done == list(range(8))
    assert [each.count for each in samples] == [1, 3, 8]
    assert all(each.seconds >= 0 and each.held > 0 for each in samples)


@pytest.mark.parametrize("extent", [SHORT, LONG])
def test_the_memory_goal_is_read_off_the_samples(extent):
    assert {50, 2_000} <= set(extent.reports)
    assert sorted(set(extent.reports)) == list(extent.reports)


def test_what_is_measured_alone_has_a_process_of_its_own():
    assert alone(os.getpid) != os.getpid()


@pytest.mark.parametrize("people", ["calm", *later("urgent")])
def test_more_and_more_is_found(content, people):
    crowd = more_and_more(content, urgent=people == "urgent")
    counts = [findings(content, each) for each in crowd]
    assert counts[0] == 1
    assert counts == sorted(set(counts))
    assert len(counts) >= 9


def test_the_last_has_all_that_one_person_can_have(content):
    last = more_and_more(content, urgent=True)[-1]
    assert findings(content, last) == findings(content, people.everything(content)) == 140


def test_notes_have_the_length_asked_for_and_differ_from_turn_to_turn():
    for length in (0, 50, 500):
        notes = {people.note(length, turn) for turn in range(5)}
        assert {length - len(each) for each in notes} <= {0, 1}, "a space at the end is not written"
        assert len(notes) == (5 if length else 1)


def test_typst_is_given_every_word_and_picture_of_the_page(content):
    html = page_of(content, people.typical())
    document = typesetting.to_typst(html)
    body = re.sub(r"<svg.*?</svg>|<p class=\"undrawable\">.*?</p>", " ", html, flags=re.DOTALL)
    body = re.sub(r"<[^>]+>", " ", body[body.index("<body") :])
    words = set(re.findall(r"[^\W\d_]+", body.replace("&#39;", "'").replace("&nbsp;", " ")))
    assert words - set(re.findall(r"[^\W\d_]+", document)) == set()
    assert document.count("#picture(") == html.count("<svg ")


def test_a_peer_that_is_not_there_is_said_not_to_be(monkeypatch):
    monkeypatch.setattr(peers.chromium, "found", lambda: "")
    monkeypatch.setattr(peers.importlib.util, "find_spec", lambda _: None)
    rows = [*peers._chromium([], None, 1), *peers._typst([], [], None, 1)]
    assert [each.value for each in rows] == ["not found, not measured"] * 2


def test_the_page_that_is_measured_asks_a_question():
    assert b'name="asked"' in web._page()()
