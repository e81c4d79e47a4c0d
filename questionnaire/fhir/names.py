"""How FHIR names what is ours: addresses, versions, codes.

The address of a questionnaire never changes: what changes with the content is its version.
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from questionnaire.content.content import Content, read_fhir_terms
from questionnaire.content.question import Option, Question

Resource = dict[str, Any]
"""A resource, or a part of one, as it stands in JSON."""

HL7 = "http://hl7.org/fhir/StructureDefinition"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"


def name(key: str) -> str:
    """One of our names."""
    return read_fhir_terms()["names"][key]


def word(key: str, **values: object) -> str:
    """One of our texts, filled in."""
    return read_fhir_terms()["words"][key].format(**values)


def form_url() -> str:
    """The canonical address of the questionnaire, without its version."""
    return f"{name('base')}/Questionnaire/{name('id')}"


def form_of(content: Content) -> str:
    """The canonical address of the questionnaire of this content, with its version."""
    return f"{form_url()}|{content.version}"


def system_of(question: Question) -> str:
    """The code system of a question's options: "none" means another thing in each question."""
    return system(question.id)


def system(key: str) -> str:
    """The address of a code system."""
    return f"{name('base')}/CodeSystem/{key}"


def extension_url(key: str) -> str:
    """The address of an extension of our own."""
    return f"{name('base')}/StructureDefinition/{key}"


def coding(question: Question, option: Option) -> Resource:
    """An option as a coding."""
    return {"system": system_of(question), "code": option.id, "display": option.label}


def concept(key: str, code: str, display: str) -> Resource:
    """A CodeableConcept with one code of a system of ours."""
    return {"coding": [{"system": system(key), "code": code, "display": display}]}


def standard(key: str, code: str) -> Resource:
    """A CodeableConcept with one code of a system that HL7 keeps."""
    return {"coding": [{"system": f"{TERMINOLOGY}/{key}", "code": code}]}


def full_url(*of: str) -> str:
    """The address of an entry of a Bundle: the same for the same texts, and for no others."""
    return uuid5(NAMESPACE_URL, "\0".join((name("base"), *of))).urn
