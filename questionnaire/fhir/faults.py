"""What is wrong with a resource that came in, as values; and as an OperationOutcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaire.content.content import read_fhir_terms
from questionnaire.content.question import Question
from questionnaire.errors import quoted
from questionnaire.fhir.names import Resource, system_of

_LONGEST = 64
"""Characters of a name that is repeated as it is."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, with what is allowed.

    `place` is a linkId, or the name of an element; `path` leads there in FHIRPath; `code` is one
    of FHIR's types of issues.
    """

    place: str
    matter: str
    path: str = ""
    code: str = "invalid"

    def __str__(self) -> str:
        """As a line."""
        return f"{self.place}: {self.matter}" if self.place else self.matter


def told(key: str, **values: object) -> str:
    """What is wrong, in words."""
    return read_fhir_terms()["faults"][key].format(**values)


def takes(question: Question) -> str:
    """What a question takes, in words of FHIR."""
    values: Mapping[str, object] = {
        "system": system_of(question),
        "codes": ", ".join(option.id for option in question.options),
        "lowest": question.lowest,
        "highest": question.highest,
        "longest": question.longest,
    }
    return read_fhir_terms()["takes"][question.kind].format(**values)


def operation_outcome(faults: Iterable[Fault]) -> Resource:
    """The faults as other programs read them."""
    return {"resourceType": "OperationOutcome", "issue": [_issue(each) for each in faults]}


def shown(text: str) -> str:
    """A name from outside, as it can stand in a line."""
    return text if text.isprintable() and len(text) <= _LONGEST else quoted(text)


def _issue(fault: Fault) -> Resource:
    where = {"expression": [fault.path]} if fault.path and fault.path.isprintable() else {}
    return {"severity": "error", "code": fault.code, "diagnostics": str(fault), **where}
