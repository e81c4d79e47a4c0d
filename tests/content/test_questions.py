"""The questions are those of the contract, in plain words; and a file that is wrong says where."""

import re
from itertools import groupby

import pytest

from questionnaire.content.reading import read_questions
from rules import RulesError
from rules._condition import OneOf

QUESTIONS = read_questions()
ONE, MANY, SCALE, TEXT = "one", "many", "scale", "text"

HAS_SLEEP_TROUBLE = {
    "sleep_trouble": {"falling_asleep", "staying_asleep", "waking_early", "not_rested"}
}
HAS_TRIED = {
    "treatments_tried": {
        *("medicines", "exercise_or_physio", "talking_therapy"),
        *("injections_or_surgery", "heat_or_tens"),
    }
}

# What the clinical content fixes: by question, its kind, its options in order (or its numbers),
# the options that stand alone, and when it is asked (everyone, unless it says so).
CONTRACT = {
    "answered_by": (ONE, "self helper staff", "", {}),
    "age_group": (ONE, "under_18 18_to_49 50_or_over", "", {}),
    "pain_types": (MANY, "headache back neck joints period elsewhere no_pain", "no_pain", {}),
    "pain_duration": (ONE, "under_6_weeks 6_weeks_to_3_months over_3_months unsure", "", {}),
    "joint_diagnosis": (
        ONE,
        "osteoarthritis inflammatory none_given unsure",
        "",
        {"pain_types": {"joints"}},
    ),
    "pain_checked": (ONE, "yes_explained yes_no_cause no unsure", "", {}),
    "pain_change": (ONE, "same_as_usual new_or_changed unsure", "", {}),
    "pain_average": (SCALE, "0 10", "", {}),
    "pain_enjoyment": (SCALE, "0 10", "", {}),
    "pain_activity": (SCALE, "0 10", "", {}),
    "painkiller_days": (
        ONE,
        "under_10 10_to_14 15_or_more unsure",
        "",
        {"pain_types": {"headache"}},
    ),
    "warning_any": (
        MANY,
        (
            "serious_accident collapse_or_breathless chest_pain stroke_signs cold_pale_limb "
            "self_harm_thoughts fever_or_very_unwell hot_swollen_limb weight_loss_or_night_sweats "
            "past_cancer_new_pain night_pain none"
        ),
        "none",
        {},
    ),
    "warning_back": (
        MANY,
        (
            "numb_saddle bladder_or_bowel both_legs sudden_tearing_pain lump_or_shape weaker_leg "
            "steroids_or_thin_bones none"
        ),
        "none",
        {"pain_types": {"back"}},
    ),
    "warning_headache": (
        MANY,
        (
            "sudden_worst head_injury confusion_vision_speech stiff_neck_rash_fever "
            "red_painful_eye scalp_jaw_vision strain_or_posture personality_or_memory "
            "recent_head_injury none"
        ),
        "none",
        {"pain_types": {"headache"}},
    ),
    "warning_neck": (
        MANY,
        (
            "major_injury sudden_with_dizziness stiff_with_fever clumsy_hands_or_walking "
            "electric_shocks blackouts none"
        ),
        "none",
        {"pain_types": {"neck"}},
    ),
    "warning_joints": (
        MANY,
        "cannot_stand_or_deformed sudden_hot_joint many_joints_stiff none",
        "none",
        {"pain_types": {"joints"}},
    ),
    "warning_period": (
        MANY,
        (
            "could_be_pregnant_pain very_heavy_bleeding sudden_severe tampon_fever_rash "
            "fever_or_discharge changed_bleeding after_menopause none"
        ),
        "none",
        {"pain_types": {"period"}},
    ),
    "warning_tummy": (
        MANY,
        (
            "sudden_severe_tummy blood_vomit_or_stool cannot_pee_or_pass_wind quickly_worse "
            "weight_or_swallowing none"
        ),
        "none",
        {"pain_types": {"elsewhere"}},
    ),
    "medicine_problems": (
        MANY,
        (
            "allergy health_condition interactions side_effects not_enough_relief wants_fewer "
            "none unsure"
        ),
        "none unsure",
        {},
    ),
    "treatments_tried": (
        MANY,
        "medicines exercise_or_physio talking_therapy injections_or_surgery heat_or_tens none",
        "none",
        {},
    ),
    "treatments_result": (
        ONE,
        "helped_enough helped_some not_helped side_effects unsure",
        "",
        HAS_TRIED,
    ),
    "sleep_trouble": (
        MANY,
        "falling_asleep staying_asleep waking_early not_rested none",
        "none",
        {},
    ),
    "sleep_nights": (SCALE, "0 7", "", HAS_SLEEP_TROUBLE),
    "sleep_duration": (ONE, "under_3_months over_3_months unsure", "", HAS_SLEEP_TROUBLE),
    "sleep_pain_link": (ONE, "yes no unsure", "", HAS_SLEEP_TROUBLE),
    "sleep_quality": (SCALE, "0 10", "", {}),
    "health_conditions": (
        MANY,
        (
            "bleeding_disorder low_platelets weak_immunity cancer_now lymphoedema heart_valve "
            "recent_heart_attack_or_stroke implanted_device epilepsy diabetes liver_disease "
            "implant_or_metalwork skin_problem none unsure"
        ),
        "none unsure",
        {},
    ),
    "current_medicines": (
        MANY,
        "anticoagulant antiplatelet immune_suppressant_or_steroid chemotherapy none unsure",
        "none unsure",
        {},
    ),
    "pregnancy": (ONE, "yes could_be no does_not_apply prefer_not_to_say", "", {}),
    "warning_pregnancy": (
        MANY,
        "headache_vision_swelling none",
        "none",
        {"pregnancy": {"yes", "could_be"}, "pain_types": {"headache"}},
    ),
    "needles": (ONE, "comfortable nervous fainted_before strong_fear", "", {}),
    "metal_allergy": (ONE, "yes no unsure", "", {}),
    "goals": (
        MANY,
        "less_pain better_sleep fewer_medicines do_more long_term_plan understand_options",
        "",
        {},
    ),
    "long_term_conditions": (ONE, "yes no unsure", "", {}),
    "notes": (TEXT, "500", "", {}),
    "name": (TEXT, "100", "", {}),
}

