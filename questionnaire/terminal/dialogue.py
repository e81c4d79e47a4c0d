"""The conversation held in a terminal: each screen is shown, and its reply waited for."""

from collections.abc import Callable, Mapping

from questionnaire.content.content import Content
from questionnaire.interview.alarm import Alarm, in_lines
from questionnaire.interview.conversation import (
    Ask,
    Change,
    Done,
    GoOn,
    Reply,
    Review,
    State,
    Stop,
    reply,
    screen,
)
from questionnaire.interview.flow import Said
from questionnaire.interview.wording import in_words
from questionnaire.terminal.voice import Voice

Heard = Callable[[Said], None]
"""Is told everything said so far, as soon as there is more of it."""


def converse(voice: Voice, content: Content, state: State, heard: Heard) -> Said:
    """Ask until everything is said and reviewed, or the person stops; everything said."""
    while not isinstance(now := screen(content, state), Done):
        before = state.said
        state = reply(content, state, _replied(voice, content.words, now))
        if state.said is not before:
            heard(state.said)
    return now.said


def _replied(voice: Voice, words: Mapping[str, str], now: Ask | Alarm | Review) -> Reply:
    match now:
        case Ask():
            return voice.ask(now)
        case Alarm():
            return acted_on(voice, words, now)
        case Review():
            return _reviewed(voice, words, now)


def acted_on(voice: Voice, words: Mapping[str, str], alarm: Alarm) -> Reply:
    """Say whom to call before anything more is asked; what the person would do then."""
    voice.say(in_lines(alarm, words))
    choices: Mapping[str, Reply] = {
        "stop": Stop(),
        "go_on": GoOn(),
        "change": Change(alarm.question),
    }
    if alarm.comfort:
        return choices[voice.choose(alarm.comfort.asks, alarm.comfort.choices)]
    titles = {each: words[f"emergency_{each}"] for each in choices}
    return choices[voice.choose(words["emergency_asks"], titles)]


def _reviewed(voice: Voice, words: Mapping[str, str], review: Review) -> Reply:
    """Show all the answers; the one to change, or that they are all right."""
    lines = {
        question.id: words["review_line"].format(
            short=question.short, answer=in_words(question, said, words)
        )
        for question, said in review.rows
    }
    voice.say(words["review_title"])
    chosen = voice.choose(words["review_hint"], {"": words["review_done"]} | lines)
    return Change(chosen) if chosen else GoOn()
