"""What a QuestionnaireResponse says around its answers: what it is, to what, and of whom."""

from collections.abc import Iterator, Sequence

from questionnaire.answers.jsonfile import parsed
from questionnaire.content.content import Content, ContentStamp
from questionnaire.errors import AnswersError, quoted
from questionnaire.fhir.faults import Fault, told
from questionnaire.fhir.items import DEEPEST, is_deep, modified
from questionnaire.fhir.names import Resource, extension_url, form_of, form_url
from questionnaire.fhir.response import CONTENT, Circumstances

ROOT = "QuestionnaireResponse"

_TAKEN = ("completed", "amended", "stopped")
"""The status of answers that somebody is done with; `stopped` ones must still be enough."""

_KEPT = ("identifier", "subject", "encounter", "author", "source")


def resource_in(raw: bytes) -> tuple[Resource | None, Sequence[Fault]]:
    """The response in a file, with what stands twice in it; or None, and why."""
    try:
        table, twice = parsed(raw)
    except AnswersError as error:
        return None, [Fault("", each, code="structure") for each in error.faults]
    kind = table.get("resourceType") if isinstance(table, dict) else None
    if not isinstance(table, dict) or kind != ROOT:
        return None, [Fault("", told("kind", value=quoted(kind)), code="structure")]
    if is_deep(table):
        return None, [Fault(ROOT, told("deep", most=DEEPEST), ROOT, "structure")]
    return table, [Fault("", told("twice", value=quoted(key)), code="structure") for key in twice]


def faults_around(response: Resource, content: Content) -> Iterator[Fault]:
    """What is wrong outside of the answers."""
    named, right = response.get("questionnaire"), form_of(content)
    if named is None:
        yield Fault("", told("no_form", allowed=right), f"{ROOT}.questionnaire", "required")
    elif not isinstance(named, str) or named.partition("|")[0] != form_url():
        matter = told("other_form", value=quoted(named), allowed=right)
        yield Fault("", matter, f"{ROOT}.questionnaire", "not-supported")
    if response.get("status") not in _TAKEN:
        matter = told("status", value=quoted(response.get("status")), allowed=", ".join(_TAKEN))
        yield Fault("", matter, f"{ROOT}.status", "business-rule")
    for key in _KEPT:
        if not isinstance(response.get(key, {}), dict):
            yield Fault(key, told("no_object"), f"{ROOT}.{key}", "structure")
    yield from modified(response)


def named_by(response: Resource) -> ContentStamp:
    """The content that a response names; empty where it names none."""
    version = str(response.get("questionnaire", "")).partition("|")[2]
    extensions, url = response.get("extension"), extension_url(CONTENT)
    there = extensions if isinstance(extensions, list) else []
    ours = (each for each in there if isinstance(each, dict) and each.get("url") == url)
    digests = (each.get("valueString") for each in ours)
    return ContentStamp(version, next((each for each in digests if isinstance(each, str)), ""))


def circumstances_of(response: Resource) -> Circumstances:
    """What a response says besides answers; without what points to a resource inside it."""
    kept = {key: response[key] for key in _KEPT if key in response}
    whole = {key: value for key, value in kept.items() if not _is_within(value)}
    return Circumstances(str(response.get("authored", "")), whole)


def _is_within(value: object) -> bool:
    return isinstance(value, dict) and str(value.get("reference", "")).startswith("#")
