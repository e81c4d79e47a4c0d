"""The code systems of all codes that are ours, in one Bundle to post.

A code of a question means what its option says in this content, so its version is the content's.
"""

from collections.abc import Iterable, Iterator

from questionnaire.content.content import Content, read_fhir_terms
from questionnaire.fhir.names import Resource, full_url, name, system, word
from questionnaire.fhir.wording import plain
from rules import Rule

FINDING, OUTCOME, LEVEL = "finding", "outcome", "level"


def code_systems(content: Content) -> Resource:
    """A transaction that creates each code system, unless it is there."""
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [_entry(each) for each in _systems(content)],
    }


def told(rule: Rule) -> bool:
    """Whether the finding is told to a record: what speaks for care, not the benefits."""
    return rule.kind in {"warning", "doctor_first", "caution"}


def _systems(content: Content) -> Iterator[Resource]:
    for question in content.questions:
        if question.options:
            labels = ((option.id, option.label) for option in question.options)
            title = word("options_title", ask=question.ask)
            yield _system(content, question.id, title, labels)
    findings = ((rule.id, plain(rule.because)) for rule in content.rulebook.rules if told(rule))
    yield _system(content, FINDING, word("finding_title"), findings)
    outcomes = ((each.id, each.title) for each in content.rulebook.outcomes.values())
    asked = (OUTCOME, word("outcome_title"))  # what each of them is the answer to
    yield _system(content, OUTCOME, word("outcome_title"), [asked, *outcomes])
    yield _system(content, LEVEL, word("level_title"), read_fhir_terms()["levels"].items())


def _system(
    content: Content, key: str, title: str, concepts: Iterable[tuple[str, str]]
) -> Resource:
    label = key.replace("_", "-")
    return {
        "resourceType": "CodeSystem",
        "id": f"{name('id')}-{label}-{content.version}",
        "language": name("language"),
        "url": system(key),
        "version": content.version,
        "name": name("name") + "".join(each.title() for each in key.split("_")),
        "title": title,
        "status": "active",
        "publisher": name("publisher"),
        "caseSensitive": True,
        "content": "complete",
        "concept": [{"code": code, "display": display} for code, display in concepts],
    }


def _entry(resource: Resource) -> Resource:
    url, version = resource["url"], resource["version"]
    request = {"method": "POST", "url": "CodeSystem", "ifNoneExist": f"url={url}&version={version}"}
    return {"fullUrl": full_url(url, version), "resource": resource, "request": request}
