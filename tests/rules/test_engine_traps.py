"""What durable_rules 2.0.28 does by itself: the reasons for each guard in `rules/_engine.py`.

When one of these fails, the engine has changed: look at the guard before you change the test.
What hangs or ends the process is tried in a process of its own.  As nothing here can change while
the version does not, all of it is for the exhaustive part; `test_engine` knows the version.
"""

import os
import subprocess
import sys
from collections import Counter
from textwrap import dedent

import pytest
from durable import engine
from durable.lang import m, ruleset, when_all

pytestmark = pytest.mark.exhaustive


class Host(engine.Host):
    """A host without timer threads, as ours."""

    def _run(self):
        pass


def host_of(tests, found):
    """A host whose rules note their names; a test is durable's JSON."""

    def noting(name):
        return lambda _case: found.append(name)

    rules = {name: {"all": [{"m": test}], "run": noting(name)} for name, test in tests.items()}
    return Host({"rules": rules})


def found_by(tests, fact):
    found = []
    host_of({**tests, "always": {"case": 1}}, found).assert_fact("rules", {"case": 1, **fact})
    return sorted(set(found) - {"always"})


IN_A_PROCESS = """
    import sys, time, warnings
    warnings.simplefilter("ignore", DeprecationWarning)
    from durable import engine
    class Host(engine.Host):
        def _run(self): pass
    def host_of(tests, kind=Host):
        rules = {n: {"all": [{"m": t}], "run": lambda c: None} for n, t in tests.items()}
        return kind({"rules": rules})
"""


# Freed memory is overwritten, so that whoever uses it again fails each time and not now and then;
# and the coverage of a test run does not reach into these processes, where it moves the memory.
UNFORGIVING = {"MALLOC_PERTURB_": "165", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def run_alone(script, timeout=100):
    """The script's process, after the few lines above; TimeoutExpired when it hangs."""
    code = dedent(IN_A_PROCESS) + dedent(script)
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=timeout, check=False, env=UNFORGIVING
    )


def hangs(script):
    try:
        run_alone(script, timeout=3)
    except subprocess.TimeoutExpired:
        return True
    return False


def died(process):
    """Ended by a signal: an error in C, which nothing in Python can catch."""
    return process.returncode < 0


def test_an_event_is_consumed_by_the_first_rule_that_matches():
    found = []
    host_of({"a": {"x": 1}, "b": {"x": 1}}, found).post("rules", {"x": 1})
    assert len(found) == 1


def test_a_fact_is_seen_by_every_rule():
    assert found_by({"a": {"x": 1}, "b": {"x": 1}}, {"x": 1}) == ["a", "b"]


def test_python_or_keeps_the_first_half_only():
    assert ((m.a == "x") or (m.b == "y")).define() == {"a": "x"}


def test_python_and_keeps_the_second_half_only():
    assert ((m.a == "x") and (m.b == "y")).define() == {"b": "y"}


def test_a_chained_comparison_keeps_the_second_half_only():
    assert (2 < m.a < 5).define() == {"$lt": {"a": 5}}


def test_two_properties_in_one_object_are_not_both_tested():
    both = {"both": {"a": 1, "b": 1}}
    assert found_by(both, {"a": 1}) == ["both"] or found_by(both, {"b": 1}) == ["both"]


@pytest.mark.parametrize("word", ["8", "abc"])  # the empty text sometimes is, sometimes not
def test_a_text_can_be_more_than_a_number(word):
    assert found_by({"old": {"$gte": {"age": 65}}}, {"age": word}) == ["old"]


def test_the_text_100_is_less_than_65():
    assert found_by({"old": {"$gte": {"age": 65}}}, {"age": "100"}) == []


@pytest.mark.parametrize("wanted", [True, 1, "true"])
def test_true_is_one_and_is_the_word(wanted):
    assert found_by({"yes": {"x": wanted}}, {"x": True}) == ["yes"]


def test_a_list_matches_once_for_each_alternative():
    either = {"$or": [{"$iany": {"l": {"$i": "a"}}}, {"$iany": {"l": {"$i": "b"}}}]}
    found = []
    host_of({"either": either}, found).assert_fact("rules", {"l": ["a", "b"]})
    assert found == ["either", "either"]


