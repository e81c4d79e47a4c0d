"""The text of the code: the same answers for everybody, or a refusal, and never other answers."""

import math
from dataclasses import replace
from string import ascii_lowercase, ascii_uppercase, digits, printable

import pytest
from anyone import whole_people
from casework import CASES, counting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.result import to_json
from questionnaire.content.content import read_content
from questionnaire.errors import AnswersError
from questionnaire.handover.envelope import Sealed, checksum, seal, unseal
from questionnaire.handover.payload import mark_of, pack, unpack
from questionnaire.handover.qr import code_for
from questionnaire.interview.flow import SKIPPED, facts, record, visible

CONTENT = read_content()
RANDOMLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
OUTCOMES = {
    "not_for_this_tool": {"age_group": "under_18"},
    "emergency": {"warning_any": ("chest_pain",)},
    "today": {"warning_any": ("hot_swollen_limb",)},
    "doctor_first": {"current_medicines": ("anticoagulant",)},
    "discuss_with_cautions": {"needles": ("nervous",)},
    "discuss": {},
}
FAR_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./1234567890-="
KEYBOARDS = {
    "French": "azertyuiop^$qsdfghjklmùwxcvbn,;:!&é\"'(-è_çà)=",
    "Czech": "qwertzuiopú)asdfghjklů§yxcvbnm,.-+ěščřžýáíé=\N{ACUTE ACCENT}",
    "Dvorak": "',.pyfgcrl/=aoeuidhtns-;qjkxbmwvz1234567890[]",
    "Colemak": "qwfpgjluy;[]arstdhneio'zxcvbkm,./1234567890-=",
    "Turkish": "qwertyu\N{LATIN SMALL LETTER DOTLESS I}opğüasdfghjklşizxcvbnmöç.1234567890*-",
    "Hungarian": "qwertzuiopőúasdfghjkléáyxcvbnm,.-123456789öüó",
}
STRANGE = (
    "\N{LATIN SMALL LETTER LONG S}",  # its capital is S
    "\N{LATIN SMALL LETTER DOTLESS I}",
    "\N{KELVIN SIGN}",
    "\N{FULLWIDTH DIGIT ONE}",
    "\N{ARABIC-INDIC DIGIT ONE}",
)
GERMAN = str.maketrans("yzYZ", "zyZY")


def result(said):
    return to_json(case_of(CONTENT, said))


def told(said):
    """What counts, whichever of two options was named first."""
    return {
        key: {*answer} if isinstance(answer, tuple) else answer
        for key, answer in facts(CONTENT.questions, said).items()
    }


def refused(text, content=CONTENT):
    with pytest.raises(AnswersError) as refusal:
        unpack(text, content)
    return str(refusal.value)


@pytest.fixture
def text(baseline):
    return pack(CONTENT, record(CONTENT.questions, baseline))


@RANDOMLY
@given(whole_people(CONTENT))
def test_the_result_is_the_same_for_everybody(said):
    text = pack(CONTENT, record(CONTENT.questions, said))
    read = unpack(text, CONTENT)
    assert told(read) == told(said)
    assert result(read) == result(said)
    assert pack(CONTENT, record(CONTENT.questions, read)) == text


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_result_is_the_same_for_every_outcome(baseline, outcome):
    said = baseline | OUTCOMES[outcome]
    assert CONTENT.conclude(facts(CONTENT.questions, said)).outcome == outcome
    assert result(unpack(pack(CONTENT, record(CONTENT.questions, said)), CONTENT)) == result(said)


def test_every_case_comes_back():
    for laid_over, _ in CASES.values():
        said = counting(CONTENT.questions, laid_over)
        assert told(unpack(pack(CONTENT, record(CONTENT.questions, said)), CONTENT)) == told(said)


def test_an_interview_that_stopped_comes_back_as_far_as_it_went(baseline):
    said = {each: baseline[each] for each in ("answered_by", "age_group", "pain_types")}
    said |= {"warning_any": ("chest_pain",)}
    again = unpack(pack(CONTENT, record(CONTENT.questions, said)), CONTENT)
    assert visible(CONTENT.questions, again).keys() == said.keys()


def test_it_holds_no_name_and_nothing_that_was_typed(baseline):
    named = baseline | {"name": "Ann", "notes": "Only on Mondays."}
    assert pack(CONTENT, record(CONTENT.questions, named)) == pack(
        CONTENT, record(CONTENT.questions, baseline)
    )
    assert unpack(pack(CONTENT, record(CONTENT.questions, named)), CONTENT)["name"] is SKIPPED


def test_every_single_changed_character_is_refused(text):
    accepted = [
        (place, other)
        for place, character in enumerate(text)
        for other in printable
        if other.upper() != character and _taken(text[:place] + other + text[place + 1 :])
    ]
    assert accepted == []


