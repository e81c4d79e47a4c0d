"""What is wrong with the wording: missing, too hard, too long, or words that nobody should read."""

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping

from questionnaire.check.edition import EXCEPTIONS, Edition, words_of
from questionnaire.check.proof.flaw import Flaw, question_at, rule_at
from questionnaire.check.readability import HIGHEST_GRADE, HIGHEST_SMOG, grade, smog
from questionnaire.content.content import ROOT, read_content
from questionnaire.content.question import Question
from rules import REFERENCE, UNCHECKED, Rule

FEWEST_WORDS = 40
"""A page with fewer is read together with the other short ones: a grade says little of so few."""

LONGEST_ASK, LONGEST_SHORT = 18, 40
"""Words in a question; characters of its short name."""

LABEL_WIDTH, LABEL_LINES = 34, 5
"""What a box and a pointer leave for a label on a screen of 40 columns; and lines of a label."""

_STRAIGHT = re.compile(r"""["'`]""")
_STATEMENT = re.compile(r"[^\]]+(?:\[[^\]]+\])+")


def said_by_question(question: Question) -> list[str]:
    """All that a person reads of a question, each piece as a sentence of its own."""
    labels = (option.label for option in question.options)
    pieces = (question.ask, question.short, question.help, question.low, question.high, *labels)
    return [_sentence(piece) for piece in pieces if piece.strip()]


def said_by_rule(rule: Rule) -> list[str]:
    """All that a person reads of a rule, in whole sentences."""
    said = (*rule.evidence, rule.certainty, *rule.guidelines, rule.against, rule.advice)
    pieces = (rule.says, rule.title, *said)
    return [f"This is because {rule.because}.", *(_sentence(piece) for piece in pieces if piece)]


def _sentence(text: str) -> str:
    return text if text.rstrip()[-1] in ".?!:]" else f"{text}."


def sections(edition: Edition) -> Mapping[str, list[str]]:
    """What is said to people, by where it is written: in a file of content, or on the pages."""
    said: dict[str, list[str]] = {}
    for question in edition.content.questions:
        place, _ = question_at(question)
        said.setdefault(place, []).extend(said_by_question(question))
    rulebook = edition.content.rulebook
    for rule in rulebook.rules:
        said.setdefault(rulebook.place_of(rule), []).extend(said_by_rule(rule))
    said["rules/article.toml"] = [
        text for each in rulebook.passages.values() for text in (_sentence(each.title), each.says)
    ]
    said["rules/outcomes.toml"] = [
        _sentence(text)
        for each in rulebook.outcomes.values()
        for text in (each.title, each.next, each.talk)
    ]
    keys = ("updates", "funding", "reviewed", "intended_use")
    said["rules/content.toml"] = [_sentence(str(rulebook.about[key])) for key in keys]
    said["questionnaire/words.toml"] = [
        _sentence(re.sub(r"\{\w+\}", "it", word)) for word in edition.content.words.values()
    ]
    for place, page in edition.pages.items():
        if text := words_of(page):
            whole = len(text.split()) >= FEWEST_WORDS
            said.setdefault(place if whole else "report_templates", []).append(_sentence(text))
    return said


def hard_words(edition: Edition) -> Iterator[Flaw]:
    """Files of content that are hard to read, by either formula."""
    for place, said in sections(edition).items():
        text, names = " ".join(said), edition.exceptions.names
        for reached, highest, by in (
            (grade(text, names), HIGHEST_GRADE, ""),
            (smog(text, names), HIGHEST_SMOG, " by SMOG"),
        ):
            if reached > highest:
                matter = f"it reads at grade {reached:.1f}{by}, above {highest}"
                way_out = f"write shorter sentences and words, or list names in {EXCEPTIONS}"
                yield Flaw("grade", place, "", matter, way_out)


