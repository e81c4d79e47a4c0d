"""What the answers to one question in a QuestionnaireResponse say.

Whether the question takes what they say is checked with the answers of all other files.
"""

from collections.abc import Iterator, Sequence

from questionnaire.content.question import Question
from questionnaire.errors import quoted
from questionnaire.fhir.faults import Fault, takes, told
from questionnaire.fhir.items import Item
from questionnaire.fhir.names import system_of

_VALUES = {
    "one": "valueCoding",
    "many": "valueCoding",
    "scale": "valueInteger",
    "text": "valueString",
}

Said = str | int | list[str] | None


def said_by(question: Question, item: Item) -> tuple[Said, Sequence[Fault]]:
    """What is said to a question, and whatever is wrong with how; None where nothing is said."""
    answers = item.answers
    if not isinstance(answers, list):
        return None, [_fault(question, item.path, "no_answers")]
    found = [*_faults(question, answers, item.path)]
    if found or not answers:
        return None, found
    values = [answer[_VALUES[question.kind]] for answer in answers]
    if _VALUES[question.kind] == "valueCoding":
        values = [coding["code"] for coding in values]
    return (values if question.kind == "many" else values[0]), ()


def _faults(question: Question, answers: Sequence[object], path: str) -> Iterator[Fault]:
    if len(answers) > 1 and question.kind != "many":
        yield _fault(question, path, "many", count=len(answers))
    for at, answer in enumerate(answers):
        yield from _faults_of(question, answer, f"{path}.answer[{at}]")


def _faults_of(question: Question, answer: object, path: str) -> Iterator[Fault]:
    there = [key for key in answer if key.startswith("value")] if isinstance(answer, dict) else []
    right = _VALUES[question.kind]
    if not isinstance(answer, dict) or not there:
        yield _fault(question, path, "no_value")
    elif there != [right]:
        wrong = next(key for key in there if key != right)
        yield _fault(question, path, "wrong_value", value=quoted(wrong))
    elif right == "valueCoding":
        yield from _faults_of_coding(question, answer[right], f"{path}.{right}")


def _faults_of_coding(question: Question, coding: object, path: str) -> Iterator[Fault]:
    if not isinstance(coding, dict) or not isinstance(coding.get("code"), str):
        yield _fault(question, path, "no_code")
    elif coding.get("system") != system_of(question):
        yield _fault(question, path, "other_system", value=quoted(coding.get("system")))
    else:
        shown = {option.label: option.id for option in question.options}
        meant = shown.get(str(coding.get("display")), coding["code"])
        if meant != coding["code"]:
            values = {"value": quoted(coding["code"]), "other": quoted(meant)}
            yield _fault(question, path, "other_label", **values)


def _fault(question: Question, path: str, key: str, **values: object) -> Fault:
    return Fault(question.id, told(key, allowed=takes(question), **values), path, "value")
