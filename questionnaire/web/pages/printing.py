"""The PDFs of a visit: ordered ahead of time, and fetched."""

from contextlib import suppress
from dataclasses import replace

from questionnaire.interview.flow import record
from questionnaire.report.settings import Settings, today
from questionnaire.web.place import Here
from questionnaire.web.press import BusyError, Order
from questionnaire.web.visits import Visit

REPORT, LARGE, SUMMARY = "acupuncture-report", "large-print", "practitioner"
PDFS = (REPORT, LARGE, SUMMARY)
"""The PDFs, by the names of their files."""


def settings_of(at: Here, visit: Visit, name: str = REPORT) -> Settings:
    """How a PDF of a visit is made: as everybody's at this place, in its own way."""
    return replace(
        at.place.settings,
        today=today(),
        countries=visit.state.countries,
        large=name == LARGE,
        summary_only=name == SUMMARY,
    )


def order_of(at: Here, visit: Visit, name: str = REPORT) -> Order:
    """The order of a visit's PDF of this name."""
    content = at.place.content_of(visit)
    said = dict(record(content.questions, visit.state.said).said)
    return Order(at.key, said, visit.version, settings_of(at, visit, name), visit.given)


def begin_report(at: Here, visit: Visit) -> None:
    """Have the report printed while nobody waits for it yet; for strangers, once they ask."""
    if at.place.website:
        return
    with suppress(BusyError):
        at.place.press.begin(order_of(at, visit))
