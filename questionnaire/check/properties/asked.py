"""Is everyone asked what concerns them, and sent to a doctor by every warning sign?"""

from collections.abc import Iterator

from questionnaire.check.proof.flaw import Flaw, question_at
from questionnaire.check.proof.formula import all_of, any_of, no
from questionnaire.check.proof.promises import PLACE, Promises
from questionnaire.check.proof.space import Space
from questionnaire.check.proof.witness import Suspect, shown_by
from rules import Ground

URGENT = ("emergency", "today", "doctor_first")


def wrong_branches(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Everyone is asked what is promised, and nobody else is."""
    yield from shown_by(space, _branches(space, promises))


def _branches(space: Space, promises: Promises) -> Iterator[Suspect]:
    for question in space.content.questions:
        asked = space.talk.heard.asked[question.id]
        going = space.talk.heard.going[question.id]
        wanted = space.talk.holds(promises.asked_when(question.id))
        where = question_at(question)
        way_out = f"mend its 'when', or {PLACE} under [asked]"
        topic = f"asked {question.id}"
        matter = "people whom it concerns are not asked"
        flaw = Flaw("branch", *where, matter, way_out, topic=topic)
        yield all_of((wanted, going, no(asked))), flaw
        matter = "people whom it does not concern are asked"
        flaw = Flaw("branch", *where, matter, way_out, topic=topic)
        yield all_of((asked, no(wanted))), flaw


def wrong_endings(space: Space) -> Iterator[Flaw]:
    """The questions end where an ending is found, and nowhere else."""
    yield from shown_by(space, _endings(space))


def _endings(space: Space) -> Iterator[Suspect]:
    rulebook = space.content.rulebook
    endings = [rule for rule in rulebook.rules if rule.kind == "ending"]
    place = rulebook.place_of(endings[0]) if endings else "rules"
    found = any_of(space.talk.follows.found[rule.id] for rule in endings)
    ended = space.talk.heard.ended
    way_out = "give the option 'ends' in its question, and a rule of kind 'ending', or neither"
    matter = "people whom this is not for are asked on"
    yield all_of((found, no(ended))), Flaw("ending", place, "endings", matter, way_out)
    matter = "the questions end and no ending says why"
    yield all_of((ended, no(found))), Flaw("ending", place, "endings", matter, way_out)


def mild_warnings(space: Space) -> Iterator[Flaw]:
    """Every option of a warning list, but those that stand alone, sends people to a doctor."""
    yield from shown_by(space, _mild(space))


def _mild(space: Space) -> Iterator[Suspect]:
    urgent = any_of(space.talk.follows.outcome[each] for each in ("not_for_this_tool", *URGENT))
    for question in space.content.questions:
        for option in question.options:
            if question.id.startswith("warning_") and not option.exclusive:
                (place, _), about = question_at(question), f"{question.id} = {option.id}"
                matter, way_out = "a warning sign that sends nobody to a doctor", "write a rule"
                flaw = Flaw("mild", place, about, matter, way_out, topic=f"answer {about}")
                answer = space.talk.heard.counts[Ground(question.id, option.id)]
                yield all_of((answer, no(urgent))), flaw
