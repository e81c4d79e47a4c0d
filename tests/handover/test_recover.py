"""What a report gives back: the answers as they were, or a refusal that says why."""

import io
import json
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import date
from hashlib import md5
from io import BytesIO

import casework
import pexpect
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from questionnaire.answers.file import read_answers
from questionnaire.cli.exit_codes import DONE, WRONG
from questionnaire.cli.main import main
from questionnaire.cli.parser import WIDTH, parse
from questionnaire.conclusion.case import case_of
from questionnaire.errors import AnswersError
from questionnaire.handover import recover as recovering
from questionnaire.handover.attachments import ANSWERS, RESULT, carried_by
from questionnaire.handover.extract import attached_to
from questionnaire.handover.payload import pack
from questionnaire.handover.qr import code_for
from questionnaire.handover.recover import Recovered
from questionnaire.interview.flow import record
from questionnaire.report import documents as telling
from questionnaire.report.documents import Settings, given_back, to_pdf
from questionnaire.report.pdf import render as pdf

TODAY = date(2026, 11, 22)
PAGE = """<html lang="en"><meta charset="utf-8"><title>A report</title>
<meta name="author" content="acuscreen"><meta name="dcterms.created" content="2026-11-22">
<meta name="dcterms.modified" content="2026-11-22"><h1>A report</h1>"""
CODE = """<svg role="img" viewBox="0 0 {0.size} {0.size}" style="width: 35mm; margin: 5mm">
<title>A code</title><path d="{0.path}"/></svg>"""
OUTCOMES = {
    "not_for_this_tool": {"age_group": "under_18"},
    "emergency": {"warning_any": ("chest_pain",)},
    "today": {"warning_any": ("hot_swollen_limb",)},
    "doctor_first": {"current_medicines": ("anticoagulant",)},
    "discuss_with_cautions": {"needles": "nervous"},
    "discuss": {"name": "Zoë", "notes": "Only on\nMondays."},
}
AS_IT_IS = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
CHANGED, DAMAGED = "changed after it was made", "no whole PDF"


BASELINE = {key: tuple(a) if isinstance(a, list) else a for key, a in casework.BASELINE.items()}
ANN = BASELINE | OUTCOMES["discuss"]


def made_of(carried, page=PAGE):
    """A report that is made in no time, as its pages say next to nothing."""
    return pdf.to_pdf(page, carried)


@pytest.fixture(scope="module")
def carried(content):
    return carried_by(case_of(content, ANN))


@pytest.fixture(scope="module")
def report(carried):
    return made_of(carried)


@pytest.fixture(scope="module")
def photograph(content):
    """A picture of a page that bears Ann's code, and one of two of them."""
    code = CODE.format(code_for(pack(content, record(content.questions, ANN))))
    other = CODE.format(
        code_for(pack(content, record(content.questions, BASELINE | {"needles": "nervous"})))
    )
    return [_seen(pdf.to_pdf(PAGE + shown)) for shown in (code, code + other)]


def _seen(file):
    picture = BytesIO()
    pypdfium2.PdfDocument(file)[0].render(scale=100 / 72).to_pil().save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture
def run(capsysbinary, tmp_path, monkeypatch):
    """Run `acuscreen read` on a file's bytes, or with what a scanner types."""

    def run(raw, *arguments, typed=None):
        path = tmp_path / "given"
        if raw is not None:
            path.write_bytes(raw)
            arguments = (str(path), *arguments)
        if typed is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(BytesIO(typed)))
        code = main(["read", *arguments])
        printed = capsysbinary.readouterr()
        return code, printed.out.decode(), printed.err.decode()

    return run


@pytest.fixture
def refused(content):
    def refused(raw):
        with pytest.raises(AnswersError) as refusal:
            recovering.from_file(raw, content)
        return str(refusal.value)

    return refused


def edited(raw, edit, **how):
    """A report that was opened, edited and saved by another program."""
    with pikepdf.open(BytesIO(raw)) as file:
        edit(file)
        saved = BytesIO()
        file.save(saved, **how)
    return saved.getvalue()


