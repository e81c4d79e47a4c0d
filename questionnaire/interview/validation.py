"""What is wrong with an answer to a question.

Knows nothing of what else was said; which questions apply is decided in `flow`.  A fault is a key
with values: those who read files and those who answer are told of it in other words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaire.content.question import Option, Question
from questionnaire.system.printable import is_printable


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an answer, and what the words for it are filled in with."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def validate(question: Question, answer: object) -> tuple[Fault, ...]:
    """Everything that is wrong with an answer; nothing when the question takes it."""
    match question.kind:
        case "one":
            return tuple(_faults_of_one(question, answer))
        case "many":
            return tuple(_faults_of_many(question, answer))
        case "scale":
            return tuple(_faults_of_number(question, answer))
        case "text":
            return tuple(_faults_of_text(question, answer))


def _faults_of_one(question: Question, answer: object) -> Iterator[Fault]:
    if not isinstance(answer, str):
        yield Fault("not_one", {"value": answer})
    elif answer not in {option.id for option in question.options}:
        yield Fault("no_option", {"value": answer})


def _faults_of_many(question: Question, answer: object) -> Iterator[Fault]:
    if not isinstance(answer, list | tuple) or not all(isinstance(each, str) for each in answer):
        yield Fault("no_list", {"value": answer})
        return
    if not answer:
        yield Fault("nothing_chosen")
    known = {option.id: option for option in question.options}
    for chosen in dict.fromkeys(answer):
        if chosen in known:
            yield from _faults_of_choice(known[chosen], answer)
        else:
            yield Fault("no_option", {"value": chosen})


def _faults_of_choice(option: Option, answer: Sequence[str]) -> Iterator[Fault]:
    if answer.count(option.id) > 1:
        yield Fault("repeated", {"value": option.id})
    if option.exclusive and len(set(answer)) > 1:
        yield Fault("exclusive", {"value": option.id, "label": option.label})


def _faults_of_number(question: Question, answer: object) -> Iterator[Fault]:
    # True and False are whole numbers to Python, and answers to nobody.
    whole = isinstance(answer, int) and not isinstance(answer, bool)
    if not whole or answer not in range(question.lowest, question.highest + 1):
        ends = {"lowest": question.lowest, "highest": question.highest}
        yield Fault("number", {"value": answer, **ends})


def _faults_of_text(question: Question, answer: object) -> Iterator[Fault]:
    if not isinstance(answer, str):
        yield Fault("no_text", {"longest": question.longest})
        return
    if len(answer) > question.longest:
        yield Fault("too_long", {"length": len(answer), "longest": question.longest})
    if not is_printable(answer):
        yield Fault("unprintable")
