"""What follows from answers: the outcome, what is shown, and when nothing may be said."""

from datetime import date

import pytest

from rules import (
    OUTCOMES,
    Conclusion,
    Condition,
    EngineError,
    Ground,
    Rulebook,
    conclude,
    concluded,
)
from rules import _conclusion as conclusion
from rules._condition import AtLeast, Below, ChosenAtLeast, OneOf
from rules._engine import Engine
from rules._model import OUTCOME_OF, Rule


def rule(rule_id, kind, level=""):
    """A rule that applies when the option of its name is chosen."""
    when = Condition(((OneOf("signs", (rule_id,)),),))
    return Rule(rule_id, (), "", when, kind, "", "", level=level)


def book(*rules):
    return Rulebook(rules, {}, {}, {}, {"published": date(2026, 11, 22)})


ONE_OF_EACH = book(*(rule(f"{kind}_{level}", kind, level) for kind, level in OUTCOME_OF))


def of(*signs):
    return conclude(ONE_OF_EACH, {"signs": signs})


def ids(findings):
    return [finding.rule.id for finding in findings]


@pytest.mark.parametrize(("kind_and_level", "outcome"), OUTCOME_OF.items())
def test_each_kind_of_finding_leads_to_its_outcome(kind_and_level, outcome):
    assert of("_".join(kind_and_level)).outcome == outcome


def test_without_a_finding_the_outcome_is_to_discuss():
    assert of() == Conclusion("discuss", ())


def test_the_most_urgent_outcome_wins():
    everything = tuple("_".join(pair) for pair in OUTCOME_OF if pair[0] != "ending")
    for first, outcome in ((0, "emergency"), (1, "today"), (2, "doctor_first")):
        assert of(*everything[first:]).outcome == outcome
    assert of("benefit_", "caution_tell").outcome == "discuss_with_cautions"


def test_the_outcomes_are_in_the_order_of_precedence():
    assert list(dict.fromkeys(OUTCOME_OF.values())) == list(OUTCOMES)


def test_an_early_end_brings_up_nothing_else():
    ended = of("ending_", "warning_emergency", "caution_doctor", "benefit_")
    assert (ended.outcome, ids(ended.findings)) == ("not_for_this_tool", ["ending_"])


def test_findings_come_in_the_order_of_the_rules():
    assert ids(of("benefit_", "caution_tell", "warning_today").findings) == [
        "warning_today",
        "caution_tell",
        "benefit_",
    ]


@pytest.mark.parametrize("tier", ["emergency", "today"])
def test_where_help_comes_first_no_benefit_is_shown(tier):
    urgent = of(f"warning_{tier}", "benefit_")
    assert (ids(urgent.benefits), ids(urgent.withheld)) == ([], ["benefit_"])


def test_no_benefit_is_shown_to_anybody_the_tool_is_not_for():
    ended = concluded((*of("ending_").findings, *of("benefit_").findings))
    assert (ended.outcome, ended.benefits, ids(ended.withheld)) == (
        "not_for_this_tool",
        (),
        ["benefit_"],
    )


def test_see_a_doctor_first_does_not_hide_the_benefits():
    careful = of("warning_doctor_first", "benefit_")
    assert (ids(careful.benefits), ids(careful.withheld)) == (["benefit_"], [])


def test_a_finding_knows_the_answers_it_rests_on():
    (finding,) = of("caution_tell").findings
    assert finding.grounds == (Ground("signs", "caution_tell"),)


@pytest.mark.parametrize(
    ("comparison", "said", "grounds"),
    [
        (OneOf("q", ("a", "b")), ("c", "b", "a"), ("b", "a")),
        (OneOf("q", ("a", "b")), "b", ("b",)),
        (OneOf("q", ("a", "b")), "c", ()),
        (Below("q", 4), 3, (3,)),
        (Below("q", 4), 4, ()),
        (AtLeast("q", 4), 4, (4,)),
        (AtLeast("q", 4), 3, ()),
        (ChosenAtLeast("q", 2), ("a", "b"), ("a", "b")),
        (ChosenAtLeast("q", 2), ("a",), ()),
    ],
)
def test_the_ground_of_a_comparison_is_what_was_said_and_is_not_there_when_it_fails(
    comparison, said, grounds
):
    assert comparison.grounds({"q": said}) == tuple(Ground("q", ground) for ground in grounds)


def test_what_decides_is_what_the_outcome_rests_on():
    assert ids(of("caution_doctor", "doctor_first_", "caution_tell").decisive) == [
        "doctor_first_",
        "caution_doctor",
    ]
    assert of("benefit_").decisive == ()


def test_findings_can_be_asked_for_by_kind_and_level():
    found = of("caution_tell", "caution_avoid", "benefit_")
    assert ids(found.of("caution")) == ["caution_tell", "caution_avoid"]
    assert ids(found.of("caution", "avoid")) == ["caution_avoid"]


def test_a_disagreement_names_the_rules_and_no_answer(monkeypatch):
    monkeypatch.setattr(Engine, "findings", lambda *_: frozenset({"benefit_"}))
    with pytest.raises(EngineError) as caught:
        of("caution_tell")
    assert str(caught.value) == (
        "The two evaluators disagree on: benefit_, caution_tell. Nothing is concluded."
    )


def test_rules_that_were_never_in_a_file_have_no_place():
    assert book().places == {}


def test_an_engine_is_made_once_for_a_rulebook():
    mine, yours = book(rule("a", "note")), book(rule("a", "note"))
    assert conclusion._engine(mine) is conclusion._engine(mine)
    assert conclusion._engine(mine) is not conclusion._engine(yours)
