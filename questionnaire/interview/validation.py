"""What a question takes for an answer, and what is wrong with any other.

Knows nothing of what else was said; which questions apply is decided in `interview`.
"""

from collections.abc import Iterator

from questionnaire.content.question import Question
from questionnaire.errors import quoted
from questionnaire.system.printable import is_printable


def faults(question: Question, answer: object) -> Iterator[str]:
    """What is wrong with an answer, each fault with what is allowed; nothing when it is right."""
    match question.kind:
        case "one":
            return _faults_of_one(question, answer)
        case "many":
            return _faults_of_many(question, answer)
        case "scale":
            return _faults_of_scale(question, answer)
        case "text":
            return _faults_of_text(question, answer)


def _allowed(question: Question) -> str:
    return ", ".join(option.id for option in question.options)


def _faults_of_one(question: Question, answer: object) -> Iterator[str]:
    if not isinstance(answer, str):
        yield f"is {quoted(answer)}; it must be one option: {_allowed(question)}"
    elif answer not in {option.id for option in question.options}:
        yield f"{quoted(answer)} is not an option; allowed: {_allowed(question)}"


def _faults_of_many(question: Question, answer: object) -> Iterator[str]:
    if not isinstance(answer, list | tuple) or not all(isinstance(each, str) for each in answer):
        yield f"is {quoted(answer)}; it must be a list of options: {_allowed(question)}"
        return
    if not answer:
        yield f"is an empty list; choose at least one of: {_allowed(question)}"
    known = {option.id: option for option in question.options}
    for chosen in dict.fromkeys(answer):
        if chosen not in known:
            yield f"{quoted(chosen)} is not an option; allowed: {_allowed(question)}"
            continue
        if answer.count(chosen) > 1:
            yield f"{quoted(chosen)} is there more than once; name it once"
        if known[chosen].exclusive and len(set(answer)) > 1:
            yield f"{quoted(chosen)} cannot stand beside another option; keep it alone or drop it"


def _faults_of_scale(question: Question, answer: object) -> Iterator[str]:
    # True and False are whole numbers to Python, and answers to nobody.
    whole = isinstance(answer, int) and not isinstance(answer, bool)
    if not whole or answer not in range(question.lowest, question.highest + 1):
        yield (
            f"is {quoted(answer)}; it must be a whole number "
            f"from {question.lowest} to {question.highest}"
        )


def _faults_of_text(question: Question, answer: object) -> Iterator[str]:
    if not isinstance(answer, str):
        yield f"is no text; it must be a text of up to {question.longest} characters"
        return
    if len(answer) > question.longest:
        yield f"has {len(answer)} characters; at most {question.longest} are allowed"
    if not is_printable(answer):
        yield "holds a control character, which cannot be printed; take it out"
