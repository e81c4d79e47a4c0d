"""A person's answers as a FHIR QuestionnaireResponse."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from questionnaire.conclusion.case import Case
from questionnaire.content.question import Question
from questionnaire.fhir.names import HL7, Resource, coding, extension_url, form_of, name
from questionnaire.fhir.questionnaire import questionnaire
from questionnaire.interview.flow import SKIPPED, Response

ABSENT = f"{HL7}/data-absent-reason"
CONTENT = "content-sha256"


@dataclass(frozen=True)
class Circumstances:
    """What answers do not say of themselves.

    `authored` is the time at which they were last changed, as FHIR writes it, or empty where nobody
    knows; `kept` are further elements of a response, such as its subject, which go where the
    answers go.
    """

    authored: str = ""
    kept: Mapping[str, object] = field(default_factory=dict)

    def at(self, element: str) -> Resource:
        """The time as this element of a resource; nothing where nobody knows it."""
        return {element: self.authored} if self.authored else {}


def response(case: Case, circumstances: Circumstances) -> Resource:
    """The answers that count, and what the person would rather not say.

    An interview that was left at an emergency is `stopped`: it has open questions, and whether
    anybody was asked the optional ones is not known.
    """
    asked = {question.id: question for question in case.record.asked}
    known = case.record.said
    whole = case.record.ended or all(each in known or asked[each].optional for each in asked)
    said = {
        each: (asked[each], answer)
        for each, answer in known.items()
        if whole or answer is not SKIPPED
    }
    items = [*_items(questionnaire(case.content)["item"], said)]
    return {
        "resourceType": "QuestionnaireResponse",
        "language": name("language"),
        "extension": [{"url": extension_url(CONTENT), "valueString": case.content.sha256}],
        "questionnaire": form_of(case.content),
        "status": "completed" if whole else "stopped",
        **circumstances.kept,
        **circumstances.at("authored"),
        **({"item": items} if items else {}),
    }


def _items(
    asked: Iterable[Resource], said: Mapping[str, tuple[Question, Response]]
) -> Iterator[Resource]:
    """What was said, in the groups of the questionnaire."""
    for item in asked:
        told: Resource = {key: item[key] for key in ("linkId", "text") if key in item}
        if item["type"] == "group":
            within = [*_items(item["item"], said)]
            if within:
                yield {**told, "item": within}
        elif item["linkId"] in said:
            yield _answered(told, *said[item["linkId"]])


def _answered(told: Resource, question: Question, said: Response) -> Resource:
    if said is SKIPPED:
        return {"extension": [{"url": ABSENT, "valueCode": "asked-declined"}], **told}
    return {**told, "answer": [*_values(question, said)]}


def _values(question: Question, said: Response) -> Iterator[Resource]:
    match said:
        case int():
            yield {"valueInteger": said}
        case str() if question.kind == "text":
            yield {"valueString": said}
        case str():
            yield {"valueCoding": coding(question, question.option(said))}
        case tuple():
            for each in said:
                yield {"valueCoding": coding(question, question.option(each))}
