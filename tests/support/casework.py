"""The cases in `cases/*.toml`, read; and whether a content does what a case says."""

import tomllib
from pathlib import Path

from questionnaire.answers.faults import faults_of as wrong_with
from questionnaire.interview.flow import visible
from rules import EngineError

HERE = Path(__file__).parents[1] / "cases"


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


BASELINE = read(HERE / "baseline.toml")["answers"]

CASES = {
    (path.stem, sentence): (case["given"], case["then"])
    for path in sorted(HERE.glob("*.toml"))
    if path.stem != "baseline"
    for sentence, case in read(path).items()
}


def counting(questions, given):
    """The answers that count when a case is laid over the baseline person."""
    said = BASELINE | given
    return visible(
        questions, {key: tuple(a) if isinstance(a, list) else a for key, a in said.items()}
    )


def faults_of(content, given, then):
    """What a content does otherwise than the case says."""
    answers = counting(content.questions, given)
    refused = [
        f"{question.id} {fault}"
        for question in content.questions
        if question.id in answers
        for fault in wrong_with(question, answers[question.id])
    ]
    if refused:
        return refused
    try:
        concluded = content.conclude(answers)
    except EngineError as error:
        return [str(error)]
    found, withheld = ids(concluded.findings), ids(concluded.withheld)
    because = {
        finding.rule.id: [f"{ground.question} = {ground.answer}" for ground in finding.grounds]
        for finding in concluded.findings
    }
    claims = {
        f"the outcome is {concluded.outcome}": concluded.outcome
        == then.get("outcome", concluded.outcome),
        "not found": set(then.get("found", ())) <= found - withheld,
        "not withheld": set(then.get("withheld", ())) <= withheld,
        "found": not set(then.get("absent", ())) & found,
        "other grounds": then.get("because", {}).items() <= because.items(),
    }
    return [claim for claim, holds in claims.items() if not holds]


def ids(findings):
    return {finding.rule.id for finding in findings}
