"""What to say at once when an answer is an emergency sign: whom to call, and why.

Thoughts of self-harm are answered otherwise than the other signs: with kind words first, and a
person to talk to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from questionnaire.content.content import Content, Country
from rules import Conclusion

SELF_HARM = "self_harm_thoughts"
"""The rule on thoughts of self-harm."""

_PRIVATE: Mapping[object, str] = {"helper": "comfort_helper", "staff": "comfort_staff"}
_CHOICES = {"stop": "comfort_stop", "go_on": "comfort_go_on", "change": "comfort_change"}
_BIRTH = ("pregnancy", "warning_pregnancy")
_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Comfort:
    """The words for somebody with thoughts of self-harm, in the order in which they are said.

    `lines` are the crisis lines with their numbers; `private` is for whoever fills it in for them;
    `asks` and `choices` stand where other alarms ask what to do next.
    """

    title: str
    kind: str
    talk: str
    lines: tuple[str, ...]
    danger: str
    private: str
    asks: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Alarm:
    """Whom to call and what to do; `question` is the one whose answer was the sign."""

    question: str
    title: str
    next: str
    countries: tuple[Country, ...]
    advice: tuple[str, ...]
    notes: tuple[str, ...] = ()
    comfort: Comfort | None = None


def alarm_of(
    content: Content,
    conclusion: Conclusion,
    countries: Sequence[str],
    question: str = "",
    answers: Mapping[str, object] = _NOTHING,
) -> Alarm:
    """The alarm that a conclusion gives cause for."""
    text = content.rulebook.outcomes["emergency"]
    signs = [sign.rule for sign in conclusion.of("warning", "emergency")]
    places = content.chosen_countries(countries, answers)
    return Alarm(
        question=question,
        title=text.title,
        next=text.next,
        countries=places,
        advice=tuple(rule.advice for rule in signs if rule.id != SELF_HARM),
        notes=notes_on_calls(conclusion, places),
        comfort=comfort_for(content, conclusion, places, answers),
    )


def notes_on_calls(conclusion: Conclusion, places: Sequence[Country]) -> tuple[str, ...]:
    """What else to know before a call, country by country."""
    grounds = (ground for sign in conclusion.of("warning") for ground in sign.grounds)
    born = any(ground.question in _BIRTH for ground in grounds)
    said = [text for each in places for text in (each.note, each.after_birth if born else "")]
    return tuple(dict.fromkeys(filter(None, said)))


def comfort_for(
    content: Content,
    conclusion: Conclusion,
    places: Sequence[Country],
    answers: Mapping[str, object],
) -> Comfort | None:
    """The words for somebody with thoughts of self-harm; None for everybody else."""
    if SELF_HARM not in {sign.rule.id for sign in conclusion.of("warning", "emergency")}:
        return None
    who = answers.get("answered_by")
    return Comfort(
        title=content.word("comfort_title"),
        kind=content.word("comfort_kind"),
        talk=content.word("comfort_talk"),
        lines=tuple(_of(places, each, line) for each in places for line in each.crisis),
        danger=content.word("comfort_danger").format(numbers=_numbers(places)),
        private=content.word(_PRIVATE[who]) if who in _PRIVATE else "",
        asks=content.word("comfort_asks"),
        choices={each: content.word(word) for each, word in _CHOICES.items()},
    )


def _numbers(places: Sequence[Country]) -> str:
    return ", ".join(_of(places, each, each.emergency) for each in places)


def _of(places: Sequence[Country], country: Country, text: str) -> str:
    """With the country's name, where more than one is named."""
    return text if len(places) == 1 else f"{country.name}: {text}"


def in_lines(alarm: Alarm, words: Mapping[str, str]) -> str:
    """The alarm in lines that can be read out."""
    comfort = alarm.comfort
    if comfort is None:
        numbers = ", ".join(f"{each.emergency} ({each.name})" for each in alarm.countries)
        line = words["emergency_numbers"].format(numbers=numbers)
        said = ["", alarm.title.upper(), alarm.next, line, *alarm.notes, *alarm.advice]
        return "\n".join(said)
    said = ["", comfort.title, comfort.kind, comfort.talk, *comfort.lines, comfort.danger]
    if alarm.advice:
        said += [alarm.next, *alarm.advice]
    return "\n".join(filter(None, [*said, *alarm.notes, comfort.private]))
