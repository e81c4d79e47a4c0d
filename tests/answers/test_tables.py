"""Tables as people and other programs write them: read as they were meant, or refused in words.

A separator or a quotation mark astray moves what was said into another column: a warning sign
becomes a note.  So a row is read whole or told as bad, and no error repeats a cell.
"""

import csv
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from questionnaire.answers.source import read_rows
from questionnaire.cli.main import main
from questionnaire.content.content import read_content
from questionnaire.errors import ReadError

FORMAT = "acuscreen-answers/1"
OWN = "Smith of Mill Lane"
"""Somebody's own words, which no error may repeat."""

HEADER = "id,pain_types,pain_average,warning_any,notes,name"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]


@pytest.fixture
def rows_of(tmp_path, content):
    """The rows of a file with these bytes, or these characters."""

    def rows_of(text, name="in.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read_rows(path, content.questions))

    return rows_of


@pytest.fixture
def refusal(rows_of):
    """What is said of a file that is refused as a whole."""

    def refusal(text, name="in.csv"):
        with pytest.raises(ReadError) as refused:
            rows_of(text, name)
        return str(refused.value).partition(f"{name}: ")[2]

    return refusal


def answers_in(row):
    assert row.fault == ""
    return json.loads(row.raw)["answers"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        # What the sentence or the list with the comma leaves too many.
        ("p,back,7,night_pain,stroke_signs,,", "has 7 cells, and there are 6 columns; 1 too many"),
        ("p,back,7,night_pain,stroke_signs,a,b", "has 7 cells, and there are 6 columns; 1 too"),
        (f"p,back,7,,,{OWN}, Ann,", "has 8 cells, and there are 6 columns; 2 too many"),
        ("p,back,7,,,Ann,,,", "has 9 cells, and there are 6 columns; 3 too many"),
        ("p,back,7,5,,,", "has 7 cells, and there are 6 columns; 1 too many"),
        # What is left out, or separated otherwise.
        ("p,back,7,night_pain", "has 4 cells, and there are 6 columns; 2 too few"),
        ("p;back;7;night_pain;;", "has 1 cell, and there are 6 columns; 5 too few"),
        ("p\tback\t7\tnight_pain\t\t", "has 1 cell, and there are 6 columns; 5 too few"),
        ('"p,back,7,night_pain,,"', "has 1 cell, and there are 6 columns; 5 too few"),
        # Quotation marks that are not at the edges of a cell.
        (f'p,back,7,, "{OWN}, much?",', "has a quotation mark inside a cell"),
        (f'p,back,7,, "{OWN}",', "has a quotation mark inside a cell"),
        (f'p,back,7,,"{OWN}" ,', "not a line of a table"),
        (f'p,back,7,,"{OWN}" and more,', "not a line of a table"),
        (f'p,back,7,,{OWN} "and more",', "has a quotation mark inside a cell"),
        ("p,back,7,,5'10\" tall,", "has a quotation mark inside a cell"),
        ('p,back,7,,"said \\"no\\" twice",', "not a line of a table"),
        ('p,back,7,,a"b,', "has a quotation mark inside a cell"),
        (f"p,back,7,,“{OWN}, much?”,", "has 7 cells"),
        # One too many and one too few: the width is right, and the row is not.
        ("p,back,7,night_pain,stroke_signs,", "notes: holds options of warning_any; join"),
        (
            "p,back,7,night_pain,stroke_signs; chest_pain,",
            "notes: holds options of warning_any; join",
        ),
        ("p,back,7,night_pain,,stroke_signs", "name: holds options of warning_any; join"),
        (f"p,back,7,,{OWN}, much?", "name: begins with a space, as after a comma"),
        # Bytes that are no text.
        ("p,back,7,,no\0thing,", "not UTF-8 text"),
        ("p,back\0,7,,,", "not UTF-8 text"),
    ],
)
def test_a_row_that_does_not_fit_its_header_is_told_and_the_next_one_read(rows_of, line, fault):
    rows = rows_of(f"{HEADER}\n{line}\nq,back,3,,,\n")
    assert rows[0].fault.startswith(fault)
    assert (rows[0].place, rows[0].raw) == ("line 2", b"")
    assert (rows[1].place, rows[1].name) == ("line 3", "q")
    assert OWN not in rows[0].fault


@pytest.mark.parametrize("separator", [";", "\t"])
def test_with_another_separator_it_is_the_same(rows_of, separator):
    header = HEADER.replace(",", separator)
    lines = ["p;back;neck;7;;;", "p;back;7;night_pain;stroke_signs;", 'p;back;7;; "ah";']
    rows = rows_of("\n".join([header, *(each.replace(";", separator) for each in lines)]))
    assert [row.fault.partition(",")[0].partition(";")[0] for row in rows] == [
        "has 7 cells",
        "notes: holds options of warning_any",
        "has a quotation mark inside a cell",
    ]


