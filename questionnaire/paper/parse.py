"""A line of codes as typed from paper: the answers it holds, and what is wrong with the rest.

Knows how codes are typed, and nothing of what was answered before or which questions apply.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from questionnaire.content.numbering import BLANK, lettered, numbered
from questionnaire.content.question import Question
from questionnaire.errors import quoted
from questionnaire.interview.flow import SKIPPED, Response
from questionnaire.interview.validation import validate
from questionnaire.interview.wording import fault_in_words
from rules import Answer

_NUMBERED = re.compile(r"(?P<number>[0-9]{1,3})(=(?P<value>.*)|(?P<code>[^0-9=].*))")
_GAPS = re.compile(r"[\s,;]+")
_SIGN = re.compile(r"\s*[=:]\s*")

Words = Mapping[str, str]


class MiscodedError(Exception):
    """What was typed is no answer to the question; the message tells what is."""


@dataclass(frozen=True)
class Keyed:
    """What a line holds: answers by question (SKIPPED for one left blank), and its faults."""

    answers: Mapping[str, Response]
    faults: tuple[str, ...]


def read_line(
    line: str, questions: Sequence[Question], current: Question | None, words: Words
) -> Keyed:
    """A line as typed at a question (None: at none); each piece of it is an answer or a fault.

    Where words are due, a line of nothing but right codes is still codes: as words they would be
    lost, and the words are asked for again anyway.
    """
    pieces = [piece for piece in _GAPS.split(_SIGN.sub("=", line.lower())) if piece]
    if current and current.kind == "text":
        codes = _numbered(pieces, questions, words)
        are_codes = bool(codes.answers) and not codes.faults
        return codes if are_codes else _keyed([(current, line)], questions, words)
    if current and not any(_NUMBERED.fullmatch(piece) for piece in pieces):
        together = all(piece.isalpha() for piece in pieces)
        return _keyed([(current, ("" if together else " ").join(pieces))], questions, words)
    return _numbered(pieces, questions, words)


def _numbered(pieces: Sequence[str], questions: Sequence[Question], words: Words) -> Keyed:
    """Answers that each stand behind the number of their question."""
    by_number = numbered(questions)
    found: list[tuple[Question, str]] = []
    wrong: list[str] = []
    for piece in pieces:
        match = _NUMBERED.fullmatch(piece)
        question = by_number.get(int(match["number"])) if match else None
        if match is None:
            wrong.append(words["codes_no_number"].format(code=_shown(piece)))
        elif question is None:
            highest = len(questions)
            wrong.append(words["codes_unknown"].format(number=match["number"], highest=highest))
        else:
            found.append((question, match["value"] or match["code"] or ""))
    keyed = _keyed([each for each in found if not _is_prose(*each)], questions, words)
    prose = {each.id: words["codes_words"] for each, code in found if _is_prose(each, code)}
    told = _named(prose, questions, words)
    return Keyed(keyed.answers, (*wrong, *told, *keyed.faults))


def _is_prose(question: Question, code: str) -> bool:
    """Whether words stand where only codes can: they would be torn at the first space."""
    return question.kind == "text" and code != BLANK


def _keyed(
    found: Sequence[tuple[Question, str]], questions: Sequence[Question], words: Words
) -> Keyed:
    answers: dict[str, Response] = {}
    wrong: dict[str, str] = {}
    for question, code in found:
        try:
            answers[question.id] = answer_of(question, code, words)
        except MiscodedError as error:
            wrong[question.id] = str(error)
    asked = [question for question, _ in found]
    for question in asked:
        if asked.count(question) > 1:  # which of them is meant, nobody can tell
            answers.pop(question.id, None)
            wrong[question.id] = words["codes_again"]
    return Keyed(answers, tuple(_named(wrong, questions, words)))


def _named(wrong: Mapping[str, str], questions: Sequence[Question], words: Words) -> Iterator[str]:
    """Each fault with the number and the name of its question."""
    for number, question in numbered(questions).items():
        if question.id in wrong:
            matter = wrong[question.id]
            yield words["codes_fault"].format(number=number, short=question.short, matter=matter)


def answer_of(question: Question, code: str, words: Words) -> Response:
    """The answer that a code stands for, SKIPPED for one left blank; else MiscodedError."""
    if code == BLANK:
        return SKIPPED
    match question.kind:
        case "text":
            return _text(question, code, words)
        case "scale":
            return _number(question, code, words)
        case "one" | "many":
            return _options(question, code, words)


def _text(question: Question, text: str, words: Words) -> str:
    for fault in validate(question, text):
        raise MiscodedError(fault_in_words(fault, words))
    return text


def _number(question: Question, code: str, words: Words) -> int:
    if re.fullmatch(r"[0-9]{1,3}", code) and not validate(question, int(code)):
        return int(code)
    told = words["codes_number"].format(
        code=_shown(code), lowest=question.lowest, highest=question.highest
    )
    raise MiscodedError(told)


def _options(question: Question, code: str, words: Words) -> Answer:
    by_letter = lettered(question)
    for told in _wrong_letters(question, code, words):
        raise MiscodedError(told)
    if question.kind == "one":
        return by_letter[code].id
    answer = tuple(option.id for letter, option in by_letter.items() if letter in code)
    for fault in validate(question, answer):  # each letter is an option: one cannot stand there
        letter = next(each for each in code if by_letter[each].id == fault.values["value"])
        raise MiscodedError(words["codes_alone"].format(letter=letter, **fault.values))
    return answer


def _wrong_letters(question: Question, code: str, words: Words) -> Iterator[str]:
    by_letter = lettered(question)
    if not code or any(letter not in by_letter for letter in code):
        key = "codes_one_letter" if question.kind == "one" else "codes_letters"
        yield words[key].format(code=_shown(code), highest=[*by_letter][-1])
    elif len(set(code)) < len(code):
        yield words["codes_twice"].format(code=code)
    elif question.kind == "one" and len(code) > 1:
        yield words["codes_two_boxes"].format(code=code)


def _shown(code: str) -> str:
    """What was typed, shortened, and without keys that would move the cursor."""
    return quoted(code).strip("'\"")
