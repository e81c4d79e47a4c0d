"""The standard's own models of resources.

The only module that knows fhir.resources, which takes half a second to load.
"""

from collections.abc import Iterator

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

from questionnaire.fhir.faults import told
from questionnaire.fhir.names import Resource

Trouble = tuple[tuple[str | int, ...], str]
"""Where something is wrong, as names and places in lists, and what; it repeats no value."""


def troubles(resource: Resource) -> Iterator[Trouble]:
    """What the models find wrong with a resource; they may stop at the first thing."""
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=False, include_input=False):
            yield each["loc"], each["msg"].removeprefix("Value error, ")
    except Exception:  # noqa: BLE001  they read a text in place of an object as JSON, and may fail
        yield (), told("unreadable")


def checked(resource: Resource) -> Resource:
    """A resource of our own, which has no fault; ValueError is a bug of ours."""
    for place, matter in troubles(resource):
        raise ValueError(f"{resource['resourceType']}: {place}: {matter}")
    return resource
