"""What to say at once when an answer is an emergency sign: whom to call, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaire.content.content import Content, Country
from rules import Conclusion


@dataclass(frozen=True)
class Alarm:
    """Whom to call and what to do; `question` is the one whose answer was the sign."""

    question: str
    title: str
    next: str
    countries: tuple[Country, ...]
    advice: tuple[str, ...]


def alarm_of(
    content: Content, conclusion: Conclusion, countries: Sequence[str], question: str = ""
) -> Alarm:
    """The alarm that a conclusion gives cause for."""
    text = content.rulebook.outcomes["emergency"]
    signs = conclusion.of("warning", "emergency")
    return Alarm(
        question=question,
        title=text.title,
        next=text.next,
        countries=content.chosen_countries(countries),
        advice=tuple(sign.rule.advice for sign in signs),
    )


def in_lines(alarm: Alarm, words: Mapping[str, str]) -> str:
    """The alarm in lines that can be read out."""
    numbers = ", ".join(f"{country.name} {country.emergency}" for country in alarm.countries)
    line = words["emergency_numbers"].format(numbers=numbers)
    return "\n".join(["", alarm.title.upper(), alarm.next, line, *alarm.advice])
