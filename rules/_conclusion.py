"""From answers to findings and an outcome.  Knows that two evaluators must agree.

The rules run in the engine, and the plain evaluator of `_condition` checks its word in every case.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rules._condition import Answers
from rules._model import OUTCOMES, Conclusion, EngineError, Finding, Rulebook

if TYPE_CHECKING:
    from rules._engine import Engine


def conclude(rulebook: Rulebook, answers: Answers) -> Conclusion:
    """What follows from the answers; EngineError, and no conclusion, when it is in doubt."""
    found = _engine(rulebook).findings(answers)
    _compare(found, {rule.id for rule in rulebook.rules if rule.when.holds(answers)})
    findings = tuple(
        Finding(rule, rule.when.grounds(answers)) for rule in rulebook.rules if rule.id in found
    )
    endings = tuple(finding for finding in findings if finding.rule.kind == "ending")
    return concluded(endings or findings)  # whom this is not for is told nothing else


@cache
def _engine(rulebook: Rulebook) -> Engine:
    # Lazy import: durable takes as long to load as all else in `rules`, and nobody needs it before
    # the first answer.
    from rules._engine import Engine  # noqa: PLC0415

    return Engine(rulebook.rules)


def _compare(found: frozenset[str], expected: set[str]) -> None:
    """EngineError when the evaluators disagree; it names rules, never what a person said."""
    if found != expected:
        doubtful = ", ".join(sorted(found ^ expected))
        raise EngineError(f"The two evaluators disagree on: {doubtful}. Nothing is concluded.")


def concluded(findings: tuple[Finding, ...]) -> Conclusion:
    """The conclusion from these findings alone."""
    reached = {finding.rule.outcome for finding in findings}
    outcome = next((outcome for outcome in OUTCOMES if outcome in reached), OUTCOMES[-1])
    return Conclusion(outcome, findings)
