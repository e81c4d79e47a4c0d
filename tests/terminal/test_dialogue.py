"""The conversation held by a voice: what is said and chosen, and in which order."""

import pytest

from questionnaire.content.content import read_content
from questionnaire.interview.conversation import Answered, Back, Skipped, State
from questionnaire.interview.flow import SKIPPED, facts, relevant, visible
from questionnaire.terminal.dialogue import converse

CONTENT = read_content()
QUESTIONS = CONTENT.questions
ALARM = CONTENT.rulebook.outcomes["emergency"].title.upper()


class Script:
    """A voice that answers from a script, and keeps what it was told and asked."""

    def __init__(self, answers, moves=()):
        self.answers, self.moves = dict(answers), list(moves)
        self.asked, self.told, self.chosen, self.heard = [], [], [], []

    def say(self, text):
        self.told.append(text)

    def ask(self, asked):
        question = asked.question.id
        self.asked.append(question)
        if self.moves and self.moves[0][0] == question:
            said = self.moves.pop(0)[1]
        else:
            said = self.answers[question]
        if said is SKIPPED:
            return Skipped(question)
        return said if isinstance(said, Back) else Answered(question, said)

    def choose(self, prompt, choices, *, ready=False):
        assert not ready
        chosen = self.chosen.pop(0) if self.chosen else next(iter(choices))
        assert chosen in choices
        return chosen

    def converses(self, said=()):
        return converse(self, CONTENT, State(dict(said)), self.heard.append)

    def raised_the_alarm(self):
        return sum(ALARM in told for told in self.told)


@pytest.fixture
def person(baseline):
    return baseline | {"notes": SKIPPED, "name": SKIPPED}


def test_every_question_that_applies_is_asked_once_and_in_order(person):
    voice = Script(person)
    said = voice.converses()
    assert voice.asked == [each.id for each in relevant(QUESTIONS, said)]
    assert visible(QUESTIONS, said) == {
        each: person[each] for each in voice.asked if person[each] is not SKIPPED
    }


def test_nothing_is_concluded_before_the_answers_were_reviewed(person):
    voice = Script(person)
    voice.converses()
    assert voice.told == [CONTENT.words["review_title"]]


def test_any_answer_can_be_changed_at_the_review(person):
    voice = Script(person, [("pain_types", ("back",)), ("pain_types", ("neck",))])
    voice.chosen = ["pain_types", ""]
    assert visible(QUESTIONS, voice.converses())["pain_types"] == ("neck",)
    assert voice.asked[-2:] == ["pain_types", "warning_neck"]


def test_going_back_from_a_change_returns_to_the_review(person):
    voice = Script(person, [("needles", ("comfortable",)), ("needles", Back())])
    voice.chosen = ["needles", ""]
    assert voice.converses()["needles"] == ("comfortable",)


def test_an_emergency_sign_is_acted_on_before_anything_more_is_asked(person):
    voice = Script(person | {"warning_any": ("chest_pain",)})
    voice.chosen = ["stop"]
    voice.converses()
    assert voice.asked[-1] == "warning_any"
    assert voice.raised_the_alarm() == 1
    assert len(voice.told) == 1


def test_after_an_emergency_the_person_may_go_on(person):
    voice = Script(person | {"warning_any": ("chest_pain",)})
    voice.chosen = ["go_on"]
    said = voice.converses()
    assert voice.raised_the_alarm() == 1
    assert voice.asked[-1] == "name"
    assert CONTENT.conclude(facts(QUESTIONS, said)).outcome == "emergency"


def test_an_emergency_answer_that_was_a_slip_can_be_changed_at_once(person):
    voice = Script(person, [("warning_any", ("chest_pain",)), ("warning_any", ("none",))])
    voice.chosen = ["change"]
    said = voice.converses()
    assert said["warning_any"] == ("none",)
    assert CONTENT.conclude(facts(QUESTIONS, said)).outcome == "discuss"


def test_every_answer_is_heard_as_it_is_given(person):
    voice = Script(person)
    voice.converses()
    assert [list(said)[-1] for said in voice.heard] == list(voice.heard[-1])


def test_a_draft_is_taken_up_at_the_first_open_question(person):
    voice = Script(person)
    voice.converses({"country": "uk", "answered_by": "self", "age_group": "18_to_49"})
    assert voice.asked[0] == "pain_types"
