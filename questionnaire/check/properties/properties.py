"""The properties that are proved of every interview, each with the search for a counterexample."""

from collections.abc import Callable, Iterator, Mapping

from questionnaire.check.proof.flaw import Flaw, each_once
from questionnaire.check.proof.promises import Promises
from questionnaire.check.proof.space import Space
from questionnaire.check.properties.asked import mild_warnings, wrong_branches, wrong_endings
from questionnaire.check.properties.changes import (
    clinging_benefits,
    soothing_signs,
    unsure_helps,
    unsure_soothes,
)
from questionnaire.check.properties.promised import broken_promises, wrong_outcomes
from questionnaire.check.properties.reach import idle_answers, same_rules, unreachable
from questionnaire.check.properties.shown import badly_shown

PROPERTIES: Mapping[str, Callable[[Space, Promises], Iterator[Flaw]]] = {
    "Every answer leads to what is promised of it, and to nothing else": broken_promises,
    "Every warning sign sends to a doctor at least": lambda space, _: mild_warnings(space),
    "The outcome is the most urgent one promised, whatever else is said": wrong_outcomes,
    "Everyone whom a question concerns is asked it, and nobody else": wrong_branches,
    "The questions end where an ending is found, and nowhere else": (
        lambda space, _: wrong_endings(space)
    ),
    "Nothing rests on a question that nobody is asked, or on an answer nobody can give": (
        lambda space, _: unreachable(space)
    ),
    "Every answer that a rule names makes a difference": lambda space, _: idle_answers(space),
    "No two rules of a kind are the same": lambda space, _: same_rules(space),
    "Saying 'not sure', or skipping, brings up no benefit": unsure_helps,
    "Saying 'not sure', or skipping, makes no outcome milder": unsure_soothes,
    "One more warning sign or caution makes no outcome milder": (
        lambda space, _: soothing_signs(space)
    ),
    "A benefit goes with the answers that it names": lambda space, _: clinging_benefits(space),
    "No benefit is shown where help comes first": lambda space, _: badly_shown(space),
}
"""By claim: the search for counterexamples."""


def broken(space: Space, promises: Promises) -> Iterator[Flaw]:
    """Every counterexample to a property."""
    return each_once(flaw for search in PROPERTIES.values() for flaw in search(space, promises))
