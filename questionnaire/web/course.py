"""Where a conversation stands, as an address; and a question of it, as a page shows it.

Addresses hold the number of a question, never its name or an answer.  To look at a page changes
nothing; what a form of an old page says is taken for what it was asked, or for nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType

from questionnaire.content.content import Content
from questionnaire.interview.alarm import Alarm
from questionnaire.interview.conversation import (
    Ask,
    Change,
    Done,
    Review,
    State,
    reply,
    screen,
    signs_among,
)
from questionnaire.interview.flow import Response, facts, next_question, relevant

Step = tuple[str, dict[str, object]]
"""The name of a page, and what its address holds."""


_NOTHING: Mapping[str, Response] = MappingProxyType({})


def opening(
    content: Content, countries: Sequence[str], said: Mapping[str, Response] = _NOTHING
) -> State:
    """A conversation that begins, or goes on with what was said; a sign that cannot wait is first.

    Where the place names one country it is answered by that, and from here on the answer decides.
    """
    known = content.answers_of_country(countries)
    said = {**known, **said}
    signs = signs_among(content.conclude(facts(content.questions, said)), tuple(said))
    return State(said, signs=signs, countries=() if known else tuple(countries))


def step(content: Content, state: State) -> Step:
    """The page where the conversation is."""
    match screen(content, state):
        case Ask(progress=progress):
            return "question", {"number": progress.number}
        case Alarm():
            return "emergency", {}
        case Review():
            return "review", {}
        case Done():
            return "result", {}


def asked_at(content: Content, state: State, number: int) -> Ask | None:
    """The question of this number, answered before or the next one; None for any other."""
    now = screen(content, state)
    if isinstance(now, Ask) and now.progress.number == number:
        return now
    asked = relevant(content.questions, state.said)
    if not 1 <= number <= len(asked):
        return None
    question = asked[number - 1]
    is_next = question == next_question(content.questions, state.said)
    if question.id not in state.said and (not is_next or isinstance(now, Alarm)):
        return None
    turned = screen(content, reply(content, reopened(state), Change(question.id)))
    return turned if isinstance(turned, Ask) else None


def reopened(state: State) -> State:
    """The conversation before it was ended: whoever goes back to a page of it takes it up again."""
    return replace(state, over=False) if state.over else state


def digest(state: State) -> str:
    """Stands for all that was said: a page that was left open tells by it what it has shown."""
    said = sorted((question, str(answer)) for question, answer in state.said.items())
    return sha256(repr((said, state.signs)).encode()).hexdigest()[:16]
