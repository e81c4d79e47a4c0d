"""The answers as one short text, such as a printed code holds.

The only module that knows which number stands for which answers.  A name, and whatever else is
typed in words, is left out.
"""

from questionnaire.content.content import Content
from questionnaire.content.question import Question
from questionnaire.errors import AnswersError
from questionnaire.handover.envelope import Sealed, as_printed, check, seal, unseal
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
    """The answers that count, but for what was typed in words."""
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
    """What tells this content from another one of the same version."""
    return check(content.sha256)


def _sealed(content: Content, counted: Record) -> Sealed:
    """All answers as one number, with a base for each question; the first one's comes last."""
    number = 0
    for question in reversed(counted.asked):
        number = number * _places(question) + _place(question, counted.answers.get(question.id))
    return Sealed(content.version.upper(), mark_of(content), number)


def _said(content: Content, number: int) -> Said:
    said: dict[str, Response] = {}
    for question in content.questions:
        # What applies rests on earlier answers alone, and those are known by now.
        if question in relevant(content.questions, said):
            number, place = divmod(number, _places(question))
            if place:
                said[question.id] = _answer(question, place)
            elif question.optional:
                said[question.id] = SKIPPED
    return said


def _places(question: Question) -> int:
    """How many answers there are, with none at all as the first."""
    match question.kind:
        case "one":
            return len(question.options) + 1
        case "many":
            return 1 << len(question.options)
        case "scale":
            return question.highest - question.lowest + 2
        case "text":
            return 1


def _place(question: Question, answer: Answer | None) -> int:
    ids = [option.id for option in question.options]
    match answer:
        case str(option) if question.kind == "one":
            return ids.index(option) + 1
        case int(number):
            return number - question.lowest + 1
        case tuple(chosen):
            return sum(1 << ids.index(option) for option in chosen)
        case _:
            return 0


def _answer(question: Question, place: int) -> Answer:
    match question.kind:
        case "one":
            return question.options[place - 1].id
        case "many":
            return tuple(each.id for at, each in enumerate(question.options) if place >> at & 1)
        case _:
            return question.lowest + place - 1


def _can_be(content: Content, said: Said) -> bool:
    """Whether an interview can have ended with this."""
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
