"""Answers typed from paper: what is asked, what is told, and that nothing is lost."""

import io
import os
import re
import sys

import pytest
from anyone import whole_people
from hypothesis import given, settings
from hypothesis import strategies as st
from people import in_order

from questionnaire.answers.file import read_answers
from questionnaire.cli.main import main
from questionnaire.content.content import read_content
from questionnaire.content.numbering import BLANK, number_of, numbered, written
from questionnaire.interview.conversation import State
from questionnaire.interview.flow import SKIPPED, facts, relevant, skipped, visible
from questionnaire.terminal.entry import enter
from questionnaire.terminal.plain import Plain

CONTENT = read_content()
QUESTIONS = CONTENT.questions
ALARM = CONTENT.rulebook.outcomes["emergency"].title.upper()
HEAD = "1a 2a 3b 4b 5c 7a 8- 9a 10=5 11=5 12=5 14e"
REST = "25g 26g 27f 29e 33=6 34l 35i 36d 37b 38a 39b 40- 41-"
WELL = f"{HEAD} 15m 17d 18f {REST}"


class Typist:
    """A voice that chooses from a script, and somebody who types; keeps what was told."""

    def __init__(self, *lines, chosen=()):
        self.lines, self.chosen = list(lines), list(chosen)
        self.told, self.prompts, self.heard = [], [], []

    def say(self, text):
        self.told.append(text)

    def choose(self, prompt, choices, *, ready=False):
        return self.chosen.pop(0)

    def read(self, prompt):
        self.prompts.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def enters(self, said=()):
        return enter(self.read, self, CONTENT, State(dict(said)), self.heard.append)

    def stops(self):
        """Type all the lines, and see no end of it; what was heard last."""
        with pytest.raises(EOFError):
            self.enters()
        return self.heard[-1] if self.heard else {}

    @property
    def numbers(self):
        return [int(each.split()[0]) for each in self.prompts if each[0].isdigit()]

    def was_told(self, text):
        return any(text in each for each in self.told)

    def raised_the_alarm(self):
        return sum(ALARM in each for each in self.told)


def counted(said):
    return visible(QUESTIONS, said), {*skipped(QUESTIONS, said)}


def is_typed_whole(text):
    """Whether a line that is read can hold it, and it is no key that does something nor a code."""
    code = re.search(r"[0-9]", text) and re.search(r"[a-z=:-]", text.lower())
    keys = {"", "-", "<", "?", "q"}
    return text == text.strip() and text not in keys and text.isprintable() and not code


def people():
    """Anyone whose words can be typed on one line."""
    return whole_people(CONTENT).filter(
        lambda said: all(
            is_typed_whole(said[each.id])
            for each in QUESTIONS
            if each.kind == "text" and said.get(each.id, SKIPPED) is not SKIPPED
        )
    )


def lines_of(said):
    return [code_of(each, said[each.id]) for each in QUESTIONS if each.id in said]


def code_of(question, said):
    return BLANK if said is SKIPPED else written(question, said)


@settings(max_examples=12, deadline=None)
@given(people())
def test_writing_down_the_codes_and_typing_them_gives_back_the_answers(said):
    is_whole = all(each.id in said for each in relevant(QUESTIONS, said))
    typist = Typist(*lines_of(said), "ok", chosen=["go_on"] * 9 if is_whole else ["stop"])
    typed = typist.enters()
    assert counted(typed)[0] == counted(said)[0]
    assert not is_whole or counted(typed)[1] == counted(said)[1]
    assert not typist.was_told("Error")


@settings(max_examples=12, deadline=None)
@given(people(), st.randoms())
def test_typed_in_any_order_and_in_lines_of_any_length_it_is_the_same_person(said, random):
    asked = [each for each in QUESTIONS if each.id in said and each.kind != "text"]
    equals = {"scale": "="}
    codes = [
        f"{number_of(QUESTIONS, each.id)}{equals.get(each.kind, '')}{code_of(each, said[each.id])}"
        for each in asked
    ]
    codes_of_all = [*codes]
    random.shuffle(codes)
    lines = []
    while codes:
        size = random.randint(1, len(codes))
        lines.append(" ".join(codes[:size]))
        codes = codes[size:]
    (age,) = (each for each in codes_of_all if re.match(r"3[a-z]", each))
    typist = Typist(age, *lines, chosen=["go_on"] * 40)
    typist.stops()
    ids = {each.id for each in asked}  # a code typed once more is the note, when that is due
    heard = {key: each for key, each in counted(typist.heard[-1])[0].items() if key in ids}
    assert heard == {key: each for key, each in visible(QUESTIONS, said).items() if key in heard}
    assert {each.id for each in asked if said[each.id] is not SKIPPED} <= {*heard}


