"""The items of a QuestionnaireResponse, wherever they stand.

A linkId stands for one question alone: so the answers of a response that has lost its groups, or
has other ones, mean what they would mean in them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from questionnaire.errors import quoted
from questionnaire.fhir.faults import Fault, shown, told
from questionnaire.fhir.names import Resource

DEEPEST = 60
"""Objects and lists within one another; our own responses, with three groups, have 15."""

_MODIFIERS = ("modifierExtension", "implicitRules")


@dataclass(frozen=True)
class Item:
    """An item that names its question, and where it stands."""

    link: str
    path: str
    element: Resource

    @property
    def answers(self) -> object:
        """As they stand there; none where there are none."""
        return self.element.get("answer") or []


def is_deep(value: object) -> bool:
    """Whether it is nested deeper than `DEEPEST`; asked before anything walks down."""
    layer: list[object] = [value]
    for _ in range(DEEPEST):
        layer = [inner for each in layer for inner in _within(each)]
    return bool(layer)


def _within(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def items_of(response: Resource) -> Iterator[Item | Fault]:
    """Every item, and a fault for each that is none."""
    waiting = [*_inner(response, "QuestionnaireResponse")]
    while waiting:
        path, element = waiting.pop(0)
        if isinstance(element, dict) and isinstance(element.get("linkId"), str):
            yield Item(element["linkId"], path, element)
        else:
            yield Fault("item", told("no_item", value=quoted(element)), path, "structure")
        waiting = [*_inner(element, path), *waiting]


def _inner(element: object, path: str) -> Iterator[tuple[str, object]]:
    """The items right within an item, or within its answers."""
    if not isinstance(element, dict):
        return
    yield from _listed(element, "item", path)
    for where, answer in _listed(element, "answer", path):
        if isinstance(answer, dict):
            yield from _listed(answer, "item", where)


def _listed(element: Resource, key: str, path: str) -> Iterator[tuple[str, object]]:
    inner = element.get(key)
    for at, each in enumerate(inner if isinstance(inner, list) else ()):
        yield f"{path}.{key}[{at}]", each


def repeated(items: Iterable[Item]) -> Iterator[Fault]:
    """A fault for each linkId that stands there more than once."""
    found = [*items]
    for link, count in Counter(item.link for item in found).items():
        if count > 1:
            paths = [item.path for item in found if item.link == link]
            yield Fault(link, told("again", count=count), paths[1], "structure")


def modified(value: object, path: str = "QuestionnaireResponse", link: str = "") -> Iterator[Fault]:
    """A fault for whatever may change the meaning of the rest: FHIR lets nobody overlook it."""
    if isinstance(value, dict):
        link = value["linkId"] if isinstance(value.get("linkId"), str) else link
        for key, inner in value.items():
            if key in _MODIFIERS:
                place = shown(link) or key
                yield Fault(place, told("modifier", value=key), f"{path}.{key}", "not-supported")
            else:
                yield from modified(inner, f"{path}.{key}", link)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from modified(each, f"{path}[{at}]", link)