def nothing(_):
    """An edit that changes nothing."""


def entry(file, name):
    return next(each for each in file.Root.AF if str(each.UF) == name)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_result_is_the_same_for_every_outcome_out_of_each_of_them(content, outcome):
    said = BASELINE | OUTCOMES[outcome]
    carried = carried_by(case_of(content, said))
    assert json.loads(carried[RESULT])["outcome"] == outcome
    of_file = recovering.from_file(made_of(carried), content)
    assert (of_file.file, of_file.made) == (carried[ANSWERS], TODAY)
    of_text = recovering.from_text(pack(content, record(content.questions, said)), content)
    assert carried_by(of_text.case)[RESULT] == carried[RESULT]


def test_a_report_gives_the_answers_file_back_to_the_byte(run, report, carried):
    assert run(report, "--json") == (DONE, carried[ANSWERS].decode(), "")


def test_it_is_told_in_words_what_came_back_and_how_sure_that_is(run, report, content):
    code, out, err = run(report)
    said = " ".join(out.split())
    assert (code, err) == (DONE, "")
    for each in (
        f"content version {content.version}",
        "the date 22 November 2026",
        "as they were when it was made",
        "worked out again from them, and is the same",
        "does not prove who made the report",
        "The outcome: Talk it over with a practitioner",
        "- Average pain: 5 of 10",
        "- Name: Zoë",
    ):
        assert each in said


def test_what_somebody_wrote_cannot_pass_for_another_answer(content):
    who = BASELINE | {
        "name": "Zoë\n- Age: 50 or over",
        "notes": "One\u2028The outcome: Get help now",
    }
    told = given_back(Recovered(case_of(content, who), b"", carried=True), WIDTH).splitlines()
    assert "- Name: Zoë" in told
    assert "  - Age: 50 or over" in told
    assert [line for line in told if line.startswith("The outcome")] == [
        "The outcome: Talk it over with a practitioner"
    ]


def test_a_report_as_it_is_made_gives_back_what_was_said(content):
    brief = BASELINE | OUTCOMES["not_for_this_tool"] | {"name": "Zoë"}
    made = to_pdf(case_of(content, brief), Settings(TODAY))
    assert recovering.from_file(made, content).file == carried_by(case_of(content, brief))[ANSWERS]


def test_a_report_without_data_carries_none_and_says_so(content, refused):
    brief = BASELINE | OUTCOMES["not_for_this_tool"]
    bare = to_pdf(case_of(content, brief), Settings(TODAY, data=False, code=False))
    with pikepdf.open(BytesIO(bare)) as file:
        assert not file.attachments
    assert (
        "carries no answers; if it is a report, read a picture of the page with the code"
        in refused(bare)
    )


def test_only_what_is_wanted_is_put_into_a_report(monkeypatch, content):
    """Both are there unless they are left out; the result of a screen needs neither."""
    seen = []
    monkeypatch.setattr(
        pdf, "first_that_fits", lambda _versions, _most, carried: seen.append([*carried])
    )
    monkeypatch.setattr(telling, "replace", lambda report, **more: seen.append(more) or report)
    for data, code in ((True, True), (False, False)):
        to_pdf(case_of(content, BASELINE), Settings(TODAY, data=data, code=code))
    assert seen[1] == [ANSWERS, RESULT]
    assert seen[0]["code"].text == pack(content, record(content.questions, BASELINE))
    assert seen[2:] == [{"code": None}, []]


def test_what_a_scanner_types_gives_the_answers_back(run, content):
    line = f"{pack(content, record(content.questions, ANN)).lower()}\r\n".encode()
    code, out, err = run(None, "--qr", "-", "--json", typed=line)
    assert (code, err) == (DONE, "")
    file = json.loads(out)
    assert file["skipped"] == ["notes", "name"]
    assert file["content"] == {"version": content.version, "sha256": content.sha256}
    assert read_answers(out.encode(), content).said["pain_average"] == ANN["pain_average"]
    assert run(None, "--qr", pack(content, record(content.questions, ANN)), "--json") == (
        code,
        out,
        err,
    )


