"""All that is checked of one edition of the content: also what only `acuscreen check` looks at.

Knows the form of `questionnaire/exceptions.toml`, and what a page of the report says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionnaire.check.proof.promises import Promises, read_promises
from questionnaire.content.content import ROOT, Content, read_content
from rules import RulesError, read_toml

EXCEPTIONS = "questionnaire/exceptions.toml"

_CODE = re.compile(r"\{[%#].*?[%#]\}|<style.*?</style>", re.DOTALL)
_FILLED_IN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|h\d|t[hdr]|d[td]|caption|summary|title|div)>")
_TAG = re.compile(r"<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Exceptions:
    """What is meant as it is, though a check would find it."""

    for_the_practitioner: frozenset[str]
    alike: Mapping[str, tuple[frozenset[str], ...]]
    passages: frozenset[str]
    names: frozenset[str]
    banned: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Edition:
    """The content, what is promised of it, what is excepted, and the pages as they are written."""

    content: Content
    promises: Promises
    exceptions: Exceptions
    pages: Mapping[str, str]


def read_edition(root: Path = ROOT) -> Edition:
    """The edition in a folder with `questionnaire/`, `rules/` and `report_templates/`."""
    return Edition(
        content=read_content(root),
        promises=read_promises(root / "questionnaire" / "promises.toml"),
        exceptions=_exceptions(root / EXCEPTIONS),
        pages=_pages(root / "report_templates"),
    )


def _exceptions(path: Path) -> Exceptions:
    try:
        table: Mapping[str, Any] = read_toml(path)
        return Exceptions(
            for_the_practitioner=frozenset(table["for_the_practitioner"]),
            alike={key: tuple(map(frozenset, sets)) for key, sets in table["alike"].items()},
            passages=frozenset(table["passages_without_a_rule"]),
            names=frozenset(table["reading"]["names"]),
            banned=tuple(re.compile(each, re.IGNORECASE) for each in table["banned"]["words"]),
        )
    except KeyError as error:
        raise RulesError(f"{EXCEPTIONS}: {error} is missing; add it.") from error
    except (OSError, ValueError, AttributeError, TypeError, re.error) as error:
        raise RulesError(f"{EXCEPTIONS}: cannot be read: {error}.") from error


def _pages(folder: Path) -> Mapping[str, str]:
    try:
        paths = sorted(folder.glob("**/*.html"))
        return {f"report_templates/{p.relative_to(folder)}": p.read_text("utf-8") for p in paths}
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"report_templates: cannot be read: {error}.") from error


def words_of(page: str) -> str:
    """What a page says, whatever is filled in; what stands in a block of its own is a sentence."""
    said = _FILLED_IN.sub("it", _CODE.sub(" ", page))
    said = _TAG.sub(" ", _BLOCK_END.sub(". ", said))
    return re.sub(r"\s+", " ", re.sub(r"([.?!:])(\s*\.)+", r"\1", said)).strip(" .")