def test_swapped_neighbours_are_refused(text):
    pairs = [place for place in range(len(text) - 1) if text[place] != text[place + 1]]
    assert [
        place
        for place in pairs
        if _taken(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    ] == []


def test_a_character_that_is_lost_or_doubled_is_refused(text):
    lost = [text[:place] + text[place + 1 :] for place in range(len(text))]
    doubled = [text[:place] + text[place] + text[place:] for place in range(len(text))]
    assert [each for each in (*lost, *doubled) if _taken(each)] == []


def _taken(text):
    try:
        unpack(text, CONTENT)
    except AnswersError:
        return False
    return True


@RANDOMLY
@given(st.text(ascii_uppercase + digits + ".", max_size=80).map("ACU1.2026.1.{}".format))
def test_a_made_up_code_is_refused(text):
    refused(text)


@pytest.mark.parametrize("typed", ["{}\r\n", "  {} \n", "\t{}"])
def test_what_a_scanner_adds_does_no_harm(text, typed):
    read = unpack(text, CONTENT)
    assert unpack(typed.format(text), CONTENT) == read
    assert unpack(typed.format(text.lower()), CONTENT) == read
    assert unpack(typed.format(text.swapcase()), CONTENT) == read


@pytest.mark.parametrize("end", ["", "\r", "\t", "\r\n", "\x1d\x04", "\0"])
@pytest.mark.parametrize(
    "before", ["]Q1", "]Q3", "]q1", "]d2", "]C0", "+Q1", "¨Q1", "\x02]Q1", "\ufeff"]
)
def test_what_says_the_kind_of_code_is_left_aside(text, before, end):
    """An AIM identifier, as it comes on this keyboard and on others, and ends of a transmission."""
    read = unpack(text, CONTENT)
    assert unpack(before + text + end, CONTENT) == read
    assert unpack(before.lower() + text.lower() + end, CONTENT) == read


@pytest.mark.parametrize(
    "before", ["A", "Q1", "AB1", "]Q", "]Q12", "]Q1 ", "]Q1]Q1", "\ufffdQ1\ufffd"]
)
def test_anything_else_before_the_code_is_refused(text, before):
    assert "keyboard of this computer" in refused(before + text)


@pytest.mark.parametrize("keyboard", KEYBOARDS)
def test_a_scanner_on_another_keyboard_is_found_out(text, keyboard):
    typed = text.lower().translate(str.maketrans(FAR_KEYS, KEYBOARDS[keyboard]))
    assert "keyboard of this computer" in refused(typed)
    assert "keyboard of this computer" in refused(typed.upper())


def test_a_scanner_on_a_german_keyboard_is_right_all_the_same(text):
    assert not set("YZ") & set(text)
    assert text.translate(GERMAN) == text


@pytest.mark.parametrize("strange", STRANGE)
def test_a_letter_of_another_script_is_not_taken_for_one_of_ours(text, strange):
    twins = [place for place, plain in enumerate(text) if plain in {strange.upper(), *"1SIK"}]
    assert twins
    for place in twins:
        refused(text[:place] + strange + text[place + 1 :])


@pytest.mark.parametrize("nothing", ["", "  \n", "ACU1", "ACU1..", "https://example.org", "é" * 60])
def test_a_code_that_is_not_ours_is_refused(nothing):
    assert "no code of a report" in refused(nothing)


def test_a_later_format_is_reported_as_later(text):
    assert "another format than ACU1" in refused(text.replace("ACU1", "ACU2"))


def test_another_content_of_the_same_name_is_refused(text):
    assert "--content" in refused(text, replace(CONTENT, sha256="0" * 64))


def test_a_refusal_repeats_nothing_of_the_text(text):
    assert text[12:] not in refused(f"{text}0")


@RANDOMLY
@given(st.integers(0, 2**170))
def test_any_number_decodes_to_answers_that_encode_to_it_or_is_refused(number):
    text = seal(Sealed(CONTENT.version, mark_of(CONTENT), number))
    if _taken(text):
        assert pack(CONTENT, record(CONTENT.questions, unpack(text, CONTENT))) == text


def test_what_no_interview_ends_with_is_refused(baseline):
    for answers in (
        {"warning_any": ("night_pain", "none")},  # beside each other
        {"warning_any": SKIPPED},  # passed over
        {"age_group": SKIPPED},
    ):
        assert "did not make it" in refused(
            pack(CONTENT, record(CONTENT.questions, baseline | answers))
        )


def test_one_number_has_one_encoding(text):
    head, body = text[:19], text[19:-7]
    longer = f"{head}0{body}"
    assert "did not make it" in refused(longer + checksum(longer))
    beyond = seal(replace(unseal(text), number=unseal(text).number + 2**200))
    assert "did not make it" in refused(beyond)


def test_the_longest_answers_fit_a_code_that_is_read_from_a_bad_picture():
    most = sum(math.log2(_answers(question)) for question in CONTENT.questions)
    text = seal(Sealed(CONTENT.version, mark_of(CONTENT), 2 ** math.ceil(most) - 1))
    assert set(text) <= set(ascii_uppercase + digits + ".")
    assert len(text) <= 67
    assert code_for(text).size == 33


def _answers(question):
    match question.kind:
        case "one":
            return len(question.options) + 1
        case "many":
            return 2 ** len(question.options)
        case "scale":
            return question.highest - question.lowest + 2
        case _:
            return 1


def test_a_version_named_in_lower_case_is_read_back(baseline):
    about = {**CONTENT.rulebook.about, "version": "2027.1-draft"}
    content = replace(CONTENT, rulebook=replace(CONTENT.rulebook, about=about))
    text = pack(content, record(content.questions, baseline))
    assert text == text.upper()
    assert unpack(text, content) == unpack(text.translate(_SMALL), content)


_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
