"""The conversation as plain numbered lines."""

import io
import sys

import pytest
from people import in_order, line_for

from questionnaire.interview.conversation import Answered, Ask, Back, Skipped
from questionnaire.interview.flow import NOT_ASKED, SKIPPED, Progress
from questionnaire.terminal.plain import Plain


@pytest.fixture
def voice(content):
    return Plain(content.words)


@pytest.fixture
def types(monkeypatch):
    """Lay lines before the voice, as a pipe would."""
    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines))
    )


def asked(content, question_id, *, said=NOT_ASKED, first=False):
    return Ask(content.question(question_id), Progress(7, 28), said, first)


def answer_to(voice, asked):
    """The answer that is given to what is asked."""
    replied = voice.ask(asked)
    assert isinstance(replied, Answered)
    assert replied.question == asked.question.id
    return replied.answer


def errors(printed):
    return [line for line in printed.splitlines() if "Error:" in line]


def test_options_are_numbered_lines_with_the_place_in_the_interview(content, voice, types, capsys):
    types("2")
    assert answer_to(voice, asked(content, "pain_checked")) == "yes_no_cause"
    printed = capsys.readouterr().out
    assert "Your pain, question 7 of about 28" in printed
    assert "\n1. Yes, and I know what causes it\n2. Yes, but no clear cause was found\n" in printed


def test_there_is_no_colour_and_no_cursor_movement(content, voice, types, capsys):
    types("nonsense", "?", "1")
    voice.ask(asked(content, "needles"))
    assert "\x1b" not in capsys.readouterr().out


def test_several_numbers_may_be_typed_with_spaces_or_commas(content, voice, types):
    types("3, 1")
    assert answer_to(voice, asked(content, "pain_types")) == ("headache", "neck")


@pytest.mark.parametrize("line", ["", "0", "13", "-1", "1.5", "two", "1 two", "²", "1" * 400])
def test_what_is_not_an_answer_is_told_and_asked_again(content, voice, types, capsys, line):
    types(line, "2")
    assert answer_to(voice, asked(content, "pain_types")) == ("back",)
    assert len(errors(capsys.readouterr().out)) == 1


@pytest.mark.parametrize("line", ["", "11", "-1", "3.5", "x"])
def test_a_scale_takes_its_whole_numbers_only(content, voice, types, capsys, line):
    types(line, "0")
    assert answer_to(voice, asked(content, "pain_average")) == 0
    assert len(errors(capsys.readouterr().out)) == 1


def test_none_of_these_cannot_stand_beside_a_warning_sign(content, voice, types, capsys):
    types("1 13", "13")
    assert answer_to(voice, asked(content, "warning_any")) == ("none",)
    assert "cannot stand beside" in errors(capsys.readouterr().out)[0]


def test_b_goes_back_but_not_before_the_first_question(content, voice, types, capsys):
    types("b", "1")
    assert answer_to(voice, asked(content, "answered_by", first=True)) == "self"
    assert "first question" in errors(capsys.readouterr().out)[0]
    types("b")
    assert voice.ask(asked(content, "needles")) == Back()


def test_a_question_mark_gives_help_and_asks_again(content, voice, types, capsys):
    types("?", "1")
    voice.ask(asked(content, "needles"))
    printed = capsys.readouterr().out
    assert "Each answer has a number." in printed
    assert printed.count("How do you feel about needles?") == 2


def test_an_optional_question_may_be_passed_over(content, voice, types):
    types("s")
    assert isinstance(voice.ask(asked(content, "goals")), Skipped)


def test_a_question_that_must_be_answered_may_not(content, voice, types, capsys):
    types("s", "1")
    assert answer_to(voice, asked(content, "needles")) == ("nervous",)
    assert "needs an answer" in errors(capsys.readouterr().out)[0]


def test_q_leaves(content, voice, types):
    types("q")
    with pytest.raises(KeyboardInterrupt):
        voice.ask(asked(content, "needles"))
    types("q")
    with pytest.raises(KeyboardInterrupt):
        voice.choose("Where?", {"here": "Here"})


def test_the_end_of_the_input_is_never_an_answer(content, voice, types):
    types()
    for call in (
        lambda: voice.ask(asked(content, "needles")),
        lambda: voice.choose("Where?", {"here": "Here"}, ready=True),
        lambda: voice.write("Name", "report.pdf"),
    ):
        with pytest.raises(EOFError):
            call()


def test_words_are_taken_as_they_are_typed(content, voice, types):
    types("  Will it hurt? <b>1</b>  ")
    assert answer_to(voice, asked(content, "notes")) == "Will it hurt? <b>1</b>"


@pytest.mark.parametrize(
    ("line", "told"), [("x" * 501, "501 characters"), ("\a", "cannot be printed")]
)
def test_words_that_cannot_be_printed_or_are_too_many_are_refused(
    content, voice, types, capsys, line, told
):
    types(line, "fine")
    assert answer_to(voice, asked(content, "notes")) == "fine"
    assert told in errors(capsys.readouterr().out)[0]


def test_an_answer_given_before_is_shown(content, voice, types, capsys):
    types("1")
    voice.ask(asked(content, "needles", said=("nervous",)))
    assert "Your answer so far: They make me nervous" in capsys.readouterr().out


def test_an_empty_line_takes_no_file_name(voice, types, capsys):
    types("", "mine.pdf")
    assert voice.write("Name of the file", "theirs.pdf") == "mine.pdf"
    assert len(errors(capsys.readouterr().out)) == 1


def test_every_answer_can_be_typed(content, baseline, voice, types):
    for question, answer in in_order(content.questions, baseline):
        types(line_for(question, answer))
        expected = Skipped(question.id) if answer is SKIPPED else Answered(question.id, answer)
        assert voice.ask(asked(content, question.id)) == expected
