"""How hard a text is to read: the Flesch-Kincaid grade, that is, years of schooling."""

import re

import pyphen

HIGHEST_GRADE = 6

# Names of conditions and medicines, each counted as a word of one syllable: whoever has it knows
# the name, and nobody else needs it.  The two words for what all this is about are with them.
NAMES = {
    *("acupuncture", "acupuncturist"),
    *("arthritis", "cancer", "chemotherapy", "diabetes", "endocarditis", "epilepsy"),
    *("immune", "infection", "inflammatory", "lymphoedema", "osteoarthritis", "osteoporosis"),
    *("pacemaker", "pregnancy", "rheumatoid"),
    *("anticoagulant", "apixaban", "aspirin", "clopidogrel", "ibuprofen", "opioids"),
    *("paracetamol", "prednisolone", "rivaroxaban", "steroids", "triptans", "warfarin"),
}

_HYPHENS = pyphen.Pyphen(lang="en_GB")


def grade(text):
    """The grade of a text of whole sentences; reference marks do not count."""
    text = re.sub(r"\[[^\]]*\]", "", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    sentences = [part for part in re.split(r"[.!?:](?:\s|$)", text) if part.strip()]
    words = re.findall(r"[A-Za-z][A-Za-z']*", text)
    syllables = sum(syllables_of(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word):
    """Places for a hyphen, or groups of vowels without a silent e, whichever are more."""
    if word in NAMES:
        return 1
    heard = re.sub(r"(?<=[^aeiouyl])e(s|d)?$", r"\1", word)
    groups = len(re.findall(r"[aeiouy]+", heard))
    return max(1, groups, _HYPHENS.inserted(word).count("-") + 1)