def test_what_has_no_heading_is_no_ones(rows_of):
    rows = rows_of(f"{HEADER},,\np,back,7,,,,,\nq,back,7,,,Ann,,x\nr,back,7,,,Ann\n")
    assert [row.fault for row in rows] == [
        "",
        "has something in column 8, which has no name",
        "has 6 cells, and there are 8 columns; 2 too few: a cell may be empty, not left out",
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("none", "none"),
        ("back", "back"),
        ('"stroke_signs, I fear"', "stroke_signs, I fear"),
        ('"He said ""no"", twice"', 'He said "no", twice'),
        ('"one\ntwo, three\nfour"', "one\ntwo, three\nfour"),
        ('"my back, neck, head\nback, 7, and so on"', "my back, neck, head\nback, 7, and so on"),
        ("5' tall; 7", "5' tall; 7"),
        ('" spaced"', "spaced"),
        ("\xa0spaced\xa0", "spaced"),
    ],
)
def test_own_words_that_are_right_are_read(rows_of, cell, said):
    (row,) = rows_of(f"{HEADER}\np,back,7,night_pain,{cell},\n")
    assert answers_in(row)["notes"] == said


def test_a_space_behind_every_comma_is_a_way_to_write(rows_of):
    (row,) = rows_of(f"{HEADER}\np, back, 7, night_pain, it hurts, Ann\n")
    assert (row.name, answers_in(row)["notes"], answers_in(row)["name"]) == ("p", "it hurts", "Ann")


@pytest.mark.parametrize("last", ["notes", "pain_average"])
def test_two_marks_that_are_missing_do_not_make_one_person_of_two(rows_of, last):
    """The first row has no end of its quotation, a later one no beginning."""
    if last == "notes":
        lines = ['p,back,7,"it hurts', "q,neck,3,fine", 'r,head,4,it is bad"']
        header = "id,pain_types,pain_average,notes"
    else:
        lines = ['p,"it hurts,back,7', "q,fine,neck,3", 'r,it is bad",head,4']
        header = "id,notes,pain_types,pain_average"
    rows = rows_of("\n".join([header, *lines, ""]))
    assert [(row.place, row.raw) for row in rows] == [("line 2", b"")]
    assert "looks like a row of its own" in rows[0].fault


def cells_of(line):
    """The cells of a line by RFC 4180, sign by sign; None where a mark stands astray."""
    cells, rest = [], line
    while True:
        cell, rest = quoted(rest[1:]) if rest[:1] == '"' else plain(rest)
        if cell is None:
            return None
        cells.append(cell)
        if not rest:
            return cells
        rest = rest[1:]


def quoted(rest):
    cell = ""
    while True:
        inside, mark, rest = rest.partition('"')
        cell += inside
        if not mark or rest[:1] not in {"", ",", '"'}:
            return None, ""
        if rest[:1] != '"':
            return cell, rest
        cell, rest = cell + mark, rest[1:]


def plain(rest):
    cell = rest.partition(",")[0]
    return (None, "") if '"' in cell else (cell, rest[len(cell) :])


QUESTIONS = read_content().questions


@given(line=st.text(st.sampled_from('p,"7 ;'), max_size=25))
@example(line='"a""b",c')
@example(line='a"b,c')
def test_any_line_is_read_as_it_is_written_or_not_at_all(tmp_path_factory, line):
    path = tmp_path_factory.getbasetemp() / "any-line.csv"
    path.write_text(f"notes,name\n{line}\n")
    rows = list(read_rows(path, QUESTIONS))
    cells = cells_of(line)
    if cells is not None and len(cells) == 2:
        said = answers_in(rows[0]) if rows else {}
        assert [said.get("notes", ""), said.get("name", "")] == [each.strip() for each in cells]
    else:
        assert all(row.fault for row in rows)


@given(texts=st.lists(st.text(st.sampled_from('ab",;\t\n z'), min_size=1), min_size=2, max_size=2))
def test_whatever_a_spreadsheet_writes_comes_back(tmp_path_factory, texts):
    """But for a space that nobody sees between two cells of own words, which looks like a split."""
    texts = [each.lstrip(" ") or "z" for each in texts]
    path = tmp_path_factory.getbasetemp() / "any-texts.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["id", "notes", "name"], ["p", *texts]])
    (row,) = read_rows(path, QUESTIONS)
    said = answers_in(row)
    assert [said.get("notes", ""), said.get("name", "")] == [each.strip() for each in texts]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("pain_types", f"back;{OWN}", ["back", "…"]),
        ("pain_types", f"{OWN};{OWN}", ["…", "…"]),
        ("answered_by", OWN, "…"),
        ("pain_average", OWN, "…"),
        ("pain_average", "7,5", "…"),
        ("pain_average", "7.0", "…"),
        ("pain_average", "\u0667", "…"),
        ("pain_average", "9" * 5000, "…"),
    ],
)
def test_a_cell_that_is_no_answer_is_not_repeated(rows_of, column, cell, said):
    (row,) = rows_of(f'{column}\n"{cell}"\n')
    assert answers_in(row) == {column: said}
    assert OWN.encode() not in row.raw


