"""Run the rules in durable_rules.  The only module that knows durable.

What this and `_compiling` guard against; `tests/rules/test_engine_traps.py` pins each on durable:

- An event is consumed by the first rule that matches, and a batch by half: one fact, one call.
- Its Python expressions and its short JSON lose conditions: all is joined by `$and` and `$or`.
- Strings, numbers and truths compare loosely: a fact holds numbers only, their types checked.
- Lists match once per item, or do not compile: each chosen option is a property of its own.
- "Missing" and "not equal" match the engine's own records, or nothing: no rule asks for them.
- A case that matches nothing is an exception, and may end the process once it is deleted:
  one rule matches always, and a case that failed is left behind with its host.
- Any exception in an action is swallowed: the state is looked at.
- An action that seems to take ten seconds is dropped with all that follow, and a change to summer
  time is enough: a clock that is never set, and no state in return is an error.
- Sessions are shared unless they are named; the 1,025th ends the process: named, and deleted.
- A host starts two threads, and its rule sets have names: one host without threads per engine.
- An action with two parameters is taken as asynchronous: ours take one.
- With 512 parts of conditions side by side the first case never returns; when 65 of them match at
  once the case fails: rules are bound into pages, and what is too large is refused at the start.
- A fact with 253 properties fails, and their names are told apart by a hash of 32 bits: both are
  refused at the start.
"""

import time
from collections.abc import Callable, Iterable
from itertools import count
from threading import Lock

from durable import engine as durable

from rules._compiling import compiled, on_pages, properties, refuse_names, stated
from rules._condition import Answers
from rules._model import MOST_RULES, EngineError, Rule

# The only thing changed in the library: its clock is the time of day, which can be set, taken in
# a way that Python 3.12 warns about at every rule.
durable._unix_now = time.monotonic  # noqa: SLF001


class _Host(durable.Host):  # type: ignore[misc]  # the library ships no types
    def _run(self) -> None:
        """Start no timer threads: no rule of ours waits for a time."""


class Engine:
    """One rule base, compiled once.  It runs one case at a time, whoever asks."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        tests = {rule.id: compiled(rule.when) for rule in rules}
        if len(tests) > MOST_RULES:
            raise EngineError(f"There are {len(tests)} rules; durable takes {MOST_RULES}.")
        self._tests = on_pages(tests)
        self._names = frozenset(name for test in self._tests.values() for name in properties(test))
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
        """What rules ask for, and every page, so that each rule is looked at."""
        said: dict[str, int] = {}
        for question, answer in answers.items():
            said |= stated(question, answer)
        asked = {name: number for name, number in said.items() if name in self._names}
        return {"case": 1, **self._pages, **asked}

    def _fresh_host(self) -> _Host:
        definition: dict[str, object] = {
            "every case": {"all": [{"answers": {"case": 1}}], "run": lambda _case: None}
        }
        for rule_id, test in self._tests.items():
            definition[rule_id] = {"all": [{"answers": test}], "run": self._action(rule_id)}
        return _Host({"rules": definition})

    def _action(self, rule_id: str) -> Callable[[object], None]:
        return lambda _case: self._found.add(rule_id)
