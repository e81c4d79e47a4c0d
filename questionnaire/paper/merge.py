"""Which of the answers typed from paper count, which wait, and which nobody asked for.

Pure functions over the state of the conversation, to which they bring replies.  On a line an
early answer decides whether a late one applies.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from questionnaire.content.content import Content
from questionnaire.content.numbering import numbered
from questionnaire.content.question import Question
from questionnaire.interview.conversation import Answered, Skipped, State, reply
from questionnaire.interview.flow import SKIPPED, Response, Said, ended, next_question, relevant

Typed = Mapping[str, Response]
"""What was typed, by question; SKIPPED for one that was left blank."""


@dataclass(frozen=True)
class Filled:
    """A form as far as it is typed in.

    `left` was left blank though it must be answered; `waiting` hangs on a question that is open.
    """

    state: State
    left: frozenset[str] = frozenset()
    waiting: Typed = field(default_factory=dict)

    @property
    def said(self) -> Said:
        """Everything said so far."""
        return self.state.said


@dataclass(frozen=True)
class Merged:
    """A form with more typed in, and what became of that, each in the order asked."""

    filled: Filled
    taken: tuple[Question, ...]
    waiting: tuple[Question, ...]
    refused: tuple[Question, ...]


def due(questions: Sequence[Question], filled: Filled) -> Question | None:
    """The next question without an answer, what was left blank last; None when all is said."""
    put_off: Said = {**dict.fromkeys(filled.left, SKIPPED), **filled.said}
    return next_question(questions, put_off) or next_question(questions, filled.said)


def passed_over(
    questions: Sequence[Question], filled: Filled, numbers: Iterable[int]
) -> tuple[int, ...]:
    """Those of the numbers that do not apply, so far as is known; none once an answer ended it."""
    if ended(questions, filled.said):
        return ()
    asked = {each.id for each in relevant(questions, filled.said)} | {*filled.waiting}
    by_number = numbered(questions)
    return tuple(number for number in numbers if by_number[number].id not in asked)


def merge(content: Content, filled: Filled, typed: Typed) -> Merged:
    """Bring answers where they belong; what waited is tried again."""
    answers = {**filled.waiting, **typed}
    state, left, taken = filled.state, set(filled.left), []
    for question in content.questions:
        if question.id not in answers or question not in relevant(content.questions, state.said):
            continue
        taken.append(question)
        is_left = answers[question.id] is SKIPPED and not question.optional
        state = _with(content, state, question, answers[question.id], is_left=is_left)
        left = left | {question.id} if is_left else left
    others = [each for each in content.questions if each.id in answers and each not in taken]
    waiting = tuple(each for each in others if _is_open(each, state.said))
    return Merged(
        Filled(state, frozenset(left), {each.id: answers[each.id] for each in waiting}),
        tuple(taken),
        waiting,
        tuple(each for each in others if each not in waiting),
    )


def _with(
    content: Content, state: State, question: Question, response: Response, *, is_left: bool
) -> State:
    """The state with one more reply; what is left blank, though it must be answered, is unsaid."""
    if is_left:
        rest = {each: said for each, said in state.said.items() if each != question.id}
        return replace(state, said=rest)
    if response is SKIPPED:
        return reply(content, state, Skipped(question.id))
    return reply(content, state, Answered(question.id, response))


def _is_open(question: Question, said: Said) -> bool:
    """Whether it may still come to apply, as an answer that it rests on is missing."""
    return any(each.question not in said for each in question.when.comparisons())
