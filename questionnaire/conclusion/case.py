"""One person's case: what counts of her answers and what follows from them, worked out once.

Whatever tells of a person (report, page, result, explanation, files that a report carries) takes
her case and only reads it.
"""

from dataclasses import dataclass
from datetime import date

from questionnaire.content.content import Content
from questionnaire.interview.flow import Record, Said, record
from rules import Conclusion


@dataclass(frozen=True)
class Case:
    """The content that the answers were given under, what counts of them, and the conclusion.

    `given` is the day of the oldest answer; None where nobody knows it.
    """

    content: Content
    record: Record
    conclusion: Conclusion
    given: date | None = None


def case_of(content: Content, said: Said, given: date | None = None) -> Case:
    """The case of somebody who said this; EngineError when it is in doubt what follows."""
    counted = record(content.questions, said)
    return Case(content, counted, content.conclude(counted.facts), given)