def test_an_or_matches_once_for_each_alternative_and_two_multiply():
    wide = {"$and": [{"$or": [{f"{q}={n}": 1} for n in range(6)]} for q in "pq"]}
    found = []
    host_of({"wide": wide}, found).assert_fact(
        "rules", {f"{q}={n}": 1 for n in range(6) for q in "pq"}
    )
    assert Counter(found) == {"wide": 36}


def test_a_rule_on_what_is_missing_never_returns():
    assert hangs('host_of({"a": {"$nex": {"x": 1}}}).assert_fact("rules", {"y": 1})')


def test_a_rule_that_asks_for_nothing_never_returns():
    assert hangs(
        'host_of({"a": {"$and": [{"y": 1}, {"$and": []}]}}).assert_fact("rules", {"y": 1})'
    )


@pytest.mark.parametrize("fact", [{}, {"x": None}])
def test_what_is_missing_is_not_unequal(fact):
    assert found_by({"other": {"$neq": {"x": 1}}}, fact) == []


def test_a_case_that_matches_nothing_is_an_exception():
    with pytest.raises(engine.MessageNotHandledException):
        host_of({"a": {"x": 1}}, []).assert_fact("rules", {"y": 1})


def test_the_same_fact_twice_is_an_exception():
    host = host_of({"a": {"x": 1}}, [])
    host.assert_fact("rules", {"x": 1})
    with pytest.raises(engine.MessageObservedException):
        host.assert_fact("rules", {"x": 1})


def test_the_text_of_an_exception_holds_the_answers():
    with pytest.raises(engine.MessageNotHandledException) as caught:
        host_of({"a": {"x": 1}}, []).assert_fact("rules", {"private": 1})
    assert "private" in caught.value.message


def test_an_exception_in_an_action_is_only_in_the_state():
    def fail(_case):
        raise KeyboardInterrupt

    state = Host({"rules": {"a": {"all": [{"m": {"x": 1}}], "run": fail}}}).assert_fact(
        "rules", {"x": 1}
    )
    assert "exception caught" in state["exception"]


def test_an_action_that_seems_slow_is_dropped_with_all_that_follow(monkeypatch):
    clock = iter(range(0, 1000, 11))
    monkeypatch.setattr(engine, "_unix_now", lambda: next(clock))
    found = []
    host = host_of({"a": {"x": 1}, "b": {"x": 1}}, found)
    assert host.assert_fact("rules", {"x": 1}) == 0
    assert found == ["a"]


def test_an_action_with_two_parameters_is_taken_as_asynchronous():
    rules = {"a": {"all": [{"m": {"x": 1}}], "run": lambda _case, _name="a": None}}
    assert Host({"rules": rules}).assert_fact("rules", {"x": 1}) == 0


def test_callers_who_name_no_session_share_one():
    found = []
    joint = {"joint": {"all": [{"m": {"x": 1}}, {"n": {"y": 1}}], "run": lambda _: found.append(1)}}
    host = Host({"rules": joint})
    host.assert_fact("rules", {"x": 1})
    host.assert_fact("rules", {"y": 1})
    assert found == [1]


def test_the_1025th_session_is_a_memory_error():
    process = run_alone("""
        host = host_of({"a": {"x": 1}})
        for number in range(1024): host.assert_fact("rules", {"x": 1, "sid": str(number)})
        try: host.assert_fact("rules", {"x": 1, "sid": "one more"})
        except MemoryError: print("full")
    """)
    assert process.stdout == "full\n"


def test_what_the_timer_thread_does_next_ends_the_process():
    """The thread is played by hand here: with the real one it is a race that it mostly loses."""
    assert died(
        run_alone("""
        host = host_of({"a": {"x": 1}})
        for number in range(1025):
            try: host.assert_fact("rules", {"x": 1, "sid": str(number)})
            except MemoryError: pass
        for _ in range(5):
            try: host.get_ruleset("rules").dispatch_timers()
            except MemoryError: pass
    """)
    )


