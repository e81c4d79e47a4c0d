"""A conversation as text, and back: what is sealed in the box of an intake.

An answer is told from a skip and from a question not asked; beside each stands when it was given.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from questionnaire.interview.conversation import State
from questionnaire.interview.flow import SKIPPED, Response, Said, Unsaid
from questionnaire.interview.validation import Fault
from questionnaire.web.visits import Visit


@dataclass(frozen=True)
class Page:
    """A conversation as it is kept: the visit, and when each answer in it was given."""

    visit: Visit
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day of the oldest answer; None before the first."""
        moments = map(datetime.fromisoformat, self.given.values())
        oldest = min(moments, default=None)
        return self.visit.given or (oldest.astimezone().date() if oldest else None)


def to_text(page: Page) -> bytes:
    """The page as JSON."""
    visit, state = page.visit, page.visit.state
    table = {
        "said": {each: answer for each, answer in state.said.items() if answer is not SKIPPED},
        "skipped": [each for each, answer in state.said.items() if answer is SKIPPED],
        "turned_to": state.turned_to,
        "reviewing": state.reviewing,
        "signs": state.signs,
        "refused": {"unsaid": state.refused.value}
        if isinstance(state.refused, Unsaid)
        else state.refused,
        "faults": [[fault.key, _plain(fault.values)] for fault in state.faults],
        "over": state.over,
        "countries": state.countries,
        "version": visit.version,
        "notices": visit.notices,
        "day": visit.given.isoformat() if visit.given else "",
        "given": dict(page.given),
    }
    return json.dumps(table, ensure_ascii=False).encode()


def from_text(text: bytes) -> Page:
    """The page as it was."""
    table = json.loads(text)
    state = State(
        said=_said(table),
        turned_to=table["turned_to"],
        reviewing=table["reviewing"],
        signs=tuple(table["signs"]),
        refused=_refused(table["refused"]),
        faults=tuple(Fault(key, values) for key, values in table["faults"]),
        over=table["over"],
        countries=tuple(table["countries"]),
    )
    day = date.fromisoformat(told) if (told := table.get("day")) else None
    visit = Visit(state, table["version"], tuple(table["notices"]), day)
    return Page(visit, table["given"])


def _said(table: Mapping[str, Any]) -> Said:
    answers: dict[str, Response] = {each: _answer(said) for each, said in table["said"].items()}
    return {**answers, **dict.fromkeys(table["skipped"], SKIPPED)}


def _refused(value: Any) -> Response | Unsaid:  # noqa: ANN401  as below
    return Unsaid(value["unsaid"]) if isinstance(value, dict) else _answer(value)


def _answer(value: Any) -> Any:  # noqa: ANN401  an answer as JSON has it
    return tuple(value) if isinstance(value, list) else value


def _plain(values: Mapping[str, object]) -> Mapping[str, object]:
    """What JSON can hold: a value that it cannot is told as text."""
    return {
        key: value if isinstance(value, str | int | float | bool | None) else str(value)
        for key, value in values.items()
    }
