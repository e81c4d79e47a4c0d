"""`python -m benchmarks.clinic COUNT PEOPLE DESKS`: fill the records that the environment names.

Prints the cookies of people who answer on tablets, and of members of staff, as JSON.
"""

import json
import sys

from questionnaire.web.desk.setup import configure

configure()

from questionnaire.content.content import read_content  # noqa: E402  what knows a table comes now
from questionnaire.interview.conversation import State  # noqa: E402  the same
from questionnaire.web.desk.people.passwords import kept  # noqa: E402  the same
from questionnaire.web.desk.people.tokens import new_token  # noqa: E402  the same
from questionnaire.web.desk.records import intakes  # noqa: E402  the same
from questionnaire.web.desk.records.models import Intake, Person  # noqa: E402  the same
from questionnaire.web.desk.start import make_ready  # noqa: E402  the same
from questionnaire.web.visits import Visit  # noqa: E402  the same

_BEFORE = "2026-01-01"


def main(count: int, people: int, desks: int) -> None:
    """Fill it."""
    make_ready()
    visit = Visit(State(), read_content().version)
    for number in range(count):
        intakes.begin("bench", "staff", f"Somebody {number}", visit)
    Intake.objects.update(day=_BEFORE)
    answering = [intakes.begin("bench", "tablet", f"{each}", visit) for each in range(people)]
    clerk, _ = Person.objects.get_or_create(
        name="clerk", defaults={"role": "desk", "password": kept("a clerk of the bench")}
    )
    found = {
        "people": [new_token("tablet", intake=each) for each in answering],
        "desks": [new_token("staff", person=clerk, full=True) for _ in range(desks)],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
