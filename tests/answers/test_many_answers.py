"""Many people's answers: read from a folder, NDJSON or a table, and how a table says them."""

import csv
import json
import os
import time
import tracemalloc
from pathlib import Path

import pytest

from questionnaire.answers.file import read_answers
from questionnaire.answers.jsonfile import LARGEST
from questionnaire.answers.source import read_rows
from questionnaire.errors import AnswersError, ReadError

FORMAT = "acuscreen-answers/1"
HEADER = "id,pain_types,pain_average,notes,goals\n"


@pytest.fixture
def rows_of(tmp_path, content):
    """The rows of a file with these bytes, or these characters."""

    def rows_of(text, name="in.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read_rows(path, content.questions))

    return rows_of


def answers_in(row):
    return json.loads(row.raw)["answers"]


def file_of(answers):
    return json.dumps({"format": FORMAT, "answers": answers}).encode()


def as_cell(answer):
    return ";".join(answer) if isinstance(answer, tuple) else str(answer)


def test_a_folder_gives_its_answers_files_by_name_and_nothing_else(tmp_path, content):
    for name in ("b.json", "a.JSON", ".hidden.json", "c.txt"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "d.json").mkdir()
    rows = list(read_rows(tmp_path, content.questions))
    assert [(row.place, row.name, row.raw) for row in rows[:2]] == [
        ("a.JSON", "a", b"a.JSON"),
        ("b.json", "b", b"b.json"),
    ]
    assert [(row.place, row.fault) for row in rows[2:]] == [("d.json", "is not a file")]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path, content):
    os.mkfifo(tmp_path / "a.json")
    assert [row.fault for row in read_rows(tmp_path, content.questions)] == ["is not a file"]


def test_each_line_of_ndjson_is_an_answers_file_and_keeps_its_number(rows_of):
    rows = rows_of(b"\xef\xbb\xbf{}\r\n\r\n  \n{not json\n{}", "in.ndjson")
    assert [(row.place, row.name) for row in rows] == [
        ("line 1", "row-1"),
        ("line 4", "row-4"),
        ("line 5", "row-5"),
    ]
    assert [row.raw for row in rows[1:]] == [b"{not json", b"{}"]


def test_a_dash_is_not_waited_for(content, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ReadError, match=r"^-: is no file"):
        read_rows(Path("-"), content.questions)


@pytest.mark.parametrize("name", ["in", "in.txt", "in.json"])
def test_a_file_without_a_telling_name_is_recognised_by_what_it_holds(rows_of, name):
    assert len(rows_of('{"a": 1}\n{"a": 2}\n', name)) == 2
    assert [row.place for row in rows_of("pain_average\n3\n", "in.txt")] == ["line 2"]


def test_an_answers_file_by_itself_is_one_row(rows_of):
    assert [(row.place, row.name) for row in rows_of('{\n  "format": 1\n}\n', "ada.json")] == [
        ("ada.json", "ada")
    ]


def test_a_line_that_is_too_large_is_reported_and_the_next_one_read(rows_of):
    rows = rows_of(b"{" + b" " * (2 * LARGEST) + b"}\n{}\n", "in.ndjson")
    assert [(row.place, row.raw, row.fault[:12]) for row in rows] == [
        ("line 1", b"", "larger than "),
        ("line 2", b"{}", ""),
    ]


def test_lines_are_read_one_at_a_time(tmp_path, content):
    path = tmp_path / "in.ndjson"
    with path.open("wb") as file:
        for _ in range(300):
            file.write(b"{" + b" " * 50_000 + b"}\n")
    tracemalloc.start()
    assert sum(1 for _ in read_rows(path, content.questions)) == 300
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 15_000_000
    assert most < 3_000_000


def test_a_table_says_what_an_answers_file_says(rows_of, content, baseline):
    """Every kind of answer, through the checks of an answers file."""
    person = baseline | {"notes": 'Will it "hurt",\nand where?', "name": "Zoë; or Żółć"}
    header = ",".join(person)
    cells = ",".join('"{}"'.format(as_cell(a).replace('"', '""')) for a in person.values())
    (row,) = rows_of(f"{header}\n{cells}\n")
    said = read_answers(row.raw, content).said
    assert {each: said[each] for each in person} == person


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_separator_is_the_one_that_the_header_uses(rows_of, separator, end):
    lines = ["id", "pain_types", "pain_average"], ["ann", '"back;neck"', "7"]
    (row,) = rows_of("\ufeff" + end.join(separator.join(line) for line in lines) + end)
    assert (row.name, answers_in(row)) == (
        "ann",
        {"pain_types": ["back", "neck"], "pain_average": 7},
    )


def test_an_empty_cell_is_no_answer_and_an_empty_line_is_no_person(rows_of):
    rows = rows_of(HEADER + "a,back, ,  ,\n\n,,,,\nb,back,3,,\n")
    assert [(row.place, row.name, answers_in(row)) for row in rows] == [
        ("line 2", "a", {"pain_types": ["back"]}),
        ("line 5", "b", {"pain_types": ["back"], "pain_average": 3}),
    ]