def banned_words(edition: Edition) -> Iterator[Flaw]:
    """Words that promise or judge."""
    for place, said in sections(edition).items():
        for text in said:
            for pattern in edition.exceptions.banned:
                for found in pattern.finditer(text):
                    matter = f"it says '{found[0]}' in '{textwrap.shorten(text, 60)}'"
                    yield Flaw("banned", place, "", matter, "say it without promise or judgement")


def missing_words(edition: Edition) -> Iterator[Flaw]:
    """Words that are empty, or that our own content has and this one lacks."""
    for question in edition.content.questions:
        empty = [key for key in ("ask", "short") if not getattr(question, key).strip()]
        empty += [f"label of '{each.id}'" for each in question.options if not each.label.strip()]
        for key in empty:
            yield Flaw("missing", *question_at(question), f"its {key} is empty", "write it")
        if question.kind == "scale" and not (question.low.strip() and question.high.strip()):
            yield Flaw(
                "missing", *question_at(question), "an end has no words", "write low and high"
            )
    for key in read_content(ROOT).words.keys() - edition.content.words.keys():
        yield Flaw("missing", "questionnaire/words.toml", f"'{key}'", "it is missing", "add it")
    for key, word in edition.content.words.items():
        if not word.strip():
            yield Flaw("missing", "questionnaire/words.toml", f"'{key}'", "it is empty", "write it")


def long_words(edition: Edition) -> Iterator[Flaw]:
    """What does not fit a narrow screen, or is too long to be read at a glance."""
    for question in edition.content.questions:
        where = question_at(question)
        if len(question.ask.split()) > LONGEST_ASK:
            yield Flaw("long", *where, f"'ask' has more than {LONGEST_ASK} words", "shorten it")
        if len(question.short) > LONGEST_SHORT:
            yield Flaw("long", *where, f"'short' has over {LONGEST_SHORT} characters", "shorten it")
        for option in question.options:
            lines = len(textwrap.wrap(option.label, LABEL_WIDTH))
            if lines > LABEL_LINES:
                matter = f"'{option.id}' takes {lines} lines on 40 columns"
                yield Flaw("long", *where, matter, f"shorten it to {LABEL_LINES} lines")


def unclear_words(edition: Edition) -> Iterator[Flaw]:
    """Questions that do not ask, options that read the same, and straight quotation marks."""
    for question in edition.content.questions:
        where = question_at(question)
        if not question.ask.rstrip().endswith("?"):
            yield Flaw("unclear", *where, "'ask' does not end as a question", "end it with '?'")
        labels = [option.label for option in question.options]
        for label in {each for each in labels if labels.count(each) > 1}:
            yield Flaw("unclear", *where, f"two options read '{label}'", "say what differs")
        for text in said_by_question(question):
            if _STRAIGHT.search(text):
                matter = f"a straight quote in '{textwrap.shorten(text, 60)}'"
                yield Flaw("unclear", *where, matter, "write typographic ones")


def unchecked_numbers(edition: Edition) -> Iterator[Flaw]:
    """Numbers that nobody has checked against a published source."""
    for rule in edition.content.rulebook.rules:
        for text in (*rule.evidence, *rule.guidelines, rule.against, rule.advice):
            for statement in _STATEMENT.findall(text):
                if REFERENCE.findall(statement) == [UNCHECKED] and re.search(r"\d", statement):
                    matter = f"a number from memory in '{textwrap.shorten(statement, 60)}'"
                    where = rule_at(edition.content.rulebook, rule)
                    yield Flaw("number", *where, matter, "cite a work, or leave it out")


WORDING: Mapping[str, Callable[[Edition], Iterator[Flaw]]] = {
    "No words are missing": missing_words,
    "Every section is read at grade six": hard_words,
    "Nothing is promised and nobody is judged": banned_words,
    "Everything fits a screen of 40 columns": long_words,
    "Every question asks, and no two options read the same": unclear_words,
    "What was never checked is printed without a number": unchecked_numbers,
}
"""By claim: the search for counterexamples."""
