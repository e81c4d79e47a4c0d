"""The answers as one short text, for a printed code.

The only module that knows which number stands for which answers: one number in mixed radix, with a
digit for each question.  What is typed in words, such as a name, is left out.
"""

from questionnaire.content.content import Content
from questionnaire.content.domain import values
from questionnaire.content.question import Question
from questionnaire.errors import AnswersError
from questionnaire.handover.envelope import Sealed, as_printed, checksum, seal, unseal
from questionnaire.interview.flow import (
    SKIPPED,
    Record,
    Response,
    Said,
    missing,
    record,
    relevant,
)
from questionnaire.interview.validation import validate
from rules import Answer


def pack(content: Content, counted: Record) -> str:
    """The text for the answers that count, without what was typed in words."""
    return seal(_sealed(content, counted))


def unpack(text: str, content: Content) -> Said:
    """What was said; AnswersError unless `pack` makes the same text of it with this content."""
    packed = unseal(text)
    if (packed.version, packed.mark) != (content.version.upper(), mark_of(content)):
        raise AnswersError([_another(content)])
    said = _said(content, packed.number)
    again = pack(content, record(content.questions, said))
    if not _can_be(content, said) or again != as_printed(text):
        raise AnswersError([_impossible(content)])
    return said


def mark_of(content: Content) -> str:
    """The mark of a content, which tells it from another content of the same version."""
    return checksum(content.sha256)


def _sealed(content: Content, counted: Record) -> Sealed:
    """All answers as one number in mixed radix: a digit for each question, the first one's last."""
    number = 0
    for question in reversed(counted.asked):
        number = number * _base(question) + _digit(question, counted.answers.get(question.id))
    return Sealed(content.version.upper(), mark_of(content), number)


def _said(content: Content, number: int) -> Said:
    said: dict[str, Response] = {}
    for question in content.questions:
        # Whether a question applies rests on earlier answers alone, which are known by now.
        if question in relevant(content.questions, said):
            number, digit = divmod(number, _base(question))
            if digit:
                said[question.id] = _answer(question, digit)
            elif question.optional:
                said[question.id] = SKIPPED
    return said


def _base(question: Question) -> int:
    """How many digits there are: one for each answer, and 0 for none; of a text 0 alone."""
    several = len(values(question))
    return 1 << several if question.kind == "many" else several + 1


def _digit(question: Question, answer: Answer | None) -> int:
    """The digit of an answer: its place, or of a list the bits of what is chosen."""
    places = values(question)
    match answer:
        case tuple(chosen):
            return sum(1 << places.index(option) for option in chosen)
        case str() | int() if question.kind != "text":
            return places.index(answer) + 1
        case _:
            return 0


def _answer(question: Question, digit: int) -> Answer:
    """The answer of a digit other than 0."""
    if question.kind == "many":
        return tuple(each.id for at, each in enumerate(question.options) if digit >> at & 1)
    return values(question)[digit - 1]


def _can_be(content: Content, said: Said) -> bool:
    """Whether an interview can have ended with these answers."""
    given = {content.question(each): said for each, said in said.items() if said is not SKIPPED}
    taken = not any(validate(question, answer) for question, answer in given.items())
    return taken and not missing(content, said)


def _another(content: Content) -> str:
    return (
        f"was made with another content than the version {content.version} here, even if that is "
        "its name too; use the program that made it, or name a folder with --content"
    )


def _impossible(content: Content) -> str:
    return (
        f"holds answers that the questions of version {content.version} do not take, so "
        "acuscreen did not make it"
    )
