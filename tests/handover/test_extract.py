"""A report that was edited, damaged or made up gives back what it carried, or is refused."""

import zlib
from hashlib import md5
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from questionnaire.errors import AnswersError
from questionnaire.handover import recover as recovering
from questionnaire.handover.attachments import ANSWERS, RESULT
from questionnaire.handover.extract import attached_to

AS_IT_IS = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
CHANGED, DAMAGED = "changed after it was made", "no whole PDF"


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


@pytest.mark.parametrize("kept", [0, 8, 1000, 9000])
def test_a_report_that_was_cut_off_is_refused(refused, report, kept):
    assert refused(report[:kept])


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
def test_a_file_that_was_removed_or_replaced_is_refused(refused, report, carried, name):
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
