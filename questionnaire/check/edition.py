"""An edition: all that `acuscreen check` looks at, the content and what no interview needs.

Knows the form of `questionnaire/exceptions.toml`, and how to read the words on a page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from questionnaire.check.proof.promises import Promises, read_promises
from questionnaire.content.content import ROOT, Content, read_content
from rules import RulesError, Table, is_list_of_texts, read_toml

EXCEPTIONS = "questionnaire/exceptions.toml"

_CODE = re.compile(r"\{[%#].*?[%#]\}|<style.*?</style>", re.DOTALL)
_SAID = re.compile(r'\{\{[ -]*(?:references\.cited|about|line)\((?:"\w+", )?"([^"]*)"\)[ -]*\}\}')
"""What a template says by a call: with its references, or to some people alone."""

_FILLED_IN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|h\d|t[hdr]|d[td]|caption|summary|title|div)>")
_TAG = re.compile(r"<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Exceptions:
    """The findings of a check that are meant to be as they are."""

    for_the_practitioner: frozenset[str]
    alike: Mapping[str, tuple[frozenset[str], ...]]
    passages: frozenset[str]
    names: frozenset[str]
    banned: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Edition:
    """The content, what is promised of it, what is excepted, and the pages as templates."""

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
    table = read_toml(path)
    table.check_keys(
        ("for_the_practitioner", "alike", "passages_without_a_rule", "reading", "banned"),
        ordered=False,
    )
    alike, reading, banned = (table.table(key) for key in ("alike", "reading", "banned"))
    reading.check_keys(("names",))
    banned.check_keys(("words",))
    return Exceptions(
        for_the_practitioner=frozenset(table.table("for_the_practitioner").words()),
        alike={question: _groups(alike, question) for question in alike.values},
        passages=frozenset(table.table("passages_without_a_rule").words()),
        names=frozenset(reading.texts("names", may_be_empty=True)),
        banned=tuple(_pattern(banned, each) for each in banned.texts("words", may_be_empty=True)),
    )


def _groups(alike: Table, question: str) -> tuple[frozenset[str], ...]:
    groups = [group for group in alike.value(question, list, []) if is_list_of_texts(group)]
    if len(groups) != len(alike.value(question, list, [])):
        raise alike.refusal(question, 'lists of options that are alike, such as [["yes", "no"]]')
    return tuple(map(frozenset, groups))


def _pattern(banned: Table, word: str) -> re.Pattern[str]:
    try:
        return re.compile(word, re.IGNORECASE)
    except re.error as error:
        raise RulesError(
            f"{banned.place}: {word} is no regular expression ({error}); mend it."
        ) from error


def _pages(folder: Path) -> Mapping[str, str]:
    try:
        paths = sorted(folder.glob("**/*.html"))
        return {f"report_templates/{p.relative_to(folder)}": p.read_text("utf-8") for p in paths}
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"report_templates: cannot be read: {error}.") from error


def words_of(page: str) -> str:
    """The words on a page, with "it" for what is filled in; each block ends as a sentence."""
    said = _FILLED_IN.sub("it", _SAID.sub(r" \1 ", _CODE.sub(" ", page)))
    said = _TAG.sub(" ", _BLOCK_END.sub(". ", said))
    return re.sub(r"\s+", " ", re.sub(r"([.?!:])(\s*\.)+", r"\1", said)).strip(" .")