SECTIONS = {
    "Before you start": 2,
    "Your pain": 9,
    "Warning signs": 7,
    "Medicines and treatments": 3,
    "Sleep": 5,
    "Before any needles": 6,
    "What matters to you": 4,
}


def range_of(question):
    match question.kind:
        case "scale":
            return f"{question.lowest} {question.highest}"
        case "text":
            return f"{question.longest}"
        case _:
            return " ".join(option.id for option in question.options)


def asked_when(question):
    """By question, the options of which one must be chosen: our own conditions need no more."""
    (row,) = question.when.alternatives
    assert all(isinstance(comparison, OneOf) for comparison in row)
    return {comparison.question: set(comparison.options) for comparison in row}


def test_the_questions_are_those_of_the_contract_in_its_order():
    assert [question.id for question in QUESTIONS] == list(CONTRACT)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_is_as_the_contract_fixes_it(question):
    kind, offered, exclusive, when = CONTRACT[question.id]
    alone = " ".join(option.id for option in question.options if option.exclusive)
    assert (question.kind, range_of(question), alone) == (kind, offered, exclusive)
    assert asked_when(question) == when


def test_only_these_may_be_skipped():
    assert {question.id for question in QUESTIONS if question.optional} == {
        "goals",
        "notes",
        "name",
    }


def test_only_these_options_end_the_questions():
    """Which is also why "has pain" needs no condition: without pain nothing more is asked."""
    ends = {(q.id, option.id) for q in QUESTIONS for option in q.options if option.ends}
    assert ends == {("age_group", "under_18"), ("pain_types", "no_pain")}


def test_the_sections_have_headings_and_stand_in_order():
    sections = [(key, len(list(of))) for key, of in groupby(QUESTIONS, lambda q: q.section)]
    assert dict(sections) == SECTIONS
    assert [key for key, _ in sections] == list(SECTIONS)


def test_the_pregnancy_warning_is_asked_right_after_pregnancy():
    ids = [question.id for question in QUESTIONS]
    assert ids[ids.index("pregnancy") + 1] == "warning_pregnancy"