def test_bytes_that_are_no_text_are_refused_and_end_nothing(run, content):
    code, out, err = run(None, "--qr", "-", typed=b"\xe9\xff]Q1ACU1.\n")
    assert (code, out) == (WRONG, "")
    assert "no code of a report" in err


def test_a_scanner_types_into_a_terminal_bytes_that_are_no_text(content):
    program = pexpect.spawn(sys.executable, ["-m", "questionnaire", "read", "--qr", "-"])
    program.expect("Scan the code now")
    program.sendline(b"\xe9")
    program.expect("no code of a report")


def test_a_scanner_types_into_a_terminal_and_ends_with_enter(content):
    program = pexpect.spawn(sys.executable, ["-m", "questionnaire", "read", "--qr", "-"])
    program.expect("Scan the code now")
    program.sendline(pack(content, record(content.questions, ANN)))
    program.expect("The outcome: Talk it over")
    program.expect(pexpect.EOF)


@pytest.mark.parametrize("before", [True, False])
def test_both_can_be_left_out_before_the_command_and_behind_it(before):
    report, out = ["report", "answers.json", "-o", "report.pdf"], ["--no-data", "--no-qr"]
    assert parse(report).data
    assert parse(report).code
    left_out = parse([*out, *report] if before else [*report, *out])
    assert not left_out.data
    assert not left_out.code
    assert not parse(out).data


def test_a_picture_of_the_page_gives_the_answers_back(run, photograph):
    code, out, err = run(photograph[0])
    assert (code, err) == (DONE, "")
    assert "It holds no name, no date" in out
    assert "- Average pain: 5 of 10" in out
    assert "Name:" not in out


def test_two_pages_in_one_picture_are_refused(refused, photograph):
    assert "2 codes; take a picture of one page alone" in refused(photograph[1])


def test_a_picture_without_a_code_is_refused(refused, report):
    assert "no code that can be read" in refused(_seen(report))


@pytest.mark.parametrize("given", [(), ("report.pdf", "--qr", "ACU1")])
def test_one_thing_is_read_at_a_time(run, given):
    with pytest.raises(SystemExit) as left:
        run(None, *given)
    assert left.value.code == WRONG


def test_a_refusal_names_the_file_and_tells_no_answer(run, carried):
    code, out, err = run(made_of(carried)[:-9000])
    assert (code, out) == (WRONG, "")
    assert err.startswith("acuscreen: /")
    assert "/given: is no whole PDF" in err
    code, out, err = run(None, "--qr", "-", typed=b"ACU1.2026.1.0AB")
    assert (code, out) == (WRONG, "")
    assert err.startswith("acuscreen: the code: is no code of a report")
    assert "0AB" not in err


def test_a_file_that_is_not_there_is_told(run):
    for name in ("", "nowhere.pdf"):
        code, out, err = run(None, name)
        assert (code, out) == (WRONG, "")
        assert "cannot be read" in err


@pytest.mark.parametrize("kept", [0, 8, 1000, 9000])
def test_a_report_that_was_cut_off_is_refused(refused, report, kept):
    assert refused(report[:kept])


def test_what_is_no_report_is_refused(refused):
    assert "no picture that can be read" in refused(b"Dear doctor")
    assert DAMAGED in refused(b"%PDF-1.7\nDear doctor")
    foreign = pikepdf.new()
    foreign.add_blank_page()
    file = BytesIO()
    foreign.save(file)
    assert "no report of acuscreen" in refused(file.getvalue())


def test_a_locked_report_is_refused(refused, report):
    for user in ("", "secret"):
        lock = pikepdf.Encryption(owner="secret", user=user)
        assert "locked with a password" in refused(edited(report, nothing, encryption=lock))


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"linearize": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False},
        {"stream_decode_level": pikepdf.StreamDecodeLevel.generalized, "compress_streams": False},
        {"qdf": True},
    ],
)
def test_a_report_that_another_program_saved_anew_is_read(content, report, carried, how):
    def annotated(file):
        file.docinfo["/Title"] = "Seen by the clinic"
        file.attachments["letter.txt"] = b"Dear doctor"

    for edit in (nothing, annotated):
        again = recovering.from_file(edited(report, edit, **how), content)
        assert again.file == carried[ANSWERS]


