"""The questions are those that the clinical content fixes."""

from itertools import groupby

import pytest

from questionnaire.content.reading import read_questions
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
    "country": (ONE, "uk ie eu us ca au nz elsewhere", "", {}),
    "answered_by": (ONE, "self helper staff", "", {}),
    "age_group": (ONE, "under_18 18_to_49 50_or_over", "", {}),
    "pain_types": (
        MANY,
        (
            "headache back neck joints period leg_or_arm tummy chest face_or_eye all_over "
            "elsewhere no_pain"
        ),
        "no_pain",
        {},
    ),
    "pain_duration": (ONE, "under_6_weeks 6_weeks_to_3_months over_3_months unsure", "", {}),
    "joint_diagnosis": (
        ONE,
        "osteoarthritis inflammatory none_given unsure",
        "",
        {"pain_types": {"joints"}},
    ),
    "pain_checked": (ONE, "yes_explained yes_no_cause no unsure", "", {}),
    "pain_cause": (TEXT, "100", "", {"pain_checked": {"yes_explained"}}),
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
    "pregnancy": (ONE, "yes could_be gave_birth no does_not_apply prefer_not_to_say", "", {}),
    "warning_any": (
        MANY,
        (
            "serious_accident collapse_or_breathless chest_pain stroke_signs cold_pale_limb "
            "self_harm_thoughts fever_or_very_unwell hot_swollen_limb painful_rash "
            "weight_loss_or_night_sweats past_cancer_new_pain night_pain none unsure"
        ),
        "none",
        {},
    ),
    "warning_pregnancy": (
        MANY,
        "headache_sight_swelling low_one_sided_pain bleeding fever_or_smelly_loss none unsure",
        "none",
        {"pregnancy": {"yes", "could_be", "gave_birth", "prefer_not_to_say"}},
    ),
    "warning_nerves": (
        MANY,
        "numb_saddle bladder_or_bowel both_legs none unsure",
        "none",
        {"pain_types": {"back", "leg_or_arm", "joints", "tummy", "all_over", "elsewhere"}},
    ),
    "warning_back": (
        MANY,
        (
            "sudden_tearing_pain lump_or_shape steroids_or_thin_bones infection_risk weaker_leg "
            "none unsure"
        ),
        "none",
        {"pain_types": {"back", "leg_or_arm"}},
    ),
    "warning_headache": (
        MANY,
        (
            "sudden_worst head_injury confusion_vision_speech stiff_neck_rash_fever "
            "red_painful_eye scalp_jaw_vision recent_head_injury strain_or_posture "
            "personality_or_memory vomiting none unsure"
        ),
        "none",
        {"pain_types": {"headache"}},
    ),
    "warning_neck": (
        MANY,
        (
            "major_injury sudden_with_dizziness stiff_with_fever clumsy_hands_or_walking "
            "electric_shocks blackouts none unsure"
        ),
        "none",
        {"pain_types": {"neck"}},
    ),
    "warning_joints": (
        MANY,
        "cannot_stand_or_deformed sudden_hot_joint many_joints_stiff none unsure",
        "none",
        {"pain_types": {"joints"}},
    ),
    "warning_period": (
        MANY,
        (
            "late_and_one_sided very_heavy_bleeding sudden_severe tampon_fever_rash "
            "fever_or_discharge changed_bleeding after_menopause none unsure"
        ),
        "none",
        {"pain_types": {"period"}},
    ),
    "warning_tummy": (
        MANY,
        (
            "sudden_severe_tummy sudden_testicle_pain blood_vomit_or_stool "
            "cannot_pee_or_pass_wind quickly_worse weight_or_swallowing none unsure"
        ),
        "none",
        {"pain_types": {"tummy", "elsewhere"}},
    ),
    "warning_face": (
        MANY,
        "eye_red_or_sight jaw_with_chest_or_arm scalp_or_chewing rash_near_eye none unsure",
        "none",
        {"pain_types": {"face_or_eye"}},
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
    "current_medicines": (
        MANY,
        (
            "anticoagulant antiplatelet biologic_or_transplant immune_tablets chemotherapy "
            "strong_medicines none unsure"
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
            "bleeding_disorder low_platelets sickle_cell weak_immunity no_spleen_or_transplant "
            "cancer_now heart_valve recent_heart_attack_or_stroke implanted_device liver_disease "
            "kidney_dialysis none unsure"
        ),
        "none unsure",
        {},
    ),
    "body_conditions": (
        MANY,
        (
            "epilepsy diabetes lung_disease lymphoedema skin_problem keloid_scars "
            "implant_or_metalwork recent_surgery none unsure"
        ),
        "none unsure",
        {},
    ),
    "needles": (MANY, "nervous fainted_before strong_fear comfortable", "comfortable", {}),
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
    "Before you start": 3,
    "Your pain": 11,
    "Warning signs": 10,
    "Medicines and treatments": 4,
    "Sleep": 5,
    "Before any needles": 4,
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
        "pain_cause",
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


def test_pregnancy_is_asked_before_the_signs_and_its_own_are_among_them():
    ids = [question.id for question in QUESTIONS]
    assert ids[ids.index("pregnancy") + 1 :][:2] == ["warning_any", "warning_pregnancy"]
