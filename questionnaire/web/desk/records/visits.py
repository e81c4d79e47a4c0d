"""The visits of people whose answers the clinic keeps: read from and written to its database."""

from dataclasses import dataclass

from questionnaire.web.desk.records.intakes import ContentOf, change, read
from questionnaire.web.visits import Act, TooManyError, Visit


@dataclass(frozen=True)
class Recorded:
    """Visits under the ids of their intakes; `who` is whoever answers, as the log names them."""

    content_of: ContentOf
    who: str

    def begin(self, visit: Visit, key: str = "") -> str:  # noqa: ARG002  as in `Visits`
        """Nobody begins a visit here but by an intake."""
        raise TooManyError

    def read(self, key: str) -> Visit | None:
        """The visit of an intake."""
        kept = read(key)
        return kept.page.visit if kept else None

    def change(self, key: str, act: Act) -> Visit | None:
        """The visit after `act`, which is on the disk."""
        return change(key, act, self.content_of, self.who)

    def forget(self, key: str) -> None:
        """What is kept goes by being deleted, or with time."""
