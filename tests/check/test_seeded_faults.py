"""The proof is itself tested: faults are sown into the content, and each must be found.

By `acuscreen check`, or by a case.  A part of them is tried every time: every rule deleted, and of
all others one in three hundred; `-m exhaustive` tries one in twenty, from another one on in each
rule and each question; with EVERY_FAULT=1 in the environment it tries every one, which takes
some twenty minutes.
"""

import os
from collections import defaultdict
from dataclasses import replace

import pytest
from casework import CASES, faults_of
from faults import Fault, in_questions, in_rules

from questionnaire.check.edition import read_edition
from questionnaire.check.run import flaws_of_answers, flaws_of_names

EDITION = read_edition()
FAULTS = [*in_rules(EDITION.content), *in_questions(EDITION.content)]

ONE_IN = 1 if os.environ.get("EVERY_FAULT") else 20

SOWN = defaultdict(list)
for fault in FAULTS:
    SOWN[fault.where].append(fault)
SOME = [
    pytest.param(
        [f for n, f in enumerate(faults) if f.what == "deleted" or (n + at) % 300 == 0], id=i
    )
    for at, (i, faults) in enumerate(SOWN.items())
]


def is_found(fault):
    """Words are left as they are, so they are not looked at again."""
    edition = replace(EDITION, content=fault.content)
    return (
        any(flaws_of_names(edition))
        or any(faults_of(fault.content, *case) for case in CASES.values())
        or any(flaws_of_answers(edition, smallest=False))  # takes longest
    )


def test_there_is_a_fault_of_every_kind_in_every_rule():
    for rule in EDITION.content.rulebook.rules:
        kinds = {fault.what.partition(":")[0].split()[0] for fault in SOWN[rule.id]}
        assert kinds >= {"deleted", "duplicated", "wider", "narrower", "also"}, rule.id


@pytest.mark.exhaustive
def test_nothing_is_found_where_nothing_was_sown():
    assert not is_found(Fault("nowhere", "nothing", EDITION.content))


@pytest.mark.parametrize("faults", SOME[::12])
def test_some_faults_are_found(faults):
    assert [str(fault) for fault in faults if not is_found(fault)] == []


@pytest.mark.exhaustive
@pytest.mark.timeout(600 * 5 // ONE_IN)
@pytest.mark.parametrize(("at", "where"), [*enumerate(SOWN)], ids=[*SOWN])
def test_every_fault_is_found(at, where):
    """With `-rP` it tells the share found, rule by rule."""
    tried = SOWN[where][at % ONE_IN :: ONE_IN]
    missed = [str(fault) for fault in tried if not is_found(fault)]
    print(f"{where}: {len(tried) - len(missed)} of {len(tried)} found")
    assert missed == []