def test_a_person_can_be_typed_in_one_line(baseline):
    typed = Typist(WELL, "ok").enters()
    assert counted(typed)[0] == {
        question.id: answer
        for question, answer in in_order(QUESTIONS, baseline | {"pain_cause": SKIPPED})
        if answer is not SKIPPED
    }


def test_only_what_applies_is_asked_by_its_number_and_name():
    typist = Typist("a", "a", "b", "bd", "c", "b")
    typist.stops()
    assert typist.numbers == [1, 2, 3, 4, 5, 6, 7]
    assert typist.prompts[5].startswith("6 Joint problem (a to d):")


def test_what_was_passed_over_is_told_so_that_a_tick_there_is_not_lost():
    typist = Typist(HEAD, "m")
    typist.stops()
    assert typist.was_told("Not asked: 6, 13. If something is ticked there, ask the person.")
    assert typist.was_told("Not asked: 16. If")
    assert typist.numbers[-2:] == [15, 17]


def test_what_was_taken_is_read_back_in_words():
    typist = Typist("1a 2a 3b 4bd")
    typist.stops()
    assert typist.told[0].splitlines() == [
        "1 Country: United Kingdom",
        "2 Filled in by: I am, about my own pain",
        "3 Age: 18 to 49",
        "4 Pain: Back pain; Pain in one or more joints, such as a knee, a hip or the hands",
    ]


def test_one_wrong_code_loses_nothing_else_of_the_line():
    typist = Typist("1a 2a 3b 4bz 5c 18f 23g")
    assert typist.stops() == {
        "country": "uk",
        "answered_by": "self",
        "age_group": "18_to_49",
        "pain_duration": "over_3_months",
    }
    assert typist.numbers == [1, 4]
    typist = Typist("1a 2a 3b 4bz 5c 18f 23g", "b")
    assert typist.stops()["warning_back"] == ("none",)
    assert typist.was_told("23 Signs, tummy: this does not apply after the answers so far")


def test_what_waits_to_the_end_for_a_question_that_never_came_is_told():
    typist = Typist("32a", WELL, "ok")
    assert "sleep_pain_link" not in counted(typist.enters())[0]
    assert typist.was_told("32 Pain disturbs sleep: kept until it is clear if it applies.")
    assert typist.was_told("32 Pain disturbs sleep: this does not apply")


def test_two_marks_where_one_is_allowed_are_nobodys_to_guess():
    typist = Typist("ab", "-", "b")
    assert typist.stops() == {"answered_by": "helper"}
    assert typist.was_told("more than one box, and one is allowed. Ask the person which one")


def test_what_was_left_blank_is_asked_for_at_the_end():
    typist = Typist(WELL.replace("9a", "9-"), "-", "a", "ok")
    assert typist.enters()["pain_change"] == "same_as_usual"
    assert typist.numbers == [1, 9, 9]
    assert typist.was_told("9 Usual or new: left open")
    assert typist.was_told("it needs an answer. Ask the person")


def test_what_may_be_left_out_is_not_asked_for_again():
    typed = Typist(WELL.replace("38a", "38-"), "ok").enters()
    assert counted(typed)[1] == {"pain_cause", "goals", "notes", "name"}


def test_what_hangs_on_a_blank_waits_for_it():
    typist = Typist(WELL.replace("4b", "4-"), "b", "ok")
    assert counted(typist.enters())[0]["warning_back"] == ("none",)


def test_a_blank_undoes_an_answer_given_before():
    typist = Typist("a", "<", "-", "b", "b", "ac")
    assert "country" not in typist.stops()


def test_back_goes_one_question_back_and_shows_its_answer():
    typist = Typist("<", "a", "b", "<", "<", "b")
    assert typist.stops()["country"] == "ie"
    assert typist.numbers == [1, 1, 2, 3, 2, 1, 3]
    assert typist.was_told("This is the first question")
    assert typist.was_told("Your answer so far: I am helping someone else")


def test_all_answers_are_shown_with_their_codes_before_it_goes_on():
    typist = Typist(WELL)
    typist.stops()
    shown = typist.told[-1].splitlines()
    assert "4 Pain: b · Back pain" in shown
    assert "10 Average pain: 5 · 5" in shown
    assert "38 Hopes: a · Less pain" in shown
    assert "41 Name: (not said)" in shown
    assert len(shown) == 1 + len(relevant(QUESTIONS, typist.heard[-1]))
    assert "Type ok" in typist.prompts[-1]


def test_at_the_review_an_answer_is_changed_by_its_code_or_its_number_alone():
    typist = Typist(WELL, "36a", "41", "Ada Bell", "ok")
    typed = typist.enters()
    assert (typed["needles"], typed["name"]) == (("nervous",), "Ada Bell")
    assert sum("36 Needles: " in each and "15 " in each for each in typist.told) == 4


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("18", None),
        ("19", "There is no question 19 to go to"),
        ("99", "There is no question 99 to go to"),
        ("yes", "“yes” stands without the number"),
        ("", "An empty line is not an answer"),
        ("19a", "19 Signs, headache: this does not apply"),
    ],
)
def test_only_ok_ends_the_review(line, told):
    typist = Typist(WELL, line)
    typist.stops()
    assert told is None or typist.was_told(told)
    assert not typist.lines