def test_a_row_without_an_id_is_named_after_its_line(rows_of):
    rows = rows_of('notes,id\n"one\ntwo",\nthree,\n')
    assert [(row.place, row.name) for row in rows] == [("line 2", "row-2"), ("line 4", "row-4")]


@pytest.mark.parametrize("cell", ["7.5", "seven", "-1", "+7", "99999", "\u0667", "0x7", "true"])
def test_a_cell_off_the_scale_is_refused_as_in_a_file(rows_of, content, cell):
    (row,) = rows_of(f"pain_average\n{cell}\n")
    with pytest.raises(
        AnswersError, match=r"pain_average: is .*must be a whole number from 0 to 10"
    ):
        read_answers(row.raw, content)


def test_the_empty_cells_that_spreadsheets_leave_under_no_heading_count_for_nothing(rows_of):
    (row,) = rows_of("id,pain_average,,\nann,3,,\n")
    assert (row.fault, answers_in(row)) == ("", {"pain_average": 3})


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("ann,back,3", "has 3 cells, and there are 5 columns"),
        ("ann,back,3,,,more", "has 6 cells, and there are 5 columns"),
        ('ann,"back"pain,3,,', "not a line of a table"),
        ("ann,back,3," + "x" * 200_000 + ",", "not a line of a table"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_read(rows_of, line, fault):
    rows = rows_of(f"{HEADER}{line}\nbob,back,3,,\n")
    assert rows[0].fault.startswith(fault)
    assert (rows[0].place, rows[1].place, rows[1].name) == ("line 2", "line 3", "bob")


def test_text_that_is_not_utf_8_spoils_its_own_line_alone(rows_of):
    rows = rows_of(HEADER.encode() + "ann,back,3,café,\n".encode("latin-1") + b"bob,back,3,,\n")
    assert ["UTF-8" in row.fault for row in rows] == [True, False]


def test_nobody_is_lost_unseen_after_a_missing_quotation_mark(rows_of):
    """Whoever stands in the lines it runs over is told as not read."""
    lines = "".join(f'p{each},back,3,"fine",\n' for each in range(3, 9))
    rows = rows_of(f'{HEADER}p2,back,3,"it hurts,\n{lines}')
    assert rows[0].place == "lines 2 to 3"
    assert "is a quotation mark missing?" in rows[0].fault
    assert [row.name for row in rows[1:]] == [f"p{each}" for each in range(4, 9)]


def test_a_quotation_that_never_ends_is_given_up(rows_of):
    rows = rows_of(HEADER + 'p2,back,3,"it hurts,\n' + "p3,back,3,,\n" * 50_000)
    assert [row.fault != "" for row in rows[:2]] == [True, False]
    assert int(rows[0].place.split()[-1]) < 20_000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pain_average,zzz,hair\n3,red,grey\n", r"line 1: not a question: column 2, column 3; "),
        ("pain_averige\tnotes\n3\n", r"not a question: column 1 \(is pain_average meant\?\); "),
        ("pain_average,id,id\n3,a,b\n", r"line 1: there twice: id; keep one"),
        ("pain_average,Pain_Average\n3,a\n", r"line 1: there twice: pain_average; keep one"),
        (
            "id\nann\n",
            r"line 1: names no question, so .*there are: id, given, country, ",
        ),
        ("", r"holds no line with the names of questions"),
        ("\n \n;;\n", r"holds no line with the names of questions"),
        ("\n3\n", r"line 2: names no question"),
        ("pain_average,,notes\n3,,\n", r"not a question: column 2; "),
        (b"PK\x03\x04 zipped", r"is a workbook \(.xlsx, .ods\) or another packed file; save"),
        (b"pain_average,na\xefve\n", r"line 1: not UTF-8 text"),
    ],
)
def test_a_table_with_other_columns_is_refused_before_anything_is_done(rows_of, text, told):
    with pytest.raises(ReadError, match=told):
        rows_of(text)


def test_an_unreadable_source_is_reported(tmp_path, content):
    with pytest.raises(ReadError, match=r"missing: cannot be read: no such file"):
        read_rows(tmp_path / "missing", content.questions)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match=r"pipe: is no file"):
        read_rows(tmp_path / "pipe", content.questions)


def test_an_endless_line_is_not_kept_in_memory(tmp_path, content):
    path = tmp_path / "in.csv"
    path.write_text(HEADER + "x" * 30_000_000)
    begun = time.process_time()
    (row,) = read_rows(path, content.questions)
    assert row.fault
    assert time.process_time() - begun < 20  # read to its end, it would take a gigabyte


def test_a_spreadsheet_writes_what_we_read(tmp_path, content, baseline):
    """As Python's own writer does it, whatever stands in the cells."""
    path = tmp_path / "in.csv"
    people = [baseline | {"notes": text} for text in ("=1+1", "a\r\nb", '"', ",;\t.", "'x")]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(people[0])
        table.writerows([as_cell(a) for a in each.values()] for each in people)
    read = [answers_in(row)["notes"] for row in read_rows(path, content.questions)]
    assert read == [each["notes"] for each in people]
