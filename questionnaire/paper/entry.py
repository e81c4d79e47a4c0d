"""Answers typed from paper: what is due next, what was left blank, the alarm, and the review.

Knows the order of things.  What a line means is a matter of `keying`; how it is said, of
`codewords`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from questionnaire.content.content import Content
from questionnaire.content.numbering import number_of, numbered
from questionnaire.content.question import Question
from questionnaire.interview.conversation import Conversation, in_words, raise_alarm, signs_among
from questionnaire.interview.flow import Said, previous_question, relevant
from questionnaire.paper.merge import Filled, Placed, Typed, due, passed_over, place
from questionnaire.paper.parse import read_line
from questionnaire.paper.wording import explained, named, prompt, reviewed

Read = Callable[[str], str]
"""Shows a prompt and gives the line that was typed; EOFError at the end of the input."""


def enter(read: Read, talk: Conversation, said: Said) -> Said:
    """Take codes until everything is said and reviewed, or an emergency stops it; what was said."""
    desk = Desk(read, talk, Filled(said))
    while not desk.done:
        desk.take_line()
    return desk.said


@dataclass
class Desk:
    """A form that is being typed in, and where in it we are.

    `turned_to` is what somebody went back to; `seen` is the number due last; `reviewed` is what
    was last shown whole.
    """

    read: Read
    talk: Conversation
    filled: Filled
    turned_to: Question | None = None
    seen: int = 0
    reviewed: Said | None = None
    done: bool = False

    @property
    def content(self) -> Content:
        """The content whose form it is."""
        return self.talk.content

    @property
    def questions(self) -> Sequence[Question]:
        """All questions, asked or not."""
        return self.content.questions

    @property
    def said(self) -> Said:
        """Everything said so far."""
        return self.filled.said

    def take_line(self) -> None:
        """Ask for what is due, and do what the line says."""
        question = self._current()
        self._lead_to(question)
        match self.read(prompt(self.content, question)):
            case "":
                self._tell("error_empty")
            case "q":
                raise KeyboardInterrupt
            case "?":
                self.talk.voice.say(explained(self.content, question))
            case "<":
                self._back(question)
            case line if question is None and line.lower() == "ok":
                self.done = True
            case line if question is None and line.isdecimal():
                self._turn_to(line)
            case line:
                self._take(line, question)

    def _current(self) -> Question | None:
        """What somebody went back to, or the next without an answer; what was left blank last."""
        if self.turned_to in relevant(self.questions, self.said):
            return self.turned_to
        return due(self.questions, self.filled)

    def _lead_to(self, question: Question | None) -> None:
        """Say what there is to know before the line is typed."""
        self._tell_passed(question)
        if question is None and self.filled.waiting:
            self._give_up_waiting()
        if question is None and self.said != self.reviewed:
            self.talk.voice.say(reviewed(self.content, self.said))
            self.reviewed = self.said
        elif question and question.id in self.said:
            words = self.content.words
            self._say("answered_before", answer=in_words(question, self.said[question.id], words))
        elif question and question.id in self.filled.left:
            self._say("codes_ask_person")

    def _tell_passed(self, question: Question | None) -> None:
        """Say which numbers were passed over: a tick there must not go unseen."""
        last = len(self.questions) + 1
        number = number_of(self.questions, question.id) if question else last
        passed = passed_over(self.questions, self.filled, range(self.seen + 1, number))
        if passed:
            self._say("codes_passed", numbers=", ".join(map(str, passed)))
        self.seen = max(self.seen, number)

    def _back(self, question: Question | None) -> None:
        before = previous_question(self.questions, self.said, question)
        if before is None:
            self._tell("error_first")
        self.turned_to = before

    def _turn_to(self, number: str) -> None:
        question = numbered(self.questions).get(int(number))
        if question in relevant(self.questions, self.said):
            self.turned_to = question
        else:
            self._tell("codes_not_there", number=number)

    def _take(self, line: str, question: Question | None) -> None:
        """Take every answer on the line that can be taken, and tell of every one that cannot."""
        keyed = read_line(line, self.questions, question, self.content.words)
        placed = place(self.questions, self.filled, keyed.answers)
        self.filled = placed.filled
        if placed.taken:
            self.talk.heard(self.said)
        faults = [*keyed.faults, *(self._named("codes_not_asked", each) for each in placed.refused)]
        read_back = self._read_back(placed, keyed.answers)
        self.talk.voice.say("\n".join([*read_back, *map(self._error, faults)]))
        if question in placed.taken or not faults:
            self.turned_to = None
        self._warn((*placed.waiting, *placed.refused), keyed.answers)
        self._act_on_emergency(placed.taken)

    def _read_back(self, placed: Placed, typed: Typed) -> Iterator[str]:
        for question in placed.taken:
            is_left = question.id not in self.said
            yield self._named("codes_left" if is_left else "codes_taken", question)
        for question in placed.waiting:
            if question.id in typed:
                yield self._named("codes_waiting", question)

    def _give_up_waiting(self) -> None:
        """Nothing is open any more, so that what still waits does not apply."""
        placed = place(self.questions, self.filled, {})
        for question in placed.waiting:
            self.talk.voice.say(self._error(self._named("codes_not_asked", question)))
        self.filled = replace(self.filled, waiting={})

    def _warn(self, uncounted: Sequence[Question], typed: Typed) -> None:
        """An emergency sign is told even where it does not count, or does not count yet."""
        answers = {
            each.id: answer
            for each in uncounted
            if each.kind != "text" and (answer := typed.get(each.id)) is not None
        }
        conclusion = self.content.conclude(answers)
        if conclusion.of("warning", "emergency"):
            self.talk.voice.say(self.talk.alarm(conclusion))

    def _act_on_emergency(self, taken: Sequence[Question]) -> None:
        signs = signs_among(self.talk, self.said, taken)
        choice = raise_alarm(self.talk, self.said) if signs else "go_on"
        self.done = choice == "stop"
        if choice == "change":
            self.turned_to = signs[0]

    def _named(self, key: str, question: Question) -> str:
        return named(self.content, self.said, key, question)

    def _error(self, matter: str) -> str:
        return self.content.words["error"].format(error=matter)

    def _say(self, key: str, **values: object) -> None:
        self.talk.voice.say(self.content.words[key].format(**values))

    def _tell(self, key: str, **values: object) -> None:
        self.talk.voice.say(self._error(self.content.words[key].format(**values)))
