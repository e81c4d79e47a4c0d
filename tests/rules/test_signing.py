"""What a signature is read as, and what the code covers that it stands for."""

from dataclasses import replace
from datetime import date

import pytest

from rules import (
    AtLeast,
    Below,
    ChosenAtLeast,
    Condition,
    OneOf,
    Rule,
    RulesError,
    Signature,
    code_of,
    read_signatures,
)

WHEN = Condition(((OneOf("scar", ("yes",)), Below("pain", 4)), (ChosenAtLeast("signs", 2),)))
SCAR = Rule("scar", ("E1",), "It says so.", WHEN, "caution", "you have a scar", "Tell them.")
WORDING = ("Do you have a scar?", "Yes")

SIGNED = """
[scar]
code = "0123456789abcdef"
who  = "Dr A. Example, GP"
when = 2026-12-01
"""


@pytest.fixture
def signatures(tmp_path):
    """Read what is written in a folder where there is one rule."""

    def signatures(text):
        folder = tmp_path / "rules"
        folder.mkdir()
        (folder / "signed_off.toml").write_text(text, "utf-8")
        return read_signatures(folder, [SCAR])

    return signatures


def test_a_signature_says_which_rule_as_it_was_then_who_and_when(signatures):
    assert signatures(SIGNED) == {
        "scar": Signature("scar", "0123456789abcdef", "Dr A. Example, GP", date(2026, 12, 1))
    }


def test_without_a_file_nothing_is_signed(tmp_path):
    assert read_signatures(tmp_path, [SCAR]) == {}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[scar]", "[mole]", "'mole' is not among the rules; take the signature out."),
        ("[scar]", "scar = 1\n[mole]", "'scar' is not a table; begin it with [scar]."),
        ("code =", "cod =", "'scar': there is no key 'cod' here; write code, who, when."),
        ('"Dr A. Example, GP"', '""', "'scar': who is \"\"; write some text."),
    ],
)
def test_a_bad_signature_is_named_with_the_way_out(signatures, old, new, told):
    assert old in SIGNED
    with pytest.raises(RulesError) as caught:
        signatures(SIGNED.replace(old, new))
    assert str(caught.value) == f"rules/signed_off.toml: rule {told}"


def test_a_code_stays_what_it_was():
    """Were this another one day, every signature given before would be void."""
    assert code_of(SCAR, WORDING) == "c2545d0f97eb1998"


@pytest.mark.parametrize(
    "other",
    [
        replace(SCAR, level="tell"),
        replace(SCAR, evidence=("It is so. [E1]",)),
        replace(SCAR, when=Condition((*WHEN.alternatives, (AtLeast("pain", 4),)))),
        replace(SCAR, when=Condition((WHEN.alternatives[0], (ChosenAtLeast("signs", 3),)))),
    ],
)
def test_another_rule_has_another_code(other):
    assert code_of(other, WORDING) != code_of(SCAR, WORDING)


def test_other_words_or_words_in_another_order_give_another_code():
    codes = {code_of(SCAR, words) for words in (WORDING, WORDING[::-1], WORDING[:1], ())}
    assert len(codes) == 4
