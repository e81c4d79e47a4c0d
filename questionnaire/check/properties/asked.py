"""Searches: who is not asked what concerns them, or not sent to a doctor by a warning sign?"""

from collections.abc import Iterator

from questionnaire.check.proof.flaw import Flaw, question_at
from questionnaire.check.proof.formula import all_of, any_of, not_
from questionnaire.check.proof.promises import PLACE, Promises
from questionnaire.check.proof.space import Space
from questionnaire.check.proof.witness import Suspect, shown_by
from rules import Ground

URGENT = ("emergency", "today", "doctor_first")


def wrong_branches(space: Space, promises: Promises) -> Iterator[Flaw]:
    """People who are not asked what is promised, or who are asked what is not."""
    yield from shown_by(space, _branches(space, promises))


def _branches(space: Space, promises: Promises) -> Iterator[Suspect]:
    for question in space.content.questions:
        asked = space.interview.flow.asked[question.id]
        going = space.interview.flow.going[question.id]
        wanted = space.interview.holds(promises.asked_when(question.id))
        where = question_at(question)
        way_out = f"mend its 'when', or {PLACE} under [asked]"
        topic = f"asked {question.id}"
        matter = "people whom it concerns are not asked"
        flaw = Flaw("branch", *where, matter, way_out, topic=topic)
        yield all_of((wanted, going, not_(asked))), flaw
        matter = "people whom it does not concern are asked"
        flaw = Flaw("branch", *where, matter, way_out, topic=topic)
        yield all_of((asked, not_(wanted))), flaw


def wrong_endings(space: Space) -> Iterator[Flaw]:
    """People who are asked on after an ending, or whose questions end without one."""
    yield from shown_by(space, _endings(space))


def _endings(space: Space) -> Iterator[Suspect]:
    rulebook = space.content.rulebook
    endings = [rule for rule in rulebook.rules if rule.kind == "ending"]
    place = rulebook.place_of(endings[0]) if endings else "rules"
    found = any_of(space.interview.follows.found[rule.id] for rule in endings)
    ended = space.interview.flow.ended
    way_out = "give the option 'ends' in its question, and a rule of kind 'ending', or neither"
    matter = "people whom this is not for are asked on"
    yield all_of((found, not_(ended))), Flaw("ending", place, "endings", matter, way_out)
    matter = "the questions end and no ending says why"
    yield all_of((ended, not_(found))), Flaw("ending", place, "endings", matter, way_out)


def mild_warnings(space: Space) -> Iterator[Flaw]:
    """Warning signs, that is, options of a warning list, that send nobody to a doctor."""
    yield from shown_by(space, _mild(space))


def _mild(space: Space) -> Iterator[Suspect]:
    urgent = any_of(
        space.interview.follows.outcome[each] for each in ("not_for_this_tool", *URGENT)
    )
    for question in space.content.questions:
        for option in question.options:
            if question.id.startswith("warning_") and not option.exclusive:
                (place, _), about = question_at(question), f"{question.id} = {option.id}"
                matter, way_out = "a warning sign that sends nobody to a doctor", "write a rule"
                flaw = Flaw("mild", place, about, matter, way_out, topic=f"answer {about}")
                answer = space.interview.flow.counts[Ground(question.id, option.id)]
                yield all_of((answer, not_(urgent))), flaw
