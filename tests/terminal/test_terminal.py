"""The conversation in a terminal: real keys, typed into real prompts."""

import pytest
from people import CTRL_B, CTRL_C, CTRL_D, DOWN, ENTER, LEFT, SPACE, in_order, keys_for
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from questionnaire.interview.conversation import Answered, Ask, Back, Skipped
from questionnaire.interview.flow import NOT_ASKED, SKIPPED, Progress
from questionnaire.terminal.screen.terminal import Terminal


@pytest.fixture
def voice(content):
    return Terminal(content.words)


@pytest.fixture
def types():
    """Type keys at whatever is asked next."""
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
        yield keyboard.send_text


def asked(content, question_id, *, said=NOT_ASKED, first=False):
    return Ask(content.question(question_id), Progress(7, 28), said, first)


def answer_to(voice, asked):
    """The answer that is given to what is asked."""
    replied = voice.ask(asked)
    assert isinstance(replied, Answered)
    assert replied.question == asked.question.id
    return replied.answer


def test_every_answer_can_be_typed(content, baseline, voice, types):
    for question, answer in in_order(content.questions, baseline):
        types(keys_for(question, answer))
        expected = Skipped(question.id) if answer is SKIPPED else Answered(question.id, answer)
        assert voice.ask(asked(content, question.id)) == expected


def test_enter_alone_is_never_an_answer(content, voice, types):
    """Whoever leans on the key has chosen nothing: the pointer starts on no answer."""
    types(ENTER * 3 + DOWN * 2 + ENTER)
    assert answer_to(voice, asked(content, "age_group")) == "18_to_49"


def test_an_empty_list_is_refused_where_an_answer_is_needed(content, voice, types):
    types(ENTER + DOWN + SPACE + ENTER)
    assert answer_to(voice, asked(content, "pain_types")) == ("back",)


def test_none_of_these_cannot_stand_beside_a_warning_sign(content, voice, types):
    everything_but_the_last = (SPACE + DOWN) * 12
    types(SPACE + DOWN * 12 + SPACE + ENTER + SPACE + ENTER)
    assert answer_to(voice, asked(content, "warning_any")) == ("serious_accident",)
    types(everything_but_the_last + SPACE + ENTER + SPACE + ENTER)
    assert len(answer_to(voice, asked(content, "warning_any"))) == 12


@pytest.mark.parametrize("key", ["a", "i", "j", "k", "x", "1"])
def test_no_single_letter_ticks_or_moves_anything(content, voice, types, key):
    types(key + SPACE + ENTER)
    assert answer_to(voice, asked(content, "pain_types")) == ("headache",)


@pytest.mark.parametrize("key", [CTRL_B, LEFT])
@pytest.mark.parametrize("question_id", ["needles", "pain_types", "pain_average", "notes"])
def test_a_key_goes_back(content, voice, types, key, question_id):
    types(key)
    assert voice.ask(asked(content, question_id)) == Back()


def test_go_back_is_there_to_be_seen_and_chosen(content, voice, types):
    types(DOWN * 4 + ENTER)
    assert voice.ask(asked(content, "metal_allergy")) == Back()
    types(DOWN * 12 + SPACE)
    assert voice.ask(asked(content, "pain_types")) == Back()


def test_the_first_question_has_nothing_to_go_back_to(content, voice, types):
    types(LEFT + CTRL_B + DOWN + ENTER)
    assert answer_to(voice, asked(content, "answered_by", first=True)) == "self"


def test_back_in_the_middle_of_writing_returns_to_the_choice(content, voice, types):
    types(DOWN + ENTER + "half a th" + CTRL_B + DOWN * 2 + ENTER)
    assert isinstance(voice.ask(asked(content, "notes")), Skipped)


def test_too_many_words_are_refused_until_they_are_fewer(content, voice, types):
    types(DOWN + ENTER + "x" * 501 + ENTER + "\x7f" + ENTER)
    assert answer_to(voice, asked(content, "notes")) == "x" * 500


def test_what_was_written_before_is_there_to_be_changed(content, voice, types):
    types(DOWN + ENTER + "!" + ENTER)
    assert answer_to(voice, asked(content, "notes", said="Will it hurt?")) == "Will it hurt?!"


def test_an_earlier_answer_is_where_the_pointer_starts(content, voice, types):
    types(ENTER)
    assert answer_to(voice, asked(content, "pain_average", said=0)) == 0
    types(ENTER)
    assert answer_to(voice, asked(content, "metal_allergy", said="no")) == "no"
    types(ENTER)
    assert answer_to(voice, asked(content, "pain_types", said=("back", "neck"))) == ("back", "neck")


@pytest.mark.parametrize("question_id", ["needles", "pain_types", "notes"])
@pytest.mark.parametrize(("key", "raised"), [(CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError)])
def test_leaving_is_never_an_answer(content, voice, types, question_id, key, raised):
    types(key)
    with pytest.raises(raised):
        voice.ask(asked(content, question_id))


@pytest.mark.parametrize(("key", "raised"), [(CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError)])
def test_leaving_while_writing_is_never_an_answer(content, voice, types, key, raised):
    types(DOWN + ENTER + key)
    with pytest.raises(raised):
        voice.ask(asked(content, "notes"))


def test_a_choice_that_is_not_ready_must_be_moved_to(voice, types):
    types(ENTER + DOWN * 2 + ENTER)
    assert voice.choose("Where?", {"here": "Here", "there": "There"}) == "there"


def test_a_ready_choice_takes_the_first_straight_away(voice, types):
    types(ENTER)
    assert voice.choose("Keep it?", {"save": "Yes", "drop": "No"}, ready=True) == "save"


def test_a_file_needs_a_name(voice, types):
    types("\x15" + ENTER + "mine.pdf" + ENTER)
    assert voice.write("Name of the file", "theirs.pdf") == "mine.pdf"
