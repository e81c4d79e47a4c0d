"""The clinical contract a second time: written from its text, knowing nothing of the program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Answer: TypeAlias = str | tuple[str, ...] | int
Answers: TypeAlias = Mapping[str, Answer]
Condition: TypeAlias = Callable[[Answers], bool]


# --- How a condition is said ---


def has(question: str, *options: str) -> Condition:
    """Holds when the answer to the question is, or holds, one of these options."""

    def holds(answers: Answers) -> bool:
        answer = answers.get(question)
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return any(option in chosen for option in options)

    return holds


def all_of(*conditions: Condition) -> Condition:
    """Holds when each of them does."""
    return lambda answers: all(condition(answers) for condition in conditions)


def either(*conditions: Condition) -> Condition:
    """Holds when at least one does."""
    return lambda answers: any(condition(answers) for condition in conditions)


def always(_answers: Answers) -> bool:
    """Holds for everybody."""
    return True


def at_most(question: str, most: int) -> Condition:
    """Holds when the question has a number for an answer, and it is no more than this."""

    def holds(answers: Answers) -> bool:
        answer = answers.get(question)
        return isinstance(answer, int) and answer <= most

    return holds


def at_least_two(question: str) -> Condition:
    """Holds when two or more options are chosen."""

    def holds(answers: Answers) -> bool:
        answer = answers.get(question)
        return isinstance(answer, tuple) and len(answer) > 1

    return holds


# --- Questions ---


@dataclass(frozen=True)
class Question:
    """One question: what may be answered, and who is asked."""

    kind: str  # "one", "many", "number" or "text"
    options: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()  # these too are options, but stand alone
    most: int = 0  # the largest number (the smallest is 0), or the number of characters
    asked: Condition = always  # of the answers to the questions before it
    optional: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """Every option, those that stand alone last, and not being sure behind them all."""
        every = self.options + self.exclusive
        return tuple(sorted(every, key=lambda option: option == "unsure"))


def one(options: str, asked: Condition = always) -> Question:
    """Choose one."""
    return Question("one", tuple(options.split()), asked=asked)


def many(
    options: str, alone: str = "", asked: Condition = always, *, optional: bool = False
) -> Question:
    """Choose any, except that those of `alone` stand alone."""
    return Question(
        "many", tuple(options.split()), tuple(alone.split()), asked=asked, optional=optional
    )


def number(most: int, asked: Condition = always) -> Question:
    """Answer 0 to `most`."""
    return Question("number", most=most, asked=asked)


def text(most: int, asked: Condition = always) -> Question:
    """Write up to `most` characters, or nothing."""
    return Question("text", most=most, asked=asked, optional=True)


TROUBLED_SLEEP = has(
    "sleep_trouble", "falling_asleep", "staying_asleep", "waking_early", "not_rested"
)
TRIED = has(
    "treatments_tried",
    "medicines",
    "exercise_or_physio",
    "talking_therapy",
    "injections_or_surgery",
    "heat_or_tens",
)

ENDS_EARLY = either(has("age_group", "under_18"), has("pain_types", "no_pain"))

# The warning signs, each with its tier: E emergency now, T same day, D doctor first.
SIGNS: dict[str, dict[str, str]] = {
    "warning_any": {
        "serious_accident": "E",
        "collapse_or_breathless": "E",
        "chest_pain": "E",
        "stroke_signs": "E",
        "cold_pale_limb": "E",
        "self_harm_thoughts": "E",
        "fever_or_very_unwell": "T",
        "hot_swollen_limb": "T",
        "painful_rash": "T",
        "weight_loss_or_night_sweats": "D",
        "past_cancer_new_pain": "D",
        "night_pain": "D",
    },
    "warning_pregnancy": {
        "headache_sight_swelling": "E",
        "low_one_sided_pain": "E",
        "bleeding": "E",
        "fever_or_smelly_loss": "T",
    },
    "warning_nerves": {
        "numb_saddle": "E",
        "bladder_or_bowel": "E",
        "both_legs": "E",
    },
    "warning_back": {
        "sudden_tearing_pain": "E",
        "lump_or_shape": "T",
        "steroids_or_thin_bones": "T",
        "infection_risk": "T",
        "weaker_leg": "T",
    },
    "warning_headache": {
        "sudden_worst": "E",
        "head_injury": "E",
        "confusion_vision_speech": "E",
        "stiff_neck_rash_fever": "E",
        "red_painful_eye": "E",
        "scalp_jaw_vision": "T",
        "recent_head_injury": "D",
        "strain_or_posture": "D",
        "personality_or_memory": "D",
        "vomiting": "D",
    },
    "warning_neck": {
        "major_injury": "E",
        "sudden_with_dizziness": "E",
        "stiff_with_fever": "E",
        "clumsy_hands_or_walking": "T",
        "electric_shocks": "T",
        "blackouts": "D",
    },
    "warning_joints": {
        "cannot_stand_or_deformed": "E",
        "sudden_hot_joint": "T",
        "many_joints_stiff": "D",
    },
    "warning_period": {
        "late_and_one_sided": "E",
        "very_heavy_bleeding": "E",
        "sudden_severe": "E",
        "tampon_fever_rash": "E",
        "fever_or_discharge": "T",
        "changed_bleeding": "D",
        "after_menopause": "D",
    },
    "warning_tummy": {
        "sudden_severe_tummy": "E",
        "sudden_testicle_pain": "E",
        "blood_vomit_or_stool": "E",
        "cannot_pee_or_pass_wind": "E",
        "quickly_worse": "T",
        "weight_or_swallowing": "D",
    },
    "warning_face": {
        "eye_red_or_sight": "E",
        "jaw_with_chest_or_arm": "E",
        "scalp_or_chewing": "T",
        "rash_near_eye": "T",
    },
}
for listed in SIGNS.values():
    listed["unsure"] = "T"  # call the same-day line, and go through the list with them


def signs(warning: str, asked: Condition = always) -> Question:
    """Ask for any of a list of warning signs, and being unsure of some, or `none`."""
    return many(" ".join(SIGNS[warning]), "none", asked)


QUESTIONS: dict[str, Question] = {
    # 1. Before you start
    "country": one("uk ie eu us ca au nz elsewhere"),
    "answered_by": one("self helper staff"),
    "age_group": one("under_18 18_to_49 50_or_over"),
    # 2. Your pain
    "pain_types": many(
        "headache back neck joints period leg_or_arm tummy chest face_or_eye all_over elsewhere",
        "no_pain",
    ),
    "pain_duration": one("under_6_weeks 6_weeks_to_3_months over_3_months unsure"),
    "joint_diagnosis": one(
        "osteoarthritis inflammatory none_given unsure", has("pain_types", "joints")
    ),
    "pain_checked": one("yes_explained yes_no_cause no unsure"),
    "pain_cause": text(100, has("pain_checked", "yes_explained")),
    "pain_change": one("same_as_usual new_or_changed unsure"),
    "pain_average": number(10),
    "pain_enjoyment": number(10),
    "pain_activity": number(10),
    "painkiller_days": one("under_10 10_to_14 15_or_more unsure", has("pain_types", "headache")),
    "pregnancy": one("yes could_be gave_birth no does_not_apply prefer_not_to_say"),
    # 3. Warning signs
    "warning_any": signs("warning_any"),
    "warning_pregnancy": signs(
        "warning_pregnancy", has("pregnancy", "yes", "could_be", "gave_birth", "prefer_not_to_say")
    ),
    "warning_nerves": signs(
        "warning_nerves",
        has("pain_types", "back", "leg_or_arm", "joints", "tummy", "all_over", "elsewhere"),
    ),
    "warning_back": signs("warning_back", has("pain_types", "back", "leg_or_arm")),
    "warning_headache": signs("warning_headache", has("pain_types", "headache")),
    "warning_neck": signs("warning_neck", has("pain_types", "neck")),
    "warning_joints": signs("warning_joints", has("pain_types", "joints")),
    "warning_period": signs("warning_period", has("pain_types", "period")),
    "warning_tummy": signs("warning_tummy", has("pain_types", "tummy", "elsewhere")),
    "warning_face": signs("warning_face", has("pain_types", "face_or_eye")),
    # 4. Medicines and treatments
    "medicine_problems": many(
        "allergy health_condition interactions side_effects not_enough_relief wants_fewer",
        "none unsure",
    ),
    "current_medicines": many(
        "anticoagulant antiplatelet biologic_or_transplant immune_tablets chemotherapy"
        " strong_medicines",
        "none unsure",
    ),
    "treatments_tried": many(
        "medicines exercise_or_physio talking_therapy injections_or_surgery heat_or_tens", "none"
    ),
    "treatments_result": one("helped_enough helped_some not_helped side_effects unsure", TRIED),
    # 5. Sleep
    "sleep_trouble": many("falling_asleep staying_asleep waking_early not_rested", "none"),
    "sleep_nights": number(7, TROUBLED_SLEEP),
    "sleep_duration": one("under_3_months over_3_months unsure", TROUBLED_SLEEP),
    "sleep_pain_link": one("yes no unsure", TROUBLED_SLEEP),
    "sleep_quality": number(10),
    # 6. Before any needles
    "health_conditions": many(
        "bleeding_disorder low_platelets sickle_cell weak_immunity no_spleen_or_transplant"
        " cancer_now heart_valve recent_heart_attack_or_stroke implanted_device liver_disease"
        " kidney_dialysis",
        "none unsure",
    ),
    "body_conditions": many(
        "epilepsy diabetes lung_disease lymphoedema skin_problem keloid_scars implant_or_metalwork"
        " recent_surgery",
        "none unsure",
    ),
    "needles": many("nervous fainted_before strong_fear", "comfortable"),
    "metal_allergy": one("yes no unsure"),
    # 7. What matters to you
    "goals": many(
        "less_pain better_sleep fewer_medicines do_more long_term_plan understand_options",
        optional=True,
    ),
    "long_term_conditions": one("yes no unsure"),
    "notes": text(500),
    "name": text(100),
}

# --- Rules ---

CHANGED = has("pain_change", "new_or_changed", "unsure")  # not `same_as_usual`
FEVER = has("warning_any", "fever_or_very_unwell")
PAST_CANCER = has("warning_any", "past_cancer_new_pain")
CANCER_NOW = has("health_conditions", "cancer_now")
CHEMOTHERAPY = has("current_medicines", "chemotherapy")
HEADACHE = has("pain_types", "headache")
HURT_HEAD = has("warning_headache", "recent_head_injury")
BIOLOGIC = has("current_medicines", "biologic_or_transplant")
WEAK_IMMUNITY = has("health_conditions", "weak_immunity")

# Signs that weigh more together: tier, when.
TOGETHER: tuple[tuple[str, Condition], ...] = (
    (
        "E",
        all_of(
            FEVER,
            either(
                CHEMOTHERAPY, has("health_conditions", "no_spleen_or_transplant", "sickle_cell")
            ),
        ),
    ),
    ("T", all_of(has("health_conditions", "sickle_cell"), CHANGED)),
    (
        "E",
        all_of(
            either(PAST_CANCER, CANCER_NOW, CHEMOTHERAPY),
            either(
                has("warning_back", "weaker_leg"),
                has("warning_neck", "clumsy_hands_or_walking", "electric_shocks"),
            ),
        ),
    ),
    ("T", all_of(FEVER, either(WEAK_IMMUNITY, BIOLOGIC))),
    (
        "T",
        all_of(
            has("pain_types", "back", "neck", "chest", "leg_or_arm", "all_over"),
            either(
                PAST_CANCER,
                all_of(CANCER_NOW, either(CHANGED, has("warning_any", "night_pain"))),
            ),
        ),
    ),
    (
        "E",
        all_of(
            HURT_HEAD,
            either(
                has("current_medicines", "anticoagulant", "antiplatelet"),
                has("health_conditions", "bleeding_disorder", "low_platelets"),
            ),
        ),
    ),
    ("T", all_of(HURT_HEAD, CHANGED)),
    ("T", all_of(HEADACHE, has("pregnancy", "gave_birth"))),
    # Being unsure of the duration is never milder than `under_6_weeks`.
    (
        "D",
        all_of(
            HEADACHE,
            has("age_group", "50_or_over"),
            has("pain_duration", "under_6_weeks", "unsure"),
        ),
    ),
    ("D", all_of(HEADACHE, CHANGED, either(WEAK_IMMUNITY, CANCER_NOW, CHEMOTHERAPY, BIOLOGIC))),
    ("T", all_of(has("pain_types", "chest"), CHANGED)),
)

# Class, what the caution is about (its id begins so), when.
PRECAUTIONS: tuple[tuple[str, str, Condition], ...] = (
    *(
        ("doctor", condition, has("health_conditions", condition))
        for condition in (
            "bleeding_disorder",
            "low_platelets",
            "sickle_cell",
            "weak_immunity",
            "no_spleen_or_transplant",
            "cancer_now",
            "heart_valve",
            "recent_heart_attack_or_stroke",
            "liver_disease",
            "kidney_dialysis",
        )
    ),
    ("doctor", "recent_surgery", has("body_conditions", "recent_surgery")),
    *(
        ("doctor", medicine, has("current_medicines", medicine))
        for medicine in ("anticoagulant", "chemotherapy", "biologic_or_transplant")
    ),
    (
        "doctor",
        "pregnancy",
        all_of(has("pregnancy", "yes", "could_be"), has("pain_change", "new_or_changed")),
    ),
    *(
        ("tell", medicine, has("current_medicines", medicine))
        for medicine in ("antiplatelet", "immune_tablets", "strong_medicines")
    ),
    ("tell", "pregnancy", has("pregnancy", "yes", "could_be", "gave_birth", "prefer_not_to_say")),
    ("tell", "metal_allergy", has("metal_allergy", "yes", "unsure")),
    ("tell", "needles", has("needles", "nervous", "fainted_before", "strong_fear")),
    *(
        ("tell", condition, has("body_conditions", condition))
        for condition in (
            "epilepsy",
            "diabetes",
            "lung_disease",
            "keloid_scars",
            "implant_or_metalwork",
        )
    ),
    ("tell", "painkiller_days", has("painkiller_days", "unsure")),
    ("tell", "health_conditions", has("health_conditions", "unsure")),
    ("tell", "body_conditions", has("body_conditions", "unsure")),
    ("tell", "current_medicines", has("current_medicines", "unsure")),
    *(
        ("avoid", condition, has("health_conditions", condition))
        for condition in ("implanted_device", "heart_valve", "weak_immunity", "kidney_dialysis")
    ),
    *(
        ("avoid", condition, has("body_conditions", condition))
        for condition in (
            "lymphoedema",
            "skin_problem",
            "epilepsy",
            "diabetes",
            "lung_disease",
            "keloid_scars",
            "implant_or_metalwork",
            "recent_surgery",
        )
    ),
    ("avoid", "anticoagulant", has("current_medicines", "anticoagulant")),
    ("avoid", "biologic_or_transplant", has("current_medicines", "biologic_or_transplant")),
)

# A doctor first, besides a sign of tier D and a precaution of class doctor.
DOCTOR_FIRST = either(
    has("pain_checked", "no", "unsure"),
    CHANGED,
    has("painkiller_days", "15_or_more", "10_to_14"),
    all_of(has("medicine_problems", "wants_fewer"), has("current_medicines", "strong_medicines")),
)

# The passage of the article by its id, when.
BENEFITS: dict[str, tuple[str, Condition]] = {
    "drug_free": (
        "drug_free",
        has("medicine_problems", "allergy", "health_condition", "interactions", "wants_fewer"),
    ),
    "minimal_side_effects": (
        "minimal_side_effects",
        either(has("medicine_problems", "side_effects"), has("treatments_result", "side_effects")),
    ),
    "improved_sleep": ("improved_sleep", either(TROUBLED_SLEEP, at_most("sleep_quality", 3))),
    "personalised": (
        "personalised",
        either(
            at_least_two("pain_types"),
            has("long_term_conditions", "yes"),
            has("goals", "long_term_plan"),
        ),
    ),
    "other_treatments_fell_short": (
        "conventional_fell_short",
        either(
            has("medicine_problems", "not_enough_relief"),
            has("treatments_result", "not_helped", "side_effects"),
        ),
    ),
    "used_for_chronic_pain": ("pain_types", has("pain_duration", "over_3_months")),
    "used_for_acute_pain": (
        "pain_types",
        has("pain_duration", "under_6_weeks", "6_weeks_to_3_months"),
    ),
    "used_for_headache": ("pain_types", has("pain_types", "headache")),
    "used_for_back_pain": ("pain_types", has("pain_types", "back")),
    "used_for_neck_pain": ("pain_types", has("pain_types", "neck")),
    "used_for_arthritis_pain": (
        "pain_types",
        has("joint_diagnosis", "osteoarthritis", "inflammatory"),
    ),
    "used_for_period_pain": ("pain_types", has("pain_types", "period")),
}

OUTCOMES = (
    "not_for_this_tool",
    "emergency",
    "today",
    "doctor_first",
    "discuss_with_cautions",
    "discuss",
)
SHOW_NO_BENEFIT = ("not_for_this_tool", "emergency", "today")


# --- What follows from answers ---


@dataclass(frozen=True)
class Verdict:
    """All that the contract says follows from a set of answers."""

    outcome: str
    warnings: frozenset[tuple[str, str, str]]  # question, option, tier
    together: frozenset[str]  # the tiers of signs that weigh more together
    cautions: frozenset[tuple[str, str]]  # class, what it is about
    benefits: frozenset[str]
    withheld: frozenset[str]


def asked(answers: Answers) -> dict[str, bool]:
    """Whether each question is asked; an answer that is not asked for has no say in it.

    Somebody has pain who has not said that there is none: so no emergency sign is passed over in
    a file that leaves the kind of pain out.
    """
    counted: dict[str, Answer] = {}
    verdicts: dict[str, bool] = {}
    for name, question in QUESTIONS.items():
        verdicts[name] = not ENDS_EARLY(counted) and question.asked(counted)
        if verdicts[name] and name in answers:
            counted[name] = answers[name]
    return verdicts


def counting(answers: Answers) -> dict[str, Answer]:
    """Keep the answers of the questions that are asked: no other counts for anything."""
    verdicts = asked(answers)
    return {name: answer for name, answer in answers.items() if verdicts[name]}


def found_signs(answers: Answers) -> frozenset[tuple[str, str, str]]:
    """Find the warning signs among answers that count."""
    return frozenset(
        (warning, option, tier)
        for warning, tiers in SIGNS.items()
        for option, tier in tiers.items()
        if has(warning, option)(answers)
    )


def found_together(answers: Answers) -> frozenset[str]:
    """Find the tiers of the signs that weigh more together."""
    return frozenset(tier for tier, holds in TOGETHER if holds(answers))


def tiers_of(answers: Answers) -> frozenset[str]:
    """Find the tiers of all that was ticked, by itself and together."""
    return found_together(answers) | {tier for _, _, tier in found_signs(answers)}


def missing(answers: Answers) -> set[str]:
    """The questions still to be answered: none, after an emergency sign or an early end."""
    kept = counting(answers)
    if ENDS_EARLY(kept) or "E" in tiers_of(kept):
        return set()
    return {
        name
        for name, here in asked(answers).items()
        if here and name not in kept and not QUESTIONS[name].optional
    }


def conclude(answers: Answers) -> Verdict:
    """Conclude as the contract does: the first outcome that holds, and everything beside it."""
    kept = counting(answers)
    warnings = found_signs(kept)
    tiers = tiers_of(kept)
    cautions = frozenset((level, about) for level, about, holds in PRECAUTIONS if holds(kept))
    fired = frozenset(name for name, (_, holds) in BENEFITS.items() if holds(kept))
    doctor = "D" in tiers or DOCTOR_FIRST(kept) or "doctor" in {level for level, _ in cautions}
    reasons = (ENDS_EARLY(kept), "E" in tiers, "T" in tiers, doctor, bool(cautions), True)
    outcome = OUTCOMES[reasons.index(True)]  # the first that holds
    hidden = outcome in SHOW_NO_BENEFIT
    nothing: frozenset[str] = frozenset()
    return Verdict(
        outcome=outcome,
        warnings=warnings,
        together=found_together(kept),
        cautions=cautions,
        benefits=nothing if hidden else fired,
        withheld=fired if hidden else nothing,
    )
