"""The versions of the content that have been released, and which one answers are read under.

Knows the folder `released/`: one folder for each version, laid out like our own content, and a
list of checksums.  A released version never changes.
"""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from questionnaire.content.content import ROOT, Content, ContentStamp, read_content
from questionnaire.errors import AnswersError, quoted
from rules import RulesError

RELEASED = ROOT / "released"
SUMS = "SHA256SUMS"


def released_versions(folder: Path = RELEASED) -> tuple[str, ...]:
    """The names of all released versions."""
    return tuple(sorted(path.name for path in folder.glob("*") if path.is_dir()))


def content_of(stamp: ContentStamp, present: Content, folder: Path = RELEASED) -> Content:
    """The content that answers were made with, if we have it; else the present content.

    AnswersError when we have a version of that name, and its contents are not the same.
    """
    if stamp == present.stamp:
        return present
    if stamp.version in released_versions(folder):
        kept = read_released(stamp.version, present, folder)
    elif stamp.version == present.version:
        kept = present
    else:
        return present
    if stamp.sha256 not in {"", kept.sha256}:
        raise AnswersError([_refusal(stamp, kept)])
    return kept


def _refusal(stamp: ContentStamp, kept: Content) -> str:
    return (
        f"content: was made with version {kept.version}, but not with the one of that name here "
        f"(sha256 {quoted(stamp.sha256[:12])}, here '{kept.sha256[:12]}'); use the program "
        "that made it, or name a folder with --content"
    )


def notice(named: str, content: Content) -> str:
    """What to say when answers are read under another version than they name; else nothing."""
    if named in {"", content.version}:
        return ""
    return content.words["content_differs"].format(theirs=quoted(named), ours=content.version)


def read_released(version: str, present: Content, folder: Path = RELEASED) -> Content:
    """A released version; words that it does not have yet are those of today."""
    kept = read_content(folder / version)
    return replace(kept, words={**present.words, **kept.words})


def read_named(name: str, present: Content, folder: Path = RELEASED) -> Content:
    """The content in a folder of that name, or else the released version of that name."""
    if Path(name).is_dir():
        return read_content(Path(name))
    if name in released_versions(folder):
        return read_released(name, present, folder)
    released = ", ".join(released_versions(folder)) or "none"
    raise RulesError(
        f"{name}: is no folder with a content, and no released version; released: {released}."
    )


def faults_of_released(present: Content, folder: Path = RELEASED) -> Iterator[str]:
    """Whatever has changed in a released version: a line each, with the file and the way out."""
    try:
        listed = _listed(folder / SUMS)
    except (OSError, ValueError) as error:
        yield f"released/{SUMS}: cannot be read: {error}; get it back from version control."
        return
    yield from _changed_files(folder, listed)
    yield from _misnamed(folder)
    if present.version in released_versions(folder):
        yield from _changed_since(present, folder)


def _listed(path: Path) -> dict[str, str]:
    lines = (line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in lines}


def _changed_files(folder: Path, listed: dict[str, str]) -> Iterator[str]:
    there = {
        path.relative_to(folder).as_posix(): path
        for version in released_versions(folder)
        for path in (folder / version).rglob("*")
        if path.is_file()
    }
    for name in sorted(listed.keys() | there.keys()):
        if name not in there:
            yield f"released/{name} is missing; get it back from version control."
        elif name not in listed:
            yield f"released/{name} is not in {SUMS}; a released version gets no new files."
        elif sha256(there[name].read_bytes()).hexdigest() != listed[name]:
            yield f"released/{name} has changed; get it back, and make a new version instead."


def _misnamed(folder: Path) -> Iterator[str]:
    for version in released_versions(folder):
        try:
            named = read_content(folder / version).version
        except RulesError as error:
            yield f"released/{version} cannot be read any more: {error}"
            continue
        if named != version:
            yield f"released/{version} calls itself {named} in rules/content.toml; rename one."


def _changed_since(present: Content, folder: Path) -> Iterator[str]:
    try:
        same = read_content(folder / present.version).sha256 == present.sha256
    except RulesError:
        return  # `_misnamed` has told it
    if not same:
        yield (
            f"The questions or rules have changed since version {present.version} was released; "
            "give them a new version in rules/content.toml, and tell it in CHANGELOG.md."
        )
