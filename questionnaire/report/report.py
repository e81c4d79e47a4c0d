"""What the report says, as plain values.  Knows neither Jinja nor WeasyPrint.

Which words stand around these values, and in which order, is for the templates to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from questionnaire.answers.given import is_of_another_day, is_old
from questionnaire.conclusion.case import Case
from questionnaire.conclusion.explain import NotMentioned, not_mentioned
from questionnaire.content.content import Content, Country
from questionnaire.handover.qr import Code
from questionnaire.interview.alarm import Comfort, comfort_for, notes_on_calls
from questionnaire.interview.wording import Worded, quoted, worded
from questionnaire.report.settings import Paper
from rules import WITHHOLDING, Conclusion, Finding, Rule, Source

Density = Literal["open", "close", "tight", "short"]
"""How closely a report is set: with air; with less of it; so that blocks may run over the page;
and, where all must stand on one page, with the first of each list and how many more there are.
"""

STEPS = ("emergency", "today", "doctor_first", "avoid", "tell")
"""What the reader should do about a finding, the most urgent first."""

WORDY = 1100
"""Characters in all answers together, above which they are wordy."""

FULL = 20
"""Points beyond which a report is set as closely as can be read."""

_STEP_OF = {"doctor": "doctor_first", "": "doctor_first"}


@dataclass(frozen=True)
class Point:
    """A finding, with the answers on which it rests and the notes that belong to it."""

    rule: Rule
    said: tuple[Worded, ...]
    notes: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Action:
    """What to do, once, with every reason for it and the works that it rests on."""

    advice: str
    because: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Reviewed:
    """How many rules a clinician has signed off: `here` of the rules behind this report, `anywhere`
    of all.
    """

    here: int
    of: int
    anywhere: int
    rules: int


@dataclass(frozen=True)
class Report:
    """One person's report.

    `brief`: it is one page, for whoever should not read on now.  `headings` are those that stand in
    more than one place.  `pains` are the places of the pain, by the ids of the options.
    `without_last`: the last part is left out.
    """

    outcome: str
    title: str
    next: str
    talk: str
    brief: bool
    because: tuple[str, ...]
    points: Mapping[str, tuple[Point, ...]]
    benefits: tuple[Point, ...]
    withheld: tuple[str, ...]
    not_mentioned: tuple[NotMentioned, ...]
    endings: tuple[Rule, ...]
    replies: Mapping[str, Worded]
    pains: frozenset[str]
    countries: tuple[Country, ...]
    notes_on_calls: tuple[str, ...]
    comfort: Comfort | None
    sources: Mapping[str, Source]
    passages: Mapping[str, str]
    about: Mapping[str, object]
    headings: Mapping[str, str]
    reviewed: Reviewed
    sha256: str
    today: date
    paper: Paper
    given: date | None = None
    density: Density = "open"
    code: Code | None = None
    without_last: bool = False

    @property
    def help_first(self) -> bool:
        """Whether getting help comes before any talk of acupuncture."""
        return self.outcome in WITHHOLDING

    @property
    def overdue(self) -> bool:
        """Whether the content was due for review before the day of this report."""
        review = self.about["next_review"]
        return isinstance(review, date) and review < self.today

    @property
    def of_another_day(self) -> bool:
        """Whether the answers were given on another day, so that this report has to say so."""
        return is_of_another_day(self.given, self.today)

    @property
    def outdated(self) -> bool:
        """Whether the answers are so old that the warning signs should be gone through again."""
        return is_old(self.given, self.today)

    @property
    def places(self) -> frozenset[str]:
        """The countries where the reader may be, by their ids."""
        return frozenset(country.id for country in self.countries)

    def actions(self, step: str) -> tuple[Action, ...]:
        """What to do at this step; what several findings ask for alike is told once."""
        alike: dict[str, list[Rule]] = {}
        for point in self.points[step]:
            alike.setdefault(point.rule.advice, []).append(point.rule)
        return tuple(_action(advice, rules) for advice, rules in alike.items())

    @property
    def because_of(self) -> frozenset[str]:
        """The benefits that came up, by the ids of their rules."""
        return frozenset(point.rule.id for point in self.benefits)

    def any_of(self, question_ids: tuple[str, ...]) -> bool:
        """Whether something was said to any of these questions."""
        return any(map(self.words, question_ids))

    @property
    def is_full(self) -> bool:
        """Whether so much came up that page 1 cannot hold it, however closely it is set."""
        return self.density == "tight" and sum(map(len, self.points.values())) > FULL

    @property
    def wordy(self) -> bool:
        """Whether the answers are so long that each needs the whole line."""
        return sum(len(word) for each in self.replies.values() for word in each.words) > WORDY

    def words(self, question_id: str) -> str:
        """What was typed in answer to a question; empty when nothing was."""
        reply = self.replies.get(question_id)
        return " ".join(reply.words) if reply else ""


def compose(
    case: Case,
    *,
    today: date,
    paper: Paper = "a4",
    countries: tuple[str, ...] = (),
) -> Report:
    """The report on a case, with the numbers of these countries, or of all without any."""
    content, conclusion = case.content, case.conclusion
    outcome = content.rulebook.outcomes[conclusion.outcome]
    places = content.chosen_countries(countries, case.record.answers)
    return Report(
        outcome=outcome.id,
        title=outcome.title,
        next=outcome.next,
        talk=outcome.talk,
        brief=_is_brief(case),
        because=tuple(dict.fromkeys(each.rule.because for each in conclusion.decisive)),
        points=_points(content, conclusion),
        benefits=tuple(_benefit(content, conclusion, each) for each in conclusion.benefits),
        withheld=tuple(each.rule.title for each in conclusion.withheld),
        not_mentioned=not_mentioned(case),
        endings=tuple(each.rule for each in conclusion.of("ending")),
        replies=worded(case.record),
        pains=_pains(case),
        countries=places,
        notes_on_calls=notes_on_calls(conclusion, places),
        comfort=comfort_for(content, conclusion, places, case.record.answers),
        sources=content.cited or content.rulebook.sources,
        passages={each.id: each.title for each in content.rulebook.passages.values()},
        about=content.rulebook.about,
        headings=content.headings,
        reviewed=_reviewed(content, conclusion),
        sha256=content.sha256,
        today=today,
        paper=paper,
        given=case.given,
    )


def _is_brief(case: Case) -> bool:
    """Whether the questions ended early: then there is one thing to do, and one page says it."""
    said, outcome = case.record.said, case.conclusion.outcome
    stopped = any(each.id not in said and not each.optional for each in case.record.asked)
    return outcome == "not_for_this_tool" or (outcome == "emergency" and stopped)


def _points(content: Content, conclusion: Conclusion) -> Mapping[str, tuple[Point, ...]]:
    found = [
        finding
        for kind in ("warning", "doctor_first", "caution")
        for finding in conclusion.of(kind)
    ]
    return {
        step: tuple(
            Point(finding.rule, quoted(content.questions, finding.grounds))
            for finding in found
            if _STEP_OF.get(finding.rule.level, finding.rule.level) == step
        )
        for step in STEPS
    }


def _benefit(content: Content, conclusion: Conclusion, finding: Finding) -> Point:
    notes = (note.rule for note in conclusion.of("note") if note.rule.about == finding.rule.id)
    return Point(finding.rule, quoted(content.questions, finding.grounds), tuple(notes))


def _action(advice: str, rules: Sequence[Rule]) -> Action:
    return Action(
        advice=advice,
        because=tuple(dict.fromkeys(rule.because for rule in rules)),
        source=tuple(dict.fromkeys(work for rule in rules for work in rule.source)),
    )


def _pains(case: Case) -> frozenset[str]:
    ticked = case.record.answers.get("pain_types", ())
    return frozenset(ticked if isinstance(ticked, tuple) else ())


def _reviewed(content: Content, conclusion: Conclusion) -> Reviewed:
    signed = {rule.id for rule in content.rulebook.rules if content.signature(rule)}
    here = [finding.rule.id for finding in conclusion.findings]
    return Reviewed(
        here=sum(rule in signed for rule in here),
        of=len(here),
        anywhere=len(signed),
        rules=len(content.rulebook.rules),
    )
