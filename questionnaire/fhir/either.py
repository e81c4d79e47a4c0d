"""Answers from either kind of file: our own, or a FHIR QuestionnaireResponse, known by its type.

What FHIR takes is loaded with the first response: other files are read without.
"""

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

from questionnaire.answers import file
from questionnaire.answers.file import Sheet
from questionnaire.answers.jsonfile import parsed
from questionnaire.content.content import Content, ContentStamp
from questionnaire.errors import AnswersError

_TYPE = "resourceType"


def is_resource(raw: bytes) -> bool:
    """Whether it is a resource of FHIR, of whichever type."""
    if f'"{_TYPE}"'.encode() not in raw:
        return False
    with suppress(AnswersError):  # what is wrong is told by whoever reads it as an answers file
        table, _ = parsed(raw)
        return isinstance(table, dict) and _TYPE in table
    return False


def stamp_of(raw: bytes) -> ContentStamp:
    """The content that the answers name; AnswersError if they are no such file."""
    if not is_resource(raw):
        return file.stamp_of(raw)
    from questionnaire.fhir.reading import named_in  # noqa: PLC0415  see the module's first lines

    return named_in(raw)


def read_answers(
    raw: bytes, content: Content, known: Mapping[str, str] = MappingProxyType({})
) -> Sheet:
    """The answers; AnswersError with every fault when they cannot be used.

    What is `known` otherwise is taken for answered where they leave it open.
    """
    if not is_resource(raw):
        return file.read_answers(raw, content, known)
    from questionnaire.fhir.reading import Answers, read_response  # noqa: PLC0415  as above

    match read_response(raw, content, known):
        case Answers(sheet=sheet):
            return sheet
        case faults:
            raise AnswersError([str(fault) for fault in faults])
