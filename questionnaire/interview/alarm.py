"""What to say at once when an answer is an emergency sign: whom to call, and why."""

from collections.abc import Sequence

from questionnaire.content.content import Content, Country
from rules import Conclusion


def alarm(content: Content, countries: Sequence[Country], conclusion: Conclusion) -> str:
    """Whom to call and what to do, in lines that can be read out."""
    text = content.rulebook.outcomes["emergency"]
    numbers = ", ".join(f"{country.name} {country.emergency}" for country in countries)
    signs = conclusion.of("warning", "emergency")
    advice = [sign.rule.advice for sign in signs]
    line = content.words["emergency_numbers"].format(numbers=numbers)
    return "\n".join(["", text.title.upper(), text.next, line, *advice])
