"""The Flesch-Kincaid grade: how many years of schooling it takes to read a text.

By a few lines over pyphen: textstat fetches a dictionary from the network when it is first asked.
Names count as words of one syllable; they are in `questionnaire/exceptions.toml`, not here.
"""

import re
from collections.abc import Collection
from functools import cache

import pyphen

HIGHEST_GRADE = 6


def grade(text: str, names: Collection[str]) -> float:
    """The grade of a text in whole sentences; references in brackets do not count."""
    text = re.sub(r"\[[^\]]*\]", "", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    sentences = [part for part in re.split(r"[.!?:](?:\s|$)", text) if part.strip()]
    words = re.findall(r"[A-Za-z][A-Za-z']*", text)
    if not words:
        return 0
    syllables = sum(1 if word in names else syllables_of(word) for word in map(str.lower, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@cache
def syllables_of(word: str) -> int:
    """By two estimates, the higher counts: places for a hyphen, and groups of vowels but for a
    silent e.
    """
    flow = re.sub(r"(?<=[^aeiouyl])e(s|d)?$", r"\1", word)
    groups = len(re.findall(r"[aeiouy]+", flow))
    hyphens = len(_hyphens().positions(word))
    return max(1, groups, hyphens + 1)


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")
