"""The codes of the paper form, typed in line by line."""

from collections.abc import Callable
from dataclasses import replace

from questionnaire.content.content import Content
from questionnaire.interview.alarm import Alarm
from questionnaire.interview.conversation import Done, State, reply, screen
from questionnaire.interview.flow import Said
from questionnaire.paper.entry import Entry, lead, prompt, take
from questionnaire.terminal.dialogue import Heard, acted_on
from questionnaire.terminal.voice import Voice

Read = Callable[[str], str]
"""Shows a prompt and gives the line that was typed; EOFError at the end of the input."""


def enter(read: Read, voice: Voice, content: Content, state: State, heard: Heard) -> Said:
    """Take codes until everything is typed and reviewed, or the person stops; everything said."""
    entry = Entry(state)
    while not isinstance(now := screen(content, entry.state), Done):
        if isinstance(now, Alarm):
            acted = reply(content, entry.state, acted_on(voice, content.words, now))
            entry = replace(entry, state=acted)
        else:
            entry = _line_taken(read, voice, content, entry, heard)
    return now.said


def _line_taken(read: Read, voice: Voice, content: Content, entry: Entry, heard: Heard) -> Entry:
    """The form with one line more typed in."""
    entry, told = lead(content, entry)
    for each in told:
        voice.say(each)
    line = read(prompt(content, entry))
    if line == "q":
        raise KeyboardInterrupt
    before = entry.state.said
    entry, told = take(content, entry, line)
    if entry.state.said is not before:
        heard(entry.state.said)
    for each in told:
        voice.say(each)
    return entry