def test_no_fault_of_a_table_repeats_a_cell(tmp_path, content, capsys):
    """Own words in every column that does not take them, and in rows of every other fault."""
    takes = [each.id for each in content.questions if each.kind != "text"]
    lines = [
        ",".join(["id", *takes, "notes"]),
        ",".join(["p", *(OWN for _ in takes), "fine"]),
        ",".join(["p", *(OWN for _ in takes), "fine", OWN]),
        f'{OWN},{OWN} "so"',
        f'"{OWN}',
    ]
    (tmp_path / "in.csv").write_text("\n".join(lines))
    out = tmp_path / "out"
    assert main(["batch", str(tmp_path / "in.csv"), str(out)]) == 1
    told = capsys.readouterr().err + (out / "problems.csv").read_text("utf-8-sig")
    assert told.count("line 2") > 0 < told.count("line 5")
    assert "pain_average" in told
    assert OWN not in told


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_in_any_encoding_with_any_ends_of_lines_is_read(rows_of, encoding, end):
    lines = ["id,pain_average,notes", "p,7,Zoë 報告", 'q,3,"one', 'two"', ""]
    rows = rows_of(end.join(lines).encode(encoding))
    assert [(row.place, row.name, answers_in(row)["pain_average"]) for row in rows] == [
        ("line 2", "p", 7),
        ("line 3", "q", 3),
    ]
    assert answers_in(rows[0])["notes"] == "Zoë 報告"
    assert answers_in(rows[1])["notes"].splitlines() == ["one", "two"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_half_a_sign_at_the_end_spoils_its_own_line_alone(rows_of, encoding):
    rows = rows_of("id,pain_average,notes\np,7,a\nq,3,b".encode(encoding)[:-1])
    assert (rows[0].fault, answers_in(rows[0])["notes"]) == ("", "a")
    assert rows[1].fault.startswith("not UTF-")


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\n\n",
        " \r\n",
        ",,,\n",
        "sep=,\n",
        "SEP=,\r\n",
        '"sep=,"\n',
        "sep=;\n",
        "\ufeffsep=,\n",
        "\ufeff",
        "\ufeff\ufeff",
        "sep=,\n\n\n",
    ],
)
def test_what_programs_write_before_the_header_is_passed_over(rows_of, before):
    (row,) = rows_of(f"{before}id,Pain_Types, PAIN_AVERAGE \np,back,7\n")
    assert (row.name, answers_in(row)) == ("p", {"pain_types": ["back"], "pain_average": 7})
    assert row.place == f"line {2 + before.count(chr(10))}"


def test_a_separator_that_the_file_declares_is_used(rows_of):
    (row,) = rows_of("sep=|\nid|pain_types|notes\np|back;neck|a, b; c\n")
    assert answers_in(row) == {"pain_types": ["back", "neck"], "notes": "a, b; c"}


@pytest.mark.parametrize("before", ["", "sep=,\n", "\ufeff", "\n"])
def test_a_table_with_nothing_but_its_header_holds_nobody(rows_of, before):
    assert rows_of(f"{before}id,pain_average\n") == []
    assert rows_of(f"{before}id,pain_average") == []


@pytest.mark.parametrize(
    "text",
    [
        f"p-017,18_to_49,self,back,{OWN}\n",
        f"{OWN}\n",
        f"{OWN};{OWN}\n7;8\n",
        f'"id,pain_average,{OWN}"\n',
        f"sep=,\n{OWN},7\n",
        f"pain_average,{OWN}\n7,x\n",
        f'pain_average,"{OWN}\n7,x\n',
        f"pain_average,{OWN},{OWN}\n7,x,x\n",
    ],
)
def test_a_header_that_is_none_is_told_without_a_cell(refusal, text):
    told = refusal(text)
    assert told.startswith("line ")
    assert len(told.splitlines()) == 1
    assert OWN not in told


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04\x14\0[Content_Types].xml", "a workbook (.xlsx, .ods)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook of an older Excel"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1\\ansi\\deff0", "a text document (RTF)"),
        (b"<!DOCTYPE html><table><tr><td>id", "a page for a browser, or XML"),
        (b"\xef\xbb\xbf\n<html><body>", "a page for a browser, or XML"),
        ("<?xml version='1.0'?><Workbook>".encode("utf-16"), "a page for a browser, or XML"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x1f\x8b\x08", "packed (gzip)"),
    ],
)
@pytest.mark.parametrize("name", ["in.csv", "in.ndjson", "in.json", "in"])
def test_another_kind_of_file_is_told_by_its_kind(refusal, start, kind, name):
    told = refusal(start + b"\nid,pain_average\np,7\n", name)
    assert told.startswith(f"is {kind}")
    assert told.endswith("; save the answers in it as CSV in UTF-8.")


