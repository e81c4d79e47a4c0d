"""The conversation as a state machine: what a person is shown, and what a reply changes.

Two pure functions over frozen values, for every face alike: a terminal shows a screen and waits
for the reply, a web page is shown on GET and takes the reply on POST, codes from paper and FHIR
bring replies without a screen.  A face holds no rule of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.interview.alarm import Alarm, alarm_of
from questionnaire.interview.flow import (
    NOT_ASKED,
    SKIPPED,
    Progress,
    Response,
    Said,
    Unsaid,
    facts,
    next_question,
    previous_question,
    progress,
    relevant,
)
from questionnaire.interview.validation import Fault, validate
from rules import Answer, Conclusion


@dataclass(frozen=True)
class State:
    """Where a conversation stands.

    `turned_to` is the question that the person went back to, empty for the next open one;
    `reviewing` tells that it was chosen on the review, to which the way back leads then.
    `signs` are the questions whose answers raised an alarm that nobody has acted on yet.
    `refused` is the last answer where it had faults; `over` tells that nothing more is shown.
    `countries` are those whose numbers are shown; without any, that of the answer, or all.
    """

    said: Said = field(default_factory=dict)
    turned_to: str = ""
    reviewing: bool = False
    signs: tuple[str, ...] = ()
    refused: Response | Unsaid = NOT_ASKED
    faults: tuple[Fault, ...] = ()
    over: bool = False
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """A question as it stands before the person.

    `answer` is what was said to it so far, or the last answer where that had `faults`; `first`
    tells that nothing is before it, so that there is no way back.
    """

    question: Question
    progress: Progress
    answer: Response | Unsaid
    first: bool
    faults: tuple[Fault, ...] = ()

    @property
    def may_skip(self) -> bool:
        """Whether it may be passed over."""
        return self.question.optional


@dataclass(frozen=True)
class Review:
    """Everything said to the questions that apply, to be looked over; any of it may be changed."""

    rows: tuple[tuple[Question, Response | Unsaid], ...]


@dataclass(frozen=True)
class Done:
    """The conversation is over: the person said that all is right, or stopped before."""

    said: Said


Screen = Ask | Alarm | Review | Done


@dataclass(frozen=True)
class Answered:
    """An answer to the question of this id, whichever is shown: an old page answers its own."""

    question: str
    answer: Answer


@dataclass(frozen=True)
class Skipped:
    """The person would rather not answer this question."""

    question: str


@dataclass(frozen=True)
class Back:
    """To the question before; from a change, to the review."""


@dataclass(frozen=True)
class Change:
    """To this question, of those that apply."""

    question: str


@dataclass(frozen=True)
class GoOn:
    """After an alarm, to the next question; at the review, all is right."""


@dataclass(frozen=True)
class Stop:
    """No more questions."""


Reply = Answered | Skipped | Back | Change | GoOn | Stop


def screen(content: Content, state: State) -> Screen:
    """What the person is to see now."""
    if state.over:
        return Done(state.said)
    if state.signs:
        conclusion = _conclusion(content, state.said)
        answers = facts(content.questions, state.said)
        return alarm_of(content, conclusion, state.countries, state.signs[0], answers)
    question = _current(content, state)
    return _ask(content, state, question) if question else _review(content, state.said)


def reply(content: Content, state: State, given: Reply) -> State:
    """The state after a reply; the same state where the reply fits nothing that is shown."""
    return state if state.over else _replied(content, state, given)


def _replied(content: Content, state: State, given: Reply) -> State:
    match given:
        case Stop():
            return replace(state, over=True)
        case Answered(question, answer):
            return _answered(content, state, question, answer)
        case Skipped(question):
            return _answered(content, state, question, SKIPPED)
        case Change(question):
            return _changed(content, state, question)
        case Back():
            return _back(content, state)
        case GoOn():
            return _gone_on(content, state)


def _ask(content: Content, state: State, question: Question) -> Ask:
    questions, said = content.questions, state.said
    return Ask(
        question,
        progress(questions, said, question),
        state.refused if state.faults else said.get(question.id, NOT_ASKED),
        first=previous_question(questions, said, question) is None,
        faults=state.faults,
    )


def _review(content: Content, said: Said) -> Review:
    asked = relevant(content.questions, said)
    return Review(tuple((each, said.get(each.id, NOT_ASKED)) for each in asked))


def _current(content: Content, state: State) -> Question | None:
    """The question turned to, as long as it applies, or the next without an answer."""
    asked = relevant(content.questions, state.said)
    turned_to = (each for each in asked if each.id == state.turned_to)
    return next(turned_to, None) or next_question(content.questions, state.said)


def _answered(content: Content, state: State, question_id: str, response: Response) -> State:
    asked = relevant(content.questions, state.said)
    question = next((each for each in asked if each.id == question_id), None)
    if question is None:
        return state
    if faults := _faults(question, response):
        return replace(state, turned_to=question_id, refused=response, faults=faults)
    said = {**state.said, question_id: response}
    signs = signs_among(_conclusion(content, said), (*state.signs, question_id))
    return replace(_turned(state, ""), said=said, signs=signs)


def _faults(question: Question, response: Response) -> tuple[Fault, ...]:
    if response is SKIPPED:
        return () if question.optional else (Fault("must_answer"),)
    return validate(question, response)


def _changed(content: Content, state: State, question: str) -> State:
    if question not in {each.id for each in relevant(content.questions, state.said)}:
        return state
    reviewing = isinstance(screen(content, state), Review)
    return _turned(state, question, reviewing=reviewing)


def _back(content: Content, state: State) -> State:
    now = screen(content, state)
    if state.reviewing and isinstance(now, Ask):
        return _turned(state, "")
    if not isinstance(now, Ask | Review):
        return state
    current = now.question if isinstance(now, Ask) else None
    before = previous_question(content.questions, state.said, current) or current
    return _turned(state, before.id) if before else state


def _gone_on(content: Content, state: State) -> State:
    match screen(content, state):
        case Alarm():
            return _turned(state, "")
        case Review():
            return replace(state, over=True)
        case _:
            return state


def _turned(state: State, question: str, *, reviewing: bool = False) -> State:
    return replace(
        state, turned_to=question, reviewing=reviewing, signs=(), refused=NOT_ASKED, faults=()
    )


def signs_among(conclusion: Conclusion, questions: Sequence[str]) -> tuple[str, ...]:
    """Those of the questions whose answers are emergency signs, each once."""
    signs = conclusion.of("warning", "emergency")
    behind = {ground.question for sign in signs for ground in sign.grounds}
    return tuple(each for each in dict.fromkeys(questions) if each in behind)


def _conclusion(content: Content, said: Said) -> Conclusion:
    return content.conclude(facts(content.questions, said))