# Reading: a small folder, and what is wrong with it.

AGE = """
[age]
ask = "How old are you?"
short = "Age"
kind = "one"
[age.options]
young = "Young"
old = "Old"
"""


@pytest.fixture
def folder(tmp_path):
    """Write the sections of a questionnaire, and give the folder back."""

    def write(*sections, title='title = "You"\n'):
        for number, text in enumerate(sections, 1):
            (tmp_path / f"{number}_part.toml").write_text(title + text, encoding="utf-8")
        return tmp_path

    return write


def refusal(folder):
    with pytest.raises(RulesError) as refused:
        read_questions(folder)
    return str(refused.value)


def test_a_section_is_read(folder):
    (question,) = read_questions(folder(AGE))
    assert (question.id, question.section, question.kind) == ("age", "You", "one")
    assert [option.label for option in question.options] == ["Young", "Old"]
    assert question.when.holds({})


def test_files_are_read_in_the_order_of_their_names(folder):
    questions = read_questions(folder(AGE, AGE.replace("[age", "[years")))
    assert [question.id for question in questions] == ["age", "years"]


def test_a_question_knows_its_options_by_id(folder):
    (question,) = read_questions(folder(AGE))
    assert question.option("old").label == "Old"
    with pytest.raises(StopIteration):
        question.option("ancient")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How old are you?", "What is your age?"),
        ('"Age"', '"Years"'),
        ('old = "Old"', 'old = "Aged"'),
        ("old =", "older ="),
        ('kind = "one"', 'kind = "many"\nexclusive = ["old"]'),
        ('kind = "one"', 'kind = "one"\nends = ["young"]'),
        ('kind = "one"', 'kind = "one"\nhelp = "Guess."'),
    ],
)
def test_the_digest_tells_of_any_change_of_a_question(folder, old, new):
    (before,) = read_questions(folder(AGE))
    (after,) = read_questions(folder(AGE.replace(old, new)))
    assert before.digest != after.digest


def test_the_digest_tells_of_nothing_else(folder):
    """Another question's new wording is no reason to ask this one again."""
    more = AGE.replace("[age", "[years")
    before = read_questions(folder(AGE + more))[0]
    after = read_questions(folder("# a remark\n" + AGE + more.replace("How", "And how")))[0]
    assert before.digest == after.digest