def file_of(**answers):
    return json.dumps({"format": FORMAT, "answers": answers})


@pytest.mark.parametrize("name", ["in.json", "in.csv", "in.ndjson", "in"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_json_list_is_read_entry_by_entry(rows_of, encoding, name):
    ann, bob = file_of(notes='Zoë, [so] "it" goes'), file_of(pain_average=3)
    rows = rows_of(f" [\n{ann} ,\r\n{bob}\n]\n".encode(encoding), name)
    assert [(row.place, row.name) for row in rows] == [("entry 1", "row-1"), ("entry 2", "row-2")]
    assert [row.raw.decode() for row in rows] == [ann, bob]


@pytest.mark.parametrize(
    ("text", "whole", "fault"),
    [
        ("[]", 0, None),
        ('[{"a": 1},]', 1, None),
        ('[{"a": 1}, {"b": ', 1, "line 1, column"),
        ('[{"a": 1}', 0, "a comma or ] is missing"),
        ('[{"a": 1} {"b": 2}]', 0, "a comma or ] is missing"),
        ('[{"a": 1}] and more', 1, "there is more after the list"),
        ('[{"a": 1}, ' + "[" * 100_000, 1, "without end"),
        ('[{"a": 1}, ' + "9" * 10_000 + "]", 1, "without end"),
        (f'[{{"a": 1}}, {OWN}]', 1, "line 1, column 12: Expecting value"),
    ],
)
def test_a_json_list_that_breaks_off_is_told_where(rows_of, text, whole, fault):
    rows = rows_of(text, "in.json")
    assert [row.fault for row in rows[:whole]] == [""] * whole
    assert len(rows) == whole + (fault is not None)
    if fault:
        assert fault in rows[-1].fault
        assert OWN not in rows[-1].fault


def test_bytes_that_are_no_text_are_told_in_a_list_too(rows_of):
    (row,) = rows_of(b'[{"a": "na\xefve"}]', "in.json")
    assert b"\xff" in row.raw  # which is refused as no UTF-8, as in a file of its own


def test_a_list_that_is_too_large_is_told(rows_of, monkeypatch):
    monkeypatch.setattr("questionnaire.answers.rows._LARGEST_LIST", 100)
    with pytest.raises(ReadError, match="a JSON list of more than 100 bytes; write each"):
        rows_of("[" + " " * 200 + "]", "in.json")


def test_an_answers_file_that_is_called_a_table_is_read_all_the_same(rows_of):
    assert [row.place for row in rows_of(f"{file_of()}\n{file_of()}\n")] == ["line 1", "line 2"]
    assert [row.place for row in rows_of(json.dumps({"format": FORMAT}, indent=2))] == ["in.csv"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_json_in_any_encoding_are_read(rows_of, encoding, end):
    rows = rows_of(f"{file_of(notes='Zoë')}{end}{end}{{}}".encode(encoding), "in.ndjson")
    assert [(row.place, json.loads(row.raw).get("format")) for row in rows] == [
        ("line 1", FORMAT),
        ("line 3", None),
    ]
    assert b"Zo\\u00eb" in rows[0].raw


def test_a_record_without_end_is_not_held(rows_of):
    """Each cell is short, and each line ends within one."""
    rows = rows_of("id,notes,pain_average\n" + 'p,"a\n' + 'b","c\n' * 400_000)
    assert "larger than 1,000,000 characters" in rows[0].fault
    assert int(rows[0].place.split()[-1]) < 300_000


@pytest.mark.parametrize(
    ("cell", "told"), [("2026-11-25", {"given": "2026-11-25"}), ("", {}), (OWN, {"given": "…"})]
)
def test_a_column_may_tell_the_day_of_the_answers(rows_of, cell, told):
    (row,) = rows_of(f"given,pain_average\n{cell},7\n")
    file = json.loads(row.raw)
    assert {key: each for key, each in file.items() if key == "given"} == told
    assert answers_in(row) == {"pain_average": 7}