def test_a_change_at_the_review_asks_what_it_opens():
    typist = Typist(WELL, "4ab", "a", "k", "ok")
    typed = typist.enters()
    assert typed["warning_headache"] == ("none",)
    assert typist.numbers[-2:] == [13, 19]


def test_an_emergency_sign_raises_the_alarm_before_anything_more_is_typed():
    typist = Typist(f"{HEAD} 15c", chosen=["stop"])
    assert CONTENT.conclude(facts(QUESTIONS, typist.enters())).outcome == "emergency"
    assert typist.raised_the_alarm() == 1
    assert len(typist.prompts) == 1


def test_after_the_alarm_one_may_go_on_or_change_the_answer():
    typist = Typist(f"{HEAD} 15cd 17d 18f", "m", REST, "ok", chosen=["change"])
    assert counted(typist.enters())[0]["warning_any"] == ("none",)
    assert typist.numbers == [1, 15, 25]
    typist = Typist(f"{HEAD} 15c", "d", chosen=["go_on"])
    assert typist.stops()["warning_any"] == ("chest_pain",)
    assert typist.numbers == [1, 17, 18]


def test_a_sign_where_nobody_was_asked_for_it_raises_the_alarm_too():
    typist = Typist(f"{HEAD} 19a")
    assert "warning_headache" not in typist.stops()
    assert typist.raised_the_alarm() == 1
    assert typist.was_told("19 Signs, headache: this does not apply after the answers so far")


def test_an_early_end_asks_no_more_and_still_shows_the_answers():
    typist = Typist("1a 2a", "a", "ok")
    assert counted(typist.enters())[0] == {
        "country": "uk",
        "answered_by": "self",
        "age_group": "under_18",
    }
    assert not typist.was_told("Not asked")


def test_a_question_mark_shows_the_question_as_it_stands_on_paper():
    typist = Typist("a", "?", "2a 3b 4b 5c 7a 8- 9a", "?", "5 6")
    typist.stops()
    assert typist.was_told("c  I work at the clinic and am filling it in with the person")
    assert typist.was_told("10 = the worst pain you can think of")


def test_q_leaves_and_an_empty_line_is_no_answer():
    typist = Typist("", "q")
    with pytest.raises(KeyboardInterrupt):
        typist.enters()
    assert typist.was_told("An empty line is not an answer")
    assert typist.heard == []


def test_a_draft_is_taken_up_at_the_first_open_question():
    typist = Typist()
    with pytest.raises(EOFError):
        typist.enters({"country": "uk", "answered_by": "staff", "age_group": "18_to_49"})
    assert typist.numbers == [4]


@pytest.fixture
def types(monkeypatch):
    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines))
    )


def test_the_command_takes_a_form_through_a_pipe_and_writes_the_answers(
    types, tmp_path, monkeypatch, capsys, content
):
    monkeypatch.chdir(tmp_path)
    types("a", WELL.removeprefix("1a "), "ok", "3")
    assert main(["enter", "--answers", "answers.json", "--country", "nz"]) == 0
    answers = (tmp_path / "answers.json").read_bytes()
    said = read_answers(answers, content).said
    assert (said["country"], said["pain_types"]) == ("nz", ("back",))
    printed = capsys.readouterr().out
    assert f"forms of content version {content.version}." in printed
    assert printed.count("Your answers") == 1


def test_the_end_of_the_input_leaves_nothing_or_the_draft_asked_for(
    types, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    types(HEAD)
    assert main(["enter"]) == 130
    assert list(tmp_path.iterdir()) == []
    types(HEAD)
    assert main(["enter", "--save", "draft.json"]) == 130
    assert "acuscreen enter --resume draft.json" in " ".join(capsys.readouterr().out.split())
    types(f"15m 17d 18f {REST}", "ok", "3")
    assert main(["enter", "--resume", "draft.json"]) == 0


@pytest.mark.parametrize(("columns", "longest"), [(40, 39), (200, 76), (0, 76)])
def test_lines_are_as_wide_as_the_screen_allows(
    types, monkeypatch, capsys, content, columns, longest
):
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1)
    types("a")
    voice = Plain(content.words)
    assert voice.line(content.words["codes_review"]) == "a"
    voice.say(content.words["codes_welcome"])
    assert longest - 12 < max(map(len, capsys.readouterr().out.splitlines())) <= longest + 1


def test_every_number_that_a_prompt_can_show_is_on_the_form():
    typist = Typist(*["-"] * len(QUESTIONS))
    typist.stops()
    assert {*typist.numbers} <= {*numbered(QUESTIONS)}