WRONG = {
    "a name in capitals": (
        AGE.replace("[age", "[Age"),
        (
            "questions/1_part.toml: question 'Age': "
            "write a table [Age] with a name of a-z, 0-9 and _."
        ),
    ),
    "no table": (
        "age = 7",
        (
            "questions/1_part.toml: question 'age': "
            "write a table [age] with a name of a-z, 0-9 and _."
        ),
    ),
    "an unknown kind": (
        AGE.replace('"one"', '"some"'),
        (
            "questions/1_part.toml: question 'age': "
            "kind is 'some'; it must be one, many, scale or text."
        ),
    ),
    "no kind": (
        AGE.replace('kind = "one"', ""),
        (
            "questions/1_part.toml: question 'age': "
            "kind is None; it must be one, many, scale or text."
        ),
    ),
    "an unknown key": (
        AGE.replace("short", "brief"),
        (
            "questions/1_part.toml: question 'age': no key 'brief' here "
            "(there are: ask, short, help, kind, when, options, ends)."
        ),
    ),
    "a key of another kind": (
        AGE.replace('kind = "one"', 'kind = "one"\nhighest = 7'),
        (
            "questions/1_part.toml: question 'age': no key 'highest' here "
            "(there are: ask, short, help, kind, when, options, ends)."
        ),
    ),
    "a value of the wrong type": (
        AGE.replace('"Age"', "7"),
        "questions/1_part.toml: question 'age': 'short' is 7, which is of the wrong type.",
    ),
    "a truth for a number": (
        (
            '[age]\nask = "How old?"\nshort = "Age"\nkind = "scale"\nlowest = false\nhighest = 9\n'
            'low = "a"\nhigh = "b"'
        ),
        "questions/1_part.toml: question 'age': 'lowest' is False, which is of the wrong type.",
    ),
    "no options": (
        AGE.partition("young")[0],
        "questions/1_part.toml: question 'age': no options here; write them under [age.options].",
    ),
    "options that are no table": (
        AGE.partition("[age.options]")[0] + 'options = ["young", "old"]',
        (
            "questions/1_part.toml: question 'age': options is ['young', 'old']; "
            "write a table, which begins with [options]."
        ),
    ),
    "an option without words": (
        AGE.replace('"Old"', "7"),
        (
            "questions/1_part.toml: question 'age': [options]: "
            "'old' is 7, which is of the wrong type."
        ),
    ),
    "a scale that goes down": (
        (
            '[age]\nask = "How old?"\nshort = "Age"\nkind = "scale"\nlowest = 9\nhighest = 0\n'
            'low = "a"\nhigh = "b"'
        ),
        "questions/1_part.toml: question 'age': lowest must be below highest.",
    ),
    "a missing key": (
        AGE.replace('short = "Age"', ""),
        (
            "questions/1_part.toml: question 'age': "
            "'short' is missing; a question of kind one needs it."
        ),
    ),
    "a scale without an end": (
        '[age]\nask = "How old?"\nshort = "Age"\nkind = "scale"\nlowest = 0\nlow = "a"\nhigh = "b"',
        (
            "questions/1_part.toml: question 'age': "
            "'highest' is missing; a question of kind scale needs it."
        ),
    ),
    "an option that stands alone and is not there": (
        AGE.replace('kind = "one"', 'kind = "many"\nexclusive = ["none"]'),
        "questions/1_part.toml: question 'age': 'none' is not one of its options.",
    ),
    "an option that ends all and is not there": (
        AGE.replace('kind = "one"', 'kind = "one"\nends = ["child"]'),
        "questions/1_part.toml: question 'age': 'child' is not one of its options.",
    ),
    "a condition on nothing before it": (
        AGE.replace('kind = "one"', 'kind = "one"\nwhen = { pain = "back" }'),
        (
            "questions: 'age' is asked when 'pain' …, "
            "which is not asked before it; move it up or mend the name."
        ),
    ),
    "a condition on itself": (
        AGE.replace('kind = "one"', 'kind = "one"\nwhen = { age = "old" }'),
        (
            "questions: 'age' is asked when 'age' …, "
            "which is not asked before it; move it up or mend the name."
        ),
    ),
    "a condition on what comes later": (
        AGE.replace('kind = "one"', 'kind = "one"\nwhen = { years = "old" }')
        + AGE.replace("[age", "[years"),
        (
            "questions: 'age' is asked when 'years' …, "
            "which is not asked before it; move it up or mend the name."
        ),
    ),
}


@pytest.mark.parametrize(("section", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_the_place_and_the_way_out(folder, section, told):
    assert refusal(folder(section)) == told


def test_a_condition_that_is_none_is_told_with_its_place(folder):
    section = AGE.replace('kind = "one"', 'kind = "one"\nwhen = { pain = 7 }')
    assert refusal(folder(section)).startswith(
        "questions/1_part.toml: question 'age': cannot compare 'pain' with 7; "
    )


def test_a_file_that_is_no_toml_is_told_with_the_line(folder):
    assert re.fullmatch(r"\w+/1_part.toml is not TOML: .*line 2.*\.", refusal(folder("age = = 7")))


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "1_part.toml").write_bytes(b"title = '\xff'")
    assert refusal(tmp_path).endswith("/1_part.toml is not in UTF-8; save it as UTF-8.")


def test_a_section_needs_a_heading(folder):
    told = 'questions/1_part.toml: begin it with the heading of the section: title = "…".'
    assert refusal(folder(AGE, title="")) == told
    assert refusal(folder(AGE, title="title = 7\n")) == told


def test_a_question_is_there_once(folder):
    assert refusal(folder(AGE, AGE)) == ("questions: 'age' is there twice; give one another name.")


def test_a_folder_without_questions_is_refused(tmp_path):
    assert refusal(tmp_path) == (
        f"{tmp_path}: no questions here; it must hold one TOML file per section."
    )
