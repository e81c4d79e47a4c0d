"""Flesch-Kincaid and SMOG grades: how many years of schooling it takes to read a text.

By a few lines over pyphen: textstat fetches a dictionary from the network when it is first asked.
Names count as words of one syllable; they are in `questionnaire/exceptions.toml`, not here.
"""

import re
from collections.abc import Collection
from functools import cache
from math import sqrt

import pyphen

HIGHEST_GRADE, HIGHEST_SMOG = 6, 8
"""By Flesch-Kincaid, which weighs all words, and by SMOG, which counts those of 3 syllables."""

_LONG = 3


def grade(text: str, names: Collection[str]) -> float:
    """The grade of a text in whole sentences; references in brackets do not count."""
    sentences, words = _counted(text, names)
    if not words:
        return 0
    return 0.39 * len(words) / sentences + 11.8 * sum(words) / len(words) - 15.59


def smog(text: str, names: Collection[str]) -> float:
    """The SMOG grade of a text in whole sentences; 3.1 where no word is long."""
    sentences, words = _counted(text, names)
    long = sum(syllables >= _LONG for syllables in words)
    return 1.043 * sqrt(30 * long / max(1, sentences)) + 3.1291


def _counted(text: str, names: Collection[str]) -> tuple[int, list[int]]:
    """How many sentences there are, and the syllables of each word."""
    text = re.sub(r"\[[^\]]*\]", "", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    sentences = [part for part in re.split(r"[.!?:](?:\s|$)", text) if part.strip()]
    words = map(str.lower, re.findall(r"[A-Za-z][A-Za-z']*", text))
    return len(sentences), [1 if word in names else syllables_of(word) for word in words]


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
