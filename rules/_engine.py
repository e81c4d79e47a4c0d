"""Run the rules in durable_rules.  The only module that knows durable.

What durable does, and what we do about it; `tests/rules/test_engine_traps.py` pins each:

- An event is consumed by the first rule that matches it, and a batch of events may be left half
  done.  So a case is one fact, asserted in one call.
- Conditions written as Python expressions, or as one object with several keys, lose parts.  So
  everything is joined by `$and` and `$or`.
- Strings, numbers and booleans are compared loosely.  So a fact holds whole numbers alone, and the
  types of answers are checked.
- A list matches once for each item, or does not compile.  So each chosen option is a property.
- "Missing" never returns, and "not equal" does not match what is missing.  So no rule asks for
  either.
- A case that no rule matches raises an exception, and to delete it, or one that failed, may end the
  process.  So one rule matches always, and a case that failed is left behind with its host.
- An exception in an action is swallowed.  So the state that comes back is searched for one.
- An action that seems to take ten seconds is dropped with all that follow, and setting the clock is
  enough for that.  So its clock is one that is never set, and no state in return is an error.
- Callers who name no session share one, and the 1,025th session ends the process.  So each case has
  a session of its own name, which is deleted.
- A host starts two threads, and takes each name of a rule set once.  So each engine has one host,
  without threads.
- An action with two parameters is taken as asynchronous.  So ours take one.
- With 512 parts of conditions side by side the first case never returns, and when 65 of them match
  at once the case fails.  So rules are dealt out to pages (`_compiling`), and what does not fit is
  refused at the start.
- A fact with 253 properties fails, and names of properties are compared by a hash of 32 bits.  So
  too many names, or two with one hash, are refused at the start.
"""

import time
from collections.abc import Callable, Iterable
from itertools import count
from threading import Lock

from durable import engine as durable

from rules._compiling import compiled, on_pages, properties, refuse_names, stated
from rules._condition import Answers
from rules._model import MOST_RULES, EngineError, Rule

# Monkey patch, the only one: its own clock is the time of day, which can be set, and it is read in
# a way that Python 3.12 warns about at every rule.
durable._unix_now = time.monotonic  # noqa: SLF001


class _Host(durable.Host):  # type: ignore[misc]  # the library ships no types
    def _run(self) -> None:
        """Start no timer threads: no rule of ours waits for a time."""


class Engine:
    """One rule base, compiled once.  Behind a lock: it runs one case at a time, in any thread."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        compiled_rules = {rule.id: compiled(rule.when) for rule in rules}
        if len(compiled_rules) > MOST_RULES:
            raise EngineError(f"There are {len(compiled_rules)} rules; durable takes {MOST_RULES}.")
        self._expressions = on_pages(compiled_rules)
        self._names = frozenset(
            name for each in self._expressions.values() for name in properties(each)
        )
        refuse_names(self._names | {"case", "sid", "id"})
        self._pages = {name: 1 for name in self._names if name.startswith("page ")}
        self._found: set[str] = set()
        self._cases = count(1)
        self._lock = Lock()
        self._host = self._fresh_host()

    def findings(self, answers: Answers) -> frozenset[str]:
        """The ids of the rules that apply; EngineError, which tells no answer, when in doubt."""
        fact = self._fact(answers)
        with self._lock:
            self._found.clear()
            try:
                self._run(fact, f"case {next(self._cases)}")
            except BaseException:
                self._host = self._fresh_host()  # the old one may still hold the case
                raise
            return frozenset(self._found)

    def _run(self, fact: dict[str, int], sid: str) -> None:
        try:
            state = self._host.assert_fact("rules", {**fact, "sid": sid})
            if isinstance(state, dict):
                self._host.delete_state("rules", sid)
        except Exception as error:  # noqa: BLE001  whatever it is, nothing may be concluded
            failed = type(error).__name__  # and no more: its text holds the answers
            raise EngineError(f"durable_rules failed ({failed}); nothing is concluded.") from None
        if not isinstance(state, dict):
            raise EngineError("durable_rules did not finish the case; nothing is concluded.")
        if "exception" in state:
            raise EngineError(f"A rule failed; nothing is concluded: {state['exception']}")

    def _fact(self, answers: Answers) -> dict[str, int]:
        """The properties that rules ask for, and every page, so that each rule is tried."""
        said: dict[str, int] = {}
        for question, answer in answers.items():
            said |= stated(question, answer)
        asked = {name: number for name, number in said.items() if name in self._names}
        return {"case": 1, **self._pages, **asked}

    def _fresh_host(self) -> _Host:
        definition: dict[str, object] = {
            "every case": {"all": [{"answers": {"case": 1}}], "run": lambda _case: None}
        }
        for rule_id, expression in self._expressions.items():
            definition[rule_id] = {"all": [{"answers": expression}], "run": self._action(rule_id)}
        return _Host({"rules": definition})

    def _action(self, rule_id: str) -> Callable[[object], None]:
        return lambda _case: self._found.add(rule_id)