def test_a_report_that_a_browser_saved_anew_is_read(content, report, carried):
    saved = BytesIO()
    pypdfium2.PdfDocument(report).save(saved)
    assert recovering.from_file(saved.getvalue(), content).file == carried[ANSWERS]


def overwrite(file, name, raw, told=None):
    stream = entry(file, name).EF.F
    about = stream.Params
    stream.write(raw)
    stream.Params = about
    about.CheckSum = pikepdf.String(told or md5(raw, usedforsecurity=False).digest())
    about.Size = len(raw)


@pytest.mark.parametrize("name", [ANSWERS, RESULT])
def test_a_file_that_was_changed_is_refused_even_with_its_checksum(refused, report, carried, name):
    changed = carried[name].replace(b"discuss", b"discusS").replace(b"comfortable", b"strong_fear")
    assert changed != carried[name]
    assert CHANGED in refused(edited(report, lambda file: overwrite(file, name, changed)))


@pytest.mark.parametrize("name", [ANSWERS, RESULT])
def test_a_checksum_that_was_changed_is_refused(refused, report, carried, name):
    told = b"0123456789abcdef"
    edit = edited(report, lambda file: overwrite(file, name, carried[name], told))
    assert CHANGED in refused(edit)


@pytest.mark.parametrize("name", [ANSWERS, RESULT])
def test_a_file_that_was_taken_out_or_put_in_anew_is_refused(refused, report, carried, name):
    def take_out(file):
        del file.attachments[name]
        file.Root.AF = Array([each for each in file.Root.AF if str(each.UF) != name])

    def put_in(file):
        file.attachments[name] = carried[name] + b" "

    assert CHANGED in refused(edited(report, take_out))
    assert CHANGED in refused(edited(report, put_in))


def test_an_identifier_that_was_changed_is_refused(refused, report):
    def change(file):
        file.trailer.ID[0] = pikepdf.String("0" * 64)

    assert CHANGED in refused(edited(report, change))


def test_two_files_of_one_name_are_refused_wherever_they_are(refused, report, carried):
    def second(file):
        stream = file.make_indirect(Stream(file, carried[ANSWERS]))
        return file.make_indirect(
            Dictionary(Type=Name.Filespec, F="answers.json", EF=Dictionary(F=stream))
        )

    def in_names(file):
        file.Root.Names.EmbeddedFiles.Names.extend(["answers.json", second(file)])

    def in_branch(file):
        leaf = Dictionary(Names=Array(["answers.json", second(file)]))
        file.Root.Names.EmbeddedFiles.Kids = Array([file.make_indirect(leaf)])

    def beside(file):
        file.Root.AF.append(second(file))

    def in_one(file):
        entry(file, ANSWERS).EF.UF = second(file).EF.F

    for edit in (in_names, in_branch, beside, in_one):
        assert "two files that are both called answers.json" in refused(edited(report, edit))


def test_a_tree_without_end_is_refused(refused, report):
    def grow(file):
        tree = file.Root.Names.EmbeddedFiles
        tree.Kids = Array([tree])

    assert DAMAGED in refused(edited(report, grow))


def test_a_file_that_unpacks_without_end_is_refused(refused, report):
    def blow_up(filters, raw):
        def edit(file):
            entry(file, ANSWERS).EF.F.write(raw, filter=filters, decode_parms=None)

        return edit

    zeros = zlib.compress(bytes(60_000_000), 9)
    for filters, raw, matter in (
        (Name.FlateDecode, zeros, DAMAGED),
        (Array([Name.FlateDecode] * 2), zlib.compress(zeros, 9), DAMAGED),
        (Name.RunLengthDecode, b"\x81\0" * 400_000, DAMAGED),
        (Name.LZWDecode, b"\x80\x0b\x60\x50", DAMAGED),
        (Name.FlateDecode, zlib.compress(bytes(2_000_000)), "more than 1,000,000 bytes"),
    ):
        assert matter in refused(edited(report, blow_up(filters, raw), **AS_IT_IS))