def test_to_delete_a_case_that_matched_nothing_ends_the_process():
    assert died(
        run_alone("""
        host = host_of({"a": {"x": 1}})
        try: host.assert_fact("rules", {"y": 1, "sid": "a case"})
        except engine.MessageNotHandledException: host.delete_state("rules", "a case")
    """)
    )


def test_to_delete_a_case_that_failed_ends_the_process():
    assert died(
        run_alone("""
        host = host_of({str(number): {f"x{number}": 1} for number in range(65)})
        try: host.assert_fact("rules", {f"x{number}": 1 for number in range(65)} | {"sid": "s"})
        except Exception: host.delete_state("rules", "s")
    """)
    )


def test_a_name_is_taken_once_per_host():
    host = host_of({"a": {"x": 1}}, [])
    with pytest.raises(Exception, match="already registered"):
        host.register_rulesets({"rules": {"b": {"all": [{"m": {"x": 1}}], "run": lambda _: None}}})


def test_every_host_starts_two_threads():
    process = run_alone("""
        import threading
        engine.Host(); print(threading.active_count() - 1)
        Host(); print(threading.active_count() - 1)
    """)
    assert process.stdout.split() == ["2", "2"]


def test_512_comparisons_side_by_side_never_return():
    assert hangs("""
        host = host_of({str(number): {f"x{number}": 1} for number in range(512)})
        host.assert_fact("rules", {"another": 1})
    """)


def test_it_is_comparisons_that_count_and_not_rules():
    """128 rules hang as well, when each of them names four options."""
    assert hangs("""
        host = host_of({
            str(rule): {"$or": [{f"q{rule}={option}": 1} for option in range(4)]}
            for rule in range(128)
        })
        host.assert_fact("rules", {"another": 1})
    """)


def test_64_comparisons_may_match_at_once():
    names = {f"x{number}": 1 for number in range(64)}
    found = []
    host_of({name: {name: 1} for name in names}, found).assert_fact("rules", names)
    assert len(found) == 64


def test_the_65th_that_matches_at_once_makes_the_case_fail():
    names = {f"x{number}": 1 for number in range(65)}
    with pytest.raises(Exception, match="error code: 303"):
        host_of({name: {name: 1} for name in names}, []).assert_fact("rules", names)


def test_253_properties_make_the_case_fail():
    names = {f"x{number}": 1 for number in range(253)}
    with pytest.raises(Exception, match="error code: 302"):
        host_of({"a": {"x1": 1}}, []).assert_fact("rules", {**names, "sid": "a case"})


def test_16_joints_in_one_rule_do_not_compile():
    wide = {"$or": [{"$and": [{f"x{number}": 1}, {"y": 1}]} for number in range(15)]}
    with pytest.raises(Exception, match="error code: 113"):
        host_of({"wide": wide}, [])


def test_names_that_share_a_hash_are_one_name():
    assert found_by({"a": {"costarring": 1}}, {"liquid": 1}) == ["a"]


def test_an_empty_list_ends_the_process():
    assert died(run_alone('host_of({"a": {"x": 1}}).assert_fact("rules", [])'))


def test_a_batch_with_one_that_matches_nothing_fires_later_in_another_thread():
    process = run_alone("""
        import threading
        def note(_case): print(threading.current_thread() is threading.main_thread(), flush=True)
        host = engine.Host({"rules": {"a": {"all": [{"m": {"x": 1}}], "run": note}}})
        try: host.assert_facts("rules", [{"x": 1, "sid": "1"}, {"y": 1, "sid": "2"}])
        except engine.MessageNotHandledException: print("raised", flush=True)
        time.sleep(2)
    """)
    assert process.stdout.split() == ["raised", "False"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the clock is deprecated from 3.12 on")
def test_its_clock_warns_at_every_rule():
    process = run_alone("""
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            host_of({"a": {"x": 1}, "b": {"x": 1}}).assert_fact("rules", {"x": 1})
        print(len(warned), "utcfromtimestamp" in str(warned[0].message))
    """)
    assert process.stdout == "4 True\n"


def test_its_decorators_give_rules_numbers_for_names():
    rules = ruleset("of its own")
    with rules:

        @when_all(m.x == 1)
        def a_good_name(_case):
            pass

    assert list(rules.define()[1]) == ["r_0"]
