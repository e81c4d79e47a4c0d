"""The conversation: what happens in which order, whatever the voice."""

import pytest
from anyone import replies_to
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaire.content.content import read_content
from questionnaire.interview.conversation import Conversation, Move, converse, in_words
from questionnaire.interview.flow import SKIPPED, facts, next_question, relevant, skipped, visible

CONTENT = read_content()
QUESTIONS = CONTENT.questions


class Script:
    """A voice that answers from a script, and keeps what it was told and asked."""

    def __init__(self, answers, moves=()):
        self.answers = dict(answers)
        self.moves = list(moves)
        self.asked, self.told, self.chosen = [], [], []

    def say(self, text):
        self.told.append(text)

    def ask(self, asked):
        self.asked.append(asked)
        if self.moves and self.moves[0][0] == asked.question.id:
            return self.moves.pop(0)[1]
        return self.answers[asked.question.id]

    def choose(self, prompt, choices, *, ready=False):
        assert not ready
        chosen = self.chosen.pop(0) if self.chosen else next(iter(choices))
        assert chosen in choices
        return chosen


def talk(voice):
    return Conversation(CONTENT, voice, lambda _: "ALARM", lambda _: None)


@pytest.fixture
def person(baseline):
    return baseline | {"notes": SKIPPED, "name": SKIPPED}


def asked_ids(voice):
    return [asked.question.id for asked in voice.asked]


def test_every_question_that_applies_is_asked_once_and_in_order(person):
    voice = Script(person)
    said = converse(talk(voice), {})
    assert asked_ids(voice) == [each.id for each in relevant(QUESTIONS, said)]
    assert visible(QUESTIONS, said) == {
        each: person[each] for each in asked_ids(voice) if person[each] is not SKIPPED
    }


def test_going_back_twice_keeps_the_later_answers_that_still_apply(person):
    voice = Script(
        person,
        [
            ("pain_change", Move.BACK),
            ("pain_checked", Move.BACK),
            ("pain_duration", "under_6_weeks"),
        ],
    )
    said = converse(talk(voice), {})
    assert said["pain_duration"] == "under_6_weeks"
    assert asked_ids(voice)[3:9] == [
        "pain_duration",
        "pain_checked",
        "pain_change",
        "pain_checked",
        "pain_duration",
        "pain_change",
    ]


def test_an_earlier_answer_is_shown_when_its_question_comes_again(person):
    voice = Script(person, [("pain_checked", Move.BACK)])
    converse(talk(voice), {})
    again = voice.asked[asked_ids(voice).index("pain_checked") + 1]
    assert (again.question.id, again.said) == ("pain_duration", "over_3_months")


def test_back_at_the_first_question_stays_there(person):
    voice = Script(person, [("answered_by", Move.BACK)])
    converse(talk(voice), {})
    assert asked_ids(voice)[:3] == ["answered_by", "answered_by", "age_group"]


def test_any_answer_can_be_changed_on_the_review_page(person):
    voice = Script(person, [("pain_types", ("back",)), ("pain_types", ("neck",))])
    voice.chosen = ["pain_types", "done"]
    said = converse(talk(voice), {})
    assert visible(QUESTIONS, said)["pain_types"] == ("neck",)
    assert asked_ids(voice)[-2:] == ["pain_types", "warning_neck"]
    assert "warning_back" not in visible(QUESTIONS, said)


def test_going_back_from_a_change_returns_to_the_review_page(person):
    voice = Script(person, [("needles", "comfortable"), ("needles", Move.BACK)])
    voice.chosen = ["needles", "done"]
    assert converse(talk(voice), {})["needles"] == "comfortable"


def test_nothing_is_concluded_before_the_answers_were_reviewed(person):
    voice = Script(person)
    converse(talk(voice), {})
    assert voice.told == [CONTENT.words["review_title"]]


def test_an_emergency_sign_is_acted_on_before_anything_more_is_asked(person):
    voice = Script(person | {"warning_any": ("chest_pain",)})
    voice.chosen = ["stop"]
    converse(talk(voice), {})
    assert asked_ids(voice)[-1] == "warning_any"
    assert voice.told == ["ALARM"]


def test_after_an_emergency_the_person_may_go_on(person):
    voice = Script(person | {"warning_any": ("chest_pain",)})
    voice.chosen = ["go_on"]
    said = converse(talk(voice), {})
    assert voice.told.count("ALARM") == 1
    assert asked_ids(voice)[-1] == "name"
    assert CONTENT.conclude(facts(QUESTIONS, said)).outcome == "emergency"


def test_an_emergency_answer_that_was_a_slip_can_be_changed_at_once(person):
    voice = Script(person, [("warning_any", ("chest_pain",)), ("warning_any", ("none",))])
    voice.chosen = ["change"]
    said = converse(talk(voice), {})
    assert said["warning_any"] == ("none",)
    assert CONTENT.conclude(facts(QUESTIONS, said)).outcome == "discuss"


def test_a_warning_sign_of_a_lower_tier_does_not_interrupt(person):
    voice = Script(person | {"warning_any": ("night_pain", "fever_or_very_unwell")})
    converse(talk(voice), {})
    assert "ALARM" not in voice.told


def test_every_answer_is_heard_as_it_is_given(person):
    heard = []
    converse(Conversation(CONTENT, Script(person), lambda _: "", heard.append), {})
    assert [list(said)[-1] for said in heard] == list(heard[-1])


def test_a_draft_is_taken_up_at_the_first_open_question(person):
    voice = Script(person)
    converse(talk(voice), {"answered_by": "self", "age_group": "18_to_49"})
    assert asked_ids(voice)[0] == "pain_types"


class Wanderer(Script):
    """A voice that draws its answers, goes back and changes its mind as it is drawn to."""

    def __init__(self, draw):
        super().__init__({})
        self.draw, self.restless = draw, 12

    def wanders(self):
        self.restless -= 1
        return self.restless > 0 and self.draw(st.booleans())

    def ask(self, asked):
        if self.wanders():
            return Move.BACK
        return self.draw(replies_to(asked.question))

    def choose(self, prompt, choices, *, ready=False):
        if "done" in choices:
            return self.draw(st.sampled_from(list(choices))) if self.wanders() else "done"
        return "change" if self.wanders() else "go_on"


@pytest.mark.uncounted
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_however_one_wanders_the_result_is_that_of_a_fresh_run_over_the_visible_answers(data):
    said = converse(talk(Wanderer(data.draw)), {})
    assert next_question(QUESTIONS, said) is None
    fresh = Script({**dict.fromkeys(skipped(QUESTIONS, said), SKIPPED), **visible(QUESTIONS, said)})
    fresh.choose = lambda _, choices, **__: "done" if "done" in choices else "go_on"
    again = converse(talk(fresh), {})
    assert visible(QUESTIONS, again) == visible(QUESTIONS, said)
    assert CONTENT.conclude(facts(QUESTIONS, again)) == CONTENT.conclude(facts(QUESTIONS, said))


@pytest.mark.parametrize(
    ("question_id", "answer", "words"),
    [
        ("needles", "nervous", "They make me nervous"),
        ("pain_types", ("back", "neck"), "Back pain; Neck pain"),
        ("pain_average", 0, "0"),
        ("notes", "Will it hurt?", "Will it hurt?"),
        ("goals", SKIPPED, "(not said)"),
    ],
)
def test_an_answer_is_read_back_in_the_words_that_were_chosen(question_id, answer, words):
    assert in_words(CONTENT.question(question_id), answer, CONTENT.words) == words
