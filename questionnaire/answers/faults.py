"""What is wrong with an answer, as whoever made the file reads it."""

from collections.abc import Mapping

from questionnaire.content.question import Question
from questionnaire.errors import quoted
from questionnaire.interview.validation import Fault, validate

_TOLD: Mapping[str, str] = {
    "not_one": "is {value}; it must be one option: {allowed}",
    "no_list": "is {value}; it must be a list of options: {allowed}",
    "no_option": "{value} is not an option; allowed: {allowed}",
    "nothing_chosen": "is an empty list; choose at least one of: {allowed}",
    "repeated": "{value} is there more than once; name it once",
    "exclusive": "{value} cannot stand beside another option; keep it alone or drop it",
    "number": "is {value}; it must be a whole number from {lowest} to {highest}",
    "no_text": "is no text; it must be a text of up to {longest} characters",
    "too_long": "has {length} characters; at most {longest} are allowed",
    "unprintable": "holds a control character, which cannot be printed; take it out",
}


def faults_of(question: Question, answer: object) -> tuple[str, ...]:
    """What is wrong with an answer, each fault with what is allowed; nothing when it is right."""
    allowed = options_of(question)
    return tuple(_worded(fault, allowed) for fault in validate(question, answer))


def _worded(fault: Fault, allowed: str) -> str:
    values = {**fault.values, "value": quoted(fault.values.get("value")), "allowed": allowed}
    return _TOLD[fault.key].format(**values)


def options_of(question: Question) -> str:
    """The options of a question, by id."""
    return ", ".join(option.id for option in question.options)