def test_objects_that_unpack_without_end_are_refused(refused, report):
    def blow_up(file):
        file.Root.Air = file.make_indirect(Dictionary(A=pikepdf.String("\0" * 11_000_000)))

    how = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
    assert DAMAGED in refused(edited(report, blow_up, **how))


def test_a_file_that_is_too_large_is_refused(refused, report):
    assert "larger than 20,000,000 bytes" in refused(report + bytes(20_000_000))
    assert "larger than 50,000,000 bytes" in refused(bytes(50_000_001))


def test_a_result_that_does_not_follow_is_refused(refused, carried):
    other = carried[RESULT].replace(b'"discuss"', b'"emergency"')
    assert other != carried[RESULT]
    assert "does not follow from its answers" in refused(made_of({**carried, RESULT: other}))


def test_a_content_that_is_not_here_is_named(refused, content, carried):
    later = {
        name: file.replace(content.version.encode(), b"2031.4") for name, file in carried.items()
    }
    matter = refused(made_of(later))
    assert "content version 2031.4, which is not here" in matter
    assert content.version in matter
    text = pack(replace(content, rulebook=named(content, "2031.4")), record(content.questions, ANN))
    with pytest.raises(AnswersError, match=r"content version 2031\.4, which is not here"):
        recovering.from_text(text, content)


def named(content, version):
    return replace(content.rulebook, about={**content.rulebook.about, "version": version})


def test_another_content_of_the_same_name_is_refused(refused, content, carried):
    other = {
        name: file.replace(content.sha256.encode(), b"0" * 64) for name, file in carried.items()
    }
    assert "not with the one of that name here" in refused(made_of(other))
    text = pack(replace(content, sha256="0" * 64), record(content.questions, ANN))
    with pytest.raises(AnswersError, match="another content"):
        recovering.from_text(text, content)


def test_a_report_is_read_under_the_content_that_made_it(content, carried, report):
    later = replace(content, sha256="0" * 64, rulebook=named(content, "2031.4"), questions=())
    for found in (
        recovering.from_file(report, later),
        recovering.from_text(pack(content, record(content.questions, ANN)), later),
    ):
        assert (found.case.content.version, found.case.content.sha256) == (
            content.version,
            content.sha256,
        )


def places(report):
    """Where the carried files, what is said of them, and the identifier lie in the PDF."""
    marks = (b"/EmbeddedFile", b"/Filespec", b"/EmbeddedFiles", b"/ID", b"/Root")
    found = set()
    for mark in marks:
        at = report.find(mark)
        while at >= 0:
            found.update(range(max(at - 400, 0), min(at + 800, len(report))))
            at = report.find(mark, at + 1)
    return sorted(found)


def test_a_changed_byte_is_found_or_does_not_matter(content, report, carried):
    """Every third byte where the files lie: other answers are never given back."""
    refusals = 0
    for at in places(report)[::3]:
        changed = bytearray(report)
        changed[at] ^= 1 << at % 8
        refusals += _refused_or_the_same(bytes(changed), carried)
    assert refusals > 300


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_changed_cut_and_doubled_parts_are_found_or_do_not_matter(data, report, carried):
    start = data.draw(st.integers(0, len(report)))
    end = data.draw(st.integers(start, min(start + 3000, len(report))))
    part = data.draw(st.sampled_from([b"", report[start:end] * 2, bytes(end - start)]))
    _refused_or_the_same(report[:start] + part + report[end:], carried)


def _refused_or_the_same(raw, carried):
    try:
        assert attached_to(raw).files == carried
    except AnswersError:
        return True
    return False


def test_nothing_that_reads_or_draws_codes_is_loaded_before_it_is_needed():
    libraries = {"segno", "pikepdf", "zxingcpp", "PIL", "weasyprint"}
    program = f"import sys, questionnaire.cli.main; print({libraries} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"set()"]
