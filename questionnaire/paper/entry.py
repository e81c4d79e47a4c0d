"""Answers typed from paper: what is due next, what was left blank, and the review.

A face of the conversation, as pure functions: what to say before a line, and what a line changes.
What a line means is a matter of `parse`; how it is said, of `wording`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from questionnaire.content.content import Content
from questionnaire.content.numbering import number_of, numbered
from questionnaire.content.question import Question
from questionnaire.interview.alarm import alarm_of, in_lines
from questionnaire.interview.conversation import Back, Change, GoOn, State, reply
from questionnaire.interview.flow import (
    SKIPPED,
    Said,
    Unsaid,
    facts,
    previous_question,
    relevant,
)
from questionnaire.interview.wording import in_words
from questionnaire.paper.merge import Filled, Merged, Typed, due, merge, passed_over
from questionnaire.paper.parse import read_line
from questionnaire.paper.wording import explained, named, prompt_for, reviewed


@dataclass(frozen=True)
class Entry:
    """A form that is being typed in.

    `state` is that of the conversation; `left` was left blank though it must be answered, and
    `waiting` hangs on a question that is open.  `seen` is the number of the last question that
    was due; `reviewed` is what was last shown whole.
    """

    state: State
    left: frozenset[str] = frozenset()
    waiting: Typed = field(default_factory=dict)
    seen: int = 0
    reviewed: Said | None = None

    @property
    def filled(self) -> Filled:
        """The form as far as it is typed in."""
        return Filled(self.state, self.left, self.waiting)


Told = tuple[str, ...]
"""What is said to whoever types, in this order."""


def prompt(content: Content, entry: Entry) -> str:
    """What to type now."""
    return prompt_for(content, _current(content, entry))


def lead(content: Content, entry: Entry) -> tuple[Entry, Told]:
    """What there is to know before the line is typed."""
    question = _current(content, entry)
    passed = _passed(content, entry, question)
    told = [_words(content, "codes_passed", numbers=", ".join(map(str, passed)))] if passed else []
    entry = replace(entry, seen=max(entry.seen, _number(content, question)))
    if question is None:
        entry, more = _led_to_review(content, entry)
        return entry, (*told, *more)
    return entry, (*told, *_before(content, entry, question))


def take(content: Content, entry: Entry, line: str) -> tuple[Entry, Told]:
    """Do what a line says, and tell what became of it."""
    question = _current(content, entry)
    match line:
        case "":
            return entry, (_error(content, content.words["error_empty"]),)
        case "?":
            return entry, (explained(content, question),)
        case "<":
            return _gone_back(content, entry, question)
        case _ if question is None and line.lower() == "ok":
            return replace(entry, state=reply(content, entry.state, GoOn())), ()
        case _ if question is None and line.isdecimal():
            return _turned_to(content, entry, line)
        case _:
            return _taken(content, entry, line, question)


def _current(content: Content, entry: Entry) -> Question | None:
    """What somebody went back to, or the next without an answer; what was left blank last."""
    asked = relevant(content.questions, entry.state.said)
    turned_to = (each for each in asked if each.id == entry.state.turned_to)
    return next(turned_to, None) or due(content.questions, entry.filled)


def _passed(content: Content, entry: Entry, question: Question | None) -> tuple[int, ...]:
    """The numbers that were passed over: a tick there must not go unseen."""
    numbers = range(entry.seen + 1, _number(content, question))
    return passed_over(content.questions, entry.filled, numbers)


def _number(content: Content, question: Question | None) -> int:
    if question is None:
        return len(content.questions) + 1
    return number_of(content.questions, question.id)


def _before(content: Content, entry: Entry, question: Question) -> Iterator[str]:
    """What was said to the question before, or that it was left blank."""
    said = entry.state.said.get(question.id)
    if said is not None:
        yield _words(content, "answered_before", answer=in_words(question, said, content.words))
    elif question.id in entry.left:
        yield content.words["codes_ask_person"]


def _led_to_review(content: Content, entry: Entry) -> tuple[Entry, Told]:
    """All the answers, once; nothing is open any more, so that what still waits does not apply."""
    waiting = merge(content, entry.filled, {}).waiting
    told = [_error(content, named(content, "codes_not_asked", each)) for each in waiting]
    entry = replace(entry, waiting={})
    if entry.state.said != entry.reviewed:
        told.append(reviewed(content, entry.state.said))
    return replace(entry, reviewed=entry.state.said), tuple(told)


def _gone_back(content: Content, entry: Entry, question: Question | None) -> tuple[Entry, Told]:
    if previous_question(content.questions, entry.state.said, question) is None:
        return entry, (_error(content, content.words["error_first"]),)
    here = replace(entry.state, turned_to=question.id if question else "")
    return replace(entry, state=reply(content, here, Back())), ()


def _turned_to(content: Content, entry: Entry, number: str) -> tuple[Entry, Told]:
    question = numbered(content.questions).get(int(number))
    if question in relevant(content.questions, entry.state.said):
        return replace(entry, state=reply(content, entry.state, Change(question.id))), ()
    return entry, (_error(content, _words(content, "codes_not_there", number=number)),)


def _taken(
    content: Content, entry: Entry, line: str, question: Question | None
) -> tuple[Entry, Told]:
    """Take every answer on the line that can be taken, and tell of every one that cannot."""
    keyed = read_line(line, content.questions, question, content.words)
    merged = merge(content, entry.filled, keyed.answers)
    refused = (named(content, "codes_not_asked", each) for each in merged.refused)
    faults = [*keyed.faults, *refused]
    stays = bool(faults) and question not in merged.taken
    state = replace(merged.filled.state, turned_to=entry.state.turned_to if stays else "")
    read_back = _read_back(content, merged, keyed.answers)
    told = "\n".join([*read_back, *(_error(content, each) for each in faults)])
    warned = _warned(content, state, (*merged.waiting, *merged.refused), keyed.answers)
    filled = merged.filled
    entry = replace(entry, state=state, left=filled.left, waiting=filled.waiting)
    return entry, (told, *warned)


def _read_back(content: Content, merged: Merged, typed: Typed) -> Iterator[str]:
    for question in merged.taken:
        said = merged.filled.said.get(question.id)
        key = "codes_left" if said is None else "codes_taken"
        yield named(content, key, question, said)
    for question in merged.waiting:
        if question.id in typed:
            yield named(content, "codes_waiting", question)


def _warned(
    content: Content, state: State, uncounted: Sequence[Question], typed: Typed
) -> Iterator[str]:
    """An emergency sign is told even where it does not count, or does not count yet."""
    answers = {
        each.id: said
        for each in uncounted
        if each.kind != "text" and not isinstance(said := typed.get(each.id, SKIPPED), Unsaid)
    }
    conclusion = content.conclude(answers)
    if conclusion.of("warning", "emergency"):
        known = {**facts(content.questions, state.said), **answers}
        alarm = alarm_of(content, conclusion, state.countries, answers=known)
        yield in_lines(alarm, content.words)


def _words(content: Content, key: str, **values: object) -> str:
    return content.words[key].format(**values)


def _error(content: Content, matter: str) -> str:
    return content.words["error"].format(error=matter)
