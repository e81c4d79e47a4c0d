"""Check an edition of the content: its structure, its wording, and every possible interview."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from questionnaire.answers.file import answers_of
from questionnaire.check.edition import Edition
from questionnaire.check.proof.flaw import Flaw, each_once
from questionnaire.check.proof.space import space_of
from questionnaire.check.properties.properties import PROPERTIES, broken
from questionnaire.check.structure import STRUCTURE
from questionnaire.check.wording import WORDING
from questionnaire.content.content import Content
from questionnaire.system.json import json_file

FORMAT = "acuscreen-check/1"


def flaws(edition: Edition) -> Iterator[Flaw]:
    """Whatever is wrong, each thing once: first structure and wording, then what is proved."""
    words = (flaw for search in WORDING.values() for flaw in search(edition))
    return each_once(chain(flaws_of_names(edition), words, flaws_of_answers(edition)))


def flaws_of_names(edition: Edition) -> Iterator[Flaw]:
    """What is wrong with the structure."""
    for search in STRUCTURE.values():
        yield from search(edition)


def flaws_of_answers(edition: Edition, *, smallest: bool = True) -> Iterator[Flaw]:
    """What is wrong in some interview, with a patient: with `smallest`, as small as can be."""
    return broken(space_of(edition.content, smallest=smallest), edition.promises)


def claims(edition: Edition) -> Mapping[str, bool]:
    """The claims about every interview, each with whether it is proved of this edition."""
    space = space_of(edition.content, smallest=False)
    return {claim: not any(search(space, edition.promises)) for claim, search in PROPERTIES.items()}


def to_text(content: Content, found: Sequence[Flaw]) -> str:
    """A line for each flaw, or a list of all that was found to be right."""
    if found:
        things = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
        return "".join(f"{flaw.line}\n" for flaw in found) + f"{things} wrong.\n"
    claims = (*STRUCTURE, *WORDING, *PROPERTIES)
    size = f"{len(content.questions)} questions and {len(content.rulebook.rules)} rules"
    listed = "".join(f"  {claim}.\n" for claim in claims)
    return f"Nothing found. Of {size}, content version {content.version}:\n{listed}"


def to_json(content: Content, found: Sequence[Flaw]) -> bytes:
    """The same for programs, with the examples as answers files."""
    table = {
        "format": FORMAT,
        "content": vars(content.stamp),
        "checked": [*STRUCTURE, *WORDING],
        "proved": list(PROPERTIES),
        "findings": [_as_table(content, flaw) for flaw in found],
    }
    return json_file(table)


def _as_table(content: Content, flaw: Flaw) -> dict[str, object]:
    example = None
    if flaw.patient is not None:
        example = json.loads(answers_of(content, flaw.patient))
    keys = ("sort", "place", "about", "matter", "way_out", "shown", "line")
    return {**{key: getattr(flaw, key) for key in keys}, "example": example}


def examples(content: Content, found: Sequence[Flaw]) -> Iterator[tuple[str, bytes]]:
    """The answers file of each flaw that has a patient, by name, numbered as the flaws are."""
    for number, flaw in enumerate(found, 1):
        if flaw.patient is not None:
            name = f"{number:02}-{flaw.sort.replace(' ', '-')}.json"
            yield name, answers_of(content, flaw.patient)
