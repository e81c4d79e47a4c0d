"""What a report gives back: the answers as they were, or a refusal that says why."""

import io
import json
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO

import pexpect
import pikepdf
import pypdfium2
import pytest
from carrying import ANN, PAGE, WELL, made_of

from questionnaire.answers.file import read_answers
from questionnaire.cli.exit_codes import DONE, WRONG
from questionnaire.cli.main import main
from questionnaire.cli.options import WIDTH
from questionnaire.conclusion.baseline import well
from questionnaire.conclusion.case import case_of
from questionnaire.content.versions import read_released, released_versions
from questionnaire.errors import AnswersError
from questionnaire.handover import recover as recovering
from questionnaire.handover.attachments import ANSWERS, RESULT, carried_by
from questionnaire.handover.payload import pack
from questionnaire.handover.qr import code_for
from questionnaire.handover.recover import Recovered
from questionnaire.interview.flow import record
from questionnaire.report import documents as telling
from questionnaire.report.documents import given_back, to_pdf
from questionnaire.report.pdf import render as pdf
from questionnaire.report.settings import Settings

TODAY = date(2026, 11, 22)
CODE = """<svg role="img" viewBox="0 0 {0.size} {0.size}" style="width: 35mm; margin: 5mm">
<title>A code</title><path stroke="#000" d="{0.path}"/></svg>"""
OUTCOMES = {
    "not_for_this_tool": {"age_group": "under_18"},
    "emergency": {"warning_any": ("chest_pain",)},
    "today": {"warning_any": ("hot_swollen_limb",)},
    "doctor_first": {"current_medicines": ("anticoagulant",)},
    "discuss_with_cautions": {"needles": ("nervous",)},
    "discuss": {},
}


@pytest.fixture(scope="module")
def photograph(content):
    """A picture of a page that bears Ann's code, and one of two of them."""
    code = CODE.format(code_for(pack(content, record(content.questions, ANN))))
    other = CODE.format(
        code_for(pack(content, record(content.questions, WELL | {"needles": ("nervous",)})))
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


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_file_and_code_give_the_same_result_for_every_outcome(content, outcome):
    said = ANN | OUTCOMES[outcome]
    carried = carried_by(case_of(content, said))
    assert json.loads(carried[RESULT])["outcome"] == outcome
    of_file = recovering.from_file(made_of(carried), content)
    assert (of_file.file, of_file.made) == (carried[ANSWERS], TODAY)
    of_text = recovering.from_text(pack(content, record(content.questions, said)), content)
    assert carried_by(of_text.case)[RESULT] == carried[RESULT]


def test_a_report_gives_the_answers_file_back_to_the_byte(run, report, carried):
    assert run(report, "--json") == (DONE, carried[ANSWERS].decode(), "")


def test_what_came_back_is_said_in_words_with_how_sure_that_is(run, report, content):
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
    who = WELL | {
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
    brief = WELL | OUTCOMES["not_for_this_tool"] | {"name": "Zoë"}
    made = to_pdf(case_of(content, brief), Settings(TODAY))
    assert recovering.from_file(made, content).file == carried_by(case_of(content, brief))[ANSWERS]


def test_a_report_without_data_carries_none_and_says_so(content, refused):
    brief = WELL | OUTCOMES["not_for_this_tool"]
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
        pdf, "first_that_fits", lambda _versions, _most, carried, **_: seen.append([*carried])
    )
    monkeypatch.setattr(telling, "replace", lambda report, **more: seen.append(more) or report)
    for data, code in ((True, True), (False, False)):
        to_pdf(case_of(content, WELL), Settings(TODAY, data=data, code=code))
    codes = [each["code"] for each in seen if "code" in each]
    assert codes[0].text == pack(content, record(content.questions, WELL))
    assert codes[1] is None
    assert [each for each in seen if isinstance(each, list)] == [[ANSWERS, RESULT], []]


def test_what_a_scanner_types_gives_the_answers_back(run, content):
    line = f"{pack(content, record(content.questions, ANN)).lower()}\r\n".encode()
    code, out, err = run(None, "--qr", "-", "--json", typed=line)
    assert (code, err) == (DONE, "")
    file = json.loads(out)
    assert file["skipped"] == ["pain_cause", "notes", "name"]
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


def test_a_missing_report_is_named(run):
    for name in ("", "nowhere.pdf"):
        code, out, err = run(None, name)
        assert (code, out) == (WRONG, "")
        assert "cannot be read" in err


def test_anything_but_a_report_is_refused(refused):
    assert "no picture that can be read" in refused(b"Dear doctor")
    assert "no whole PDF" in refused(b"%PDF-1.7\nDear doctor")
    foreign = pikepdf.new()
    foreign.add_blank_page()
    file = BytesIO()
    foreign.save(file)
    assert "no report of acuscreen" in refused(file.getvalue())


def test_a_file_that_is_too_large_is_refused(refused, report):
    assert "larger than 20,000,000 bytes" in refused(report + bytes(20_000_000))
    assert "larger than 50,000,000 bytes" in refused(bytes(50_000_001))


def test_a_result_that_does_not_follow_is_refused(refused, carried):
    other = carried[RESULT].replace(b'"discuss"', b'"emergency"')
    assert other != carried[RESULT]
    assert "does not follow from its answers" in refused(made_of({**carried, RESULT: other}))


def test_an_unknown_content_version_is_named(refused, content, carried):
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


def test_a_report_is_read_under_the_content_that_made_it(content):
    """A report of a version that was released before, read by the program of today."""
    made = read_released(released_versions()[0], content)
    case = case_of(made, well(made))
    for found in (
        recovering.from_file(made_of(carried_by(case)), content),
        recovering.from_text(pack(made, case.record), content),
    ):
        read = found.case.content
        assert (read.version, read.sha256) == (made.version, made.sha256)
        assert read.version != content.version
