"""What a form says, as a reply of the conversation.  Knows how a question is asked on a page."""

import re

from django.http import QueryDict

from questionnaire.content.question import Question
from questionnaire.interview.conversation import Answered, Reply, Skipped
from questionnaire.interview.validation import Fault
from questionnaire.system.printable import printed
from questionnaire.web.place import words
from rules import Answer

ASKED = "asked"
"""The field that holds the id of the question that a form asks."""

_NUMBER = re.compile(r"[0-9]{1,3}")


def reply_in(form: QueryDict, question: Question) -> Reply:
    """What the form says to the question; a text left blank is passed over, as in a file."""
    if "skip" in form:
        return Skipped(question.id)
    answer = _answer(form.getlist(question.id), question)
    if question.kind == "text" and question.optional and not printed(str(answer)):
        return Skipped(question.id)
    return Answered(question.id, answer)


def _answer(given: list[str], question: Question) -> Answer:
    match question.kind:
        case "many":
            known = tuple(option.id for option in question.options if option.id in given)
            return (*known, *(each for each in dict.fromkeys(given) if each not in known))
        case "scale" if len(given) == 1 and _NUMBER.fullmatch(given[0]):
            return int(given[0])
        case "text":
            return "".join(given[:1]).replace("\r\n", "\n").strip()
        case _:
            return given[0] if len(given) == 1 else ""


def fault_in_words(fault: Fault, question: Question) -> str:
    """What is wrong with an answer, and how to mend it on a page."""
    told = words()
    values = {"lowest": question.lowest, "highest": question.highest, **fault.values}
    key = f"error_{fault.key}"
    return told.get(key, told[f"error_{question.kind}"]).format(**values)
