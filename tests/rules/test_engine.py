"""The engine answers as the plain evaluator does, case after case, and says so when it cannot."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import pytest
from durable import engine as durable
from hypothesis import given, settings
from hypothesis import strategies as st
from parts import later

from rules import Condition, EngineError
from rules._condition import AtLeast, Below, ChosenAtLeast, OneOf
from rules._engine import Engine
from rules._model import MOST_RULES, Rule

QUESTIONS = ("pain", "sleep", "id", "sid", "page", "case")
OPTIONS = ("a", "b", "c", "d", "none", "18_to_49")


def rule(rule_id, *rows):
    """A rule with these alternatives; nothing but its condition matters to the engine."""
    return Rule(rule_id, (), "", Condition(rows), "caution", "", "", level="tell")


def chosen(question, *options):
    return (OneOf(question, options),)


options = st.sampled_from(OPTIONS)
questions = st.sampled_from(QUESTIONS)
numbers = st.integers(-1, 12)
comparisons = st.one_of(
    st.builds(OneOf, questions, st.lists(options, min_size=1, max_size=3, unique=True).map(tuple)),
    st.builds(Below, questions, numbers),
    st.builds(AtLeast, questions, numbers),
    st.builds(ChosenAtLeast, questions, st.integers(1, 5)),
)
rows = st.lists(comparisons, min_size=1, max_size=2).map(tuple)
conditions = st.builds(Condition, st.lists(rows, min_size=1, max_size=3).map(tuple))
answers = st.one_of(
    options,
    st.lists(options, unique=True).map(tuple),
    numbers,
    st.text(max_size=8),
)
cases = st.dictionaries(questions, answers)


def rule_bases(most):
    return st.lists(conditions, max_size=most).map(
        lambda whens: [rule(f"rule_{n}", *when.alternatives) for n, when in enumerate(whens)]
    )


@pytest.mark.parametrize("bases", [60, *later(600)])
def test_the_engine_and_the_plain_evaluator_agree(bases):
    @settings(max_examples=bases, deadline=None)
    @given(rule_bases(most=12), st.lists(cases, min_size=1, max_size=5))
    def holds(rules, people):
        engine = Engine(rules)
        for said in people:
            assert engine.findings(said) == {rule.id for rule in rules if rule.when.holds(said)}

    holds()


def test_the_engine_is_the_one_whose_traps_are_known():
    """See `test_engine_traps`, which describes this version and no other."""
    assert version("durable-rules") == "2.0.28"


def test_every_option_may_be_chosen_at_once():
    """Whoever ticks everything is not an error: durable by itself fails at the 65th match."""
    rules = [rule(f"rule_{n}", chosen("pain", f"option_{n}")) for n in range(200)]
    said = {"pain": tuple(f"option_{n}" for n in range(200))}
    assert Engine(rules).findings(said) == {rule.id for rule in rules}


def test_the_engine_answers_with_the_most_rules_allowed():
    rules = [rule(f"rule_{n}", chosen("pain", f"option_{n % 100}")) for n in range(MOST_RULES)]
    assert len(Engine(rules).findings({"pain": "option_7"})) == MOST_RULES / 100


PAGES = [rule(f"rule_{n}", chosen("pain", *map(str, range(13)))) for n in range(64)]
"""32 pages with two rules of 14 parts on each, and room for nothing more."""


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param([rule("widest", chosen("pain", *map(str, range(27))))], id="28 parts"),
        pytest.param(PAGES, id="32 pages"),
        pytest.param(
            [rule(f"rule_{n}", chosen("pain", str(n))) for n in range(228)], id="240 properties"
        ),
    ],
)
def test_a_condition_at_the_limits_of_durable_is_found(rules):
    said = {"pain": tuple(map(str, range(228)))}
    assert Engine(rules).findings(said) == {rule.id for rule in rules}


def test_no_rule_applies_to_somebody_who_said_nothing():
    assert Engine([rule("one", chosen("pain", "a"))]).findings({}) == frozenset()


def test_an_engine_without_rules_finds_nothing():
    assert Engine([]).findings({"pain": "a"}) == frozenset()


def test_the_same_case_twice_gives_the_same_findings():
    engine = Engine([rule("one", chosen("pain", "a"))])
    assert engine.findings({"pain": "a"}) == engine.findings({"pain": "a"}) == {"one"}


def test_a_case_knows_nothing_of_the_case_before():
    engine = Engine([rule("both", (*chosen("pain", "a"), *chosen("sleep", "b")))])
    assert engine.findings({"pain": "a"}) == frozenset()
    assert engine.findings({"sleep": "b"}) == frozenset()


def test_two_engines_do_not_share_cases():
    joint = (*chosen("pain", "a"), *chosen("sleep", "b"))
    first, second = Engine([rule("both", joint)]), Engine([rule("both", joint)])
    assert first.findings({"pain": "a"}) == frozenset()
    assert second.findings({"sleep": "b"}) == frozenset()


def test_two_people_at_once_get_their_own_findings():
    engine = Engine([rule(option, chosen("pain", option)) for option in OPTIONS])

    def ask(option):
        return all(engine.findings({"pain": option}) == {option} for _ in range(200))

    with ThreadPoolExecutor(len(OPTIONS)) as people:
        assert all(people.map(ask, OPTIONS))


def test_no_thread_is_started():
    before = threading.active_count()
    Engine([rule("one", chosen("pain", "a"))]).findings({"pain": "a"})
    assert threading.active_count() == before


@pytest.mark.parametrize("said", [True, None, 1.5, ["a"], {"a": 1}, (1,), ("a", None)])
def test_what_is_no_answer_is_refused(said):
    engine = Engine([rule("one", chosen("pain", "a"))])
    with pytest.raises(EngineError) as caught:
        engine.findings({"pain": said})
    kind = type(said).__name__
    assert str(caught.value) == f"The answer to 'pain' is of type '{kind}': not an answer."


def test_what_was_typed_never_reaches_the_engine(monkeypatch):
    facts = []
    engine = Engine([rule("one", chosen("pain", "a"))])
    monkeypatch.setattr(durable.Host, "assert_fact", lambda _, __, fact: facts.append(fact) or {})
    monkeypatch.setattr(durable.Host, "delete_state", lambda *_: None)
    engine.findings({"pain": "a", "notes": "My secret", "name": "Ada"})
    assert facts == [{"case": 1, "page 1": 1, "pain=a": 1, "sid": "case 1"}]


class Failing(set):
    """Where findings are noted, out of order."""

    def add(self, _finding):
        raise ZeroDivisionError


def test_an_exception_in_a_rule_is_raised():
    engine = Engine([rule("one", chosen("pain", "a"))])
    engine._found = Failing()
    with pytest.raises(EngineError, match="A rule failed; nothing is concluded"):
        engine.findings({"pain": "a"})


def test_a_case_cut_off_after_ten_seconds_concludes_nothing(monkeypatch):
    clock = iter(range(0, 1000, 11))
    monkeypatch.setattr(durable, "_unix_now", lambda: next(clock))
    engine = Engine([rule("one", chosen("pain", "a")), rule("two", chosen("pain", "a"))])
    with pytest.raises(EngineError) as caught:
        engine.findings({"pain": "a"})
    assert str(caught.value) == "durable_rules did not finish the case; nothing is concluded."


def test_an_error_of_the_engine_tells_no_answer(monkeypatch):
    def fail(*_):
        raise durable.MessageNotHandledException({"pain=a": 1})

    engine = Engine([rule("one", chosen("pain", "a"))])
    monkeypatch.setattr(durable.Host, "assert_fact", fail)
    with pytest.raises(EngineError) as caught:
        engine.findings({"pain": "a"})
    assert str(caught.value) == (
        "durable_rules failed (MessageNotHandledException); nothing is concluded."
    )
    assert caught.value.__suppress_context__


def test_after_an_error_the_next_case_is_well(monkeypatch):
    engine = Engine([rule("one", chosen("pain", "a"))])
    with monkeypatch.context() as broken:
        broken.setattr(durable.Host, "assert_fact", lambda *_: 0)
        with pytest.raises(EngineError):
            engine.findings({"pain": "a"})
    assert engine.findings({"pain": "a"}) == {"one"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        pytest.param(
            [rule(f"rule_{n}", chosen("pain", "a")) for n in range(501)],
            "There are 501 rules; durable takes 500.",
            id="rules",
        ),
        pytest.param(
            [rule("wide", chosen("pain", *(f"option_{n}" for n in range(28))))],
            "Rule 'wide' has 29 parts; split it: durable takes 28.",
            id="parts",
        ),
        pytest.param(
            [*PAGES, rule("one_more", chosen("pain", "a"))],
            "The rules fill 33 pages; durable takes 32.",
            id="pages",
        ),
        pytest.param(
            [rule(f"rule_{n}", chosen("pain", str(n))) for n in range(229)],
            "The rules ask for 241 things; durable takes 240.",
            id="properties",
        ),
        pytest.param(
            [rule("one", chosen("q", "moczw")), rule("two", chosen("q", "wfbpa"))],
            "durable takes 'q=moczw' and 'q=wfbpa' for the same; rename one.",
            id="hash",
        ),
        pytest.param(
            [rule("one", chosen("q", "gwpstrw")), rule("two", chosen("q", "zpgemuz"))],
            "durable takes 'q=gwpstrw' and 'q=zpgemuz' for the same; rename one.",
            id="hash of 32 bits and no more",
        ),
        pytest.param(
            [rule("one", chosen("q", "dlscjug"))],
            "durable takes 'case' and 'q=dlscjug' for the same; rename one.",
            id="our own property",
        ),
        pytest.param(
            [rule("one", chosen("q", "lvfbfow"))],
            "durable takes 'q=lvfbfow' and 'sid' for the same; rename one.",
            id="its property for a session",
        ),
        pytest.param(
            [rule("one", chosen("q", "vxtemil"))],
            "durable takes 'id' and 'q=vxtemil' for the same; rename one.",
            id="its property for a message",
        ),
        pytest.param(
            [rule("empty", ())],
            "A condition asks for nothing; durable would never return.",
            id="nothing",
        ),
    ],
)
def test_a_condition_beyond_the_limits_of_durable_is_refused_at_the_start(rules, said):
    with pytest.raises(EngineError) as caught:
        Engine(rules)
    assert str(caught.value) == said


SOAK = """
import json, resource
from rules._condition import Condition, OneOf
from rules._engine import Engine
from rules._model import Rule
rules = [
    Rule(f"rule_{n}", (), "", Condition(((OneOf("pain", (f"option_{n}",)),),)), "caution", "", "")
    for n in range(100)
]
engine = Engine(rules)
sizes = []
for case in range(40_000):
    n = case % 100
    assert engine.findings({"pain": f"option_{n}"}) == {f"rule_{n}"}
    if case % 20_000 == 19_999:
        sizes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(json.dumps(sizes))
"""


@pytest.mark.exhaustive
def test_forty_thousand_cases_leave_no_memory_behind():
    """In one process, as at a front desk; the most memory ever used stays what it was."""
    command = [sys.executable, "-c", SOAK]
    process = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    sizes = json.loads(process.stdout)
    assert sizes[-1] <= sizes[0] * 1.02
