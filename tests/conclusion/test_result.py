"""The result for programs: every promised part, of its type, for people of every kind."""

import json

import pytest

from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.result import to_json
from rules import OUTCOMES, WITHHOLDING

PARTS = {
    "format": str,
    "outcome": str,
    "benefits": list,
    "withheld": list,
    "warnings": list,
    "together": list,
    "doctor_first": list,
    "cautions": list,
    "ended_by": list,
    "content": dict,
}
BENEFIT = {"id": str, "because": list, "passage": str, "notes": list, "evidence": list}
WARNING = {"question": str, "option": str, "tier": str}
TOGETHER = {"id": str, "because": list, "tier": str}
CAUTION = {"id": str, "because": list, "class": str}
REASON = {"id": str, "because": list}

PEOPLE = {
    "somebody with long back pain": ({}, "discuss"),
    "somebody who could name many reasons": (
        {
            "pain_types": ("headache", "back", "neck", "joints", "period"),
            "joint_diagnosis": "osteoarthritis",
            "medicine_problems": ("allergy", "side_effects", "not_enough_relief"),
            "treatments_tried": ("medicines",),
            "treatments_result": "not_helped",
            "sleep_trouble": ("falling_asleep",),
            "sleep_quality": 2,
            "long_term_conditions": "yes",
            "goals": ("long_term_plan", "do_more"),
        },
        "discuss",
    ),
    "somebody with a new pain": (
        {"pain_duration": "under_6_weeks", "pain_change": "new_or_changed"},
        "doctor_first",
    ),
    "somebody whose pain has no known cause": (
        {
            "pain_types": ("joints", "back"),
            "joint_diagnosis": "inflammatory",
            "pain_checked": "yes_no_cause",
        },
        "discuss",
    ),
    "somebody who sleeps badly by number alone": ({"sleep_quality": 3}, "discuss"),
    "somebody with every condition": (
        {
            "health_conditions": (
                *("bleeding_disorder", "low_platelets", "sickle_cell", "weak_immunity"),
                *("no_spleen_or_transplant", "cancer_now", "heart_valve"),
                *("recent_heart_attack_or_stroke", "implanted_device", "liver_disease"),
                "kidney_dialysis",
            ),
            "body_conditions": (
                *("epilepsy", "diabetes", "lung_disease", "lymphoedema", "skin_problem"),
                *("keloid_scars", "implant_or_metalwork", "recent_surgery"),
            ),
            "current_medicines": (
                *("anticoagulant", "antiplatelet", "biologic_or_transplant"),
                *("immune_tablets", "chemotherapy", "strong_medicines"),
            ),
            "pregnancy": "could_be",
            "pain_change": "new_or_changed",
            "needles": ("strong_fear",),
            "metal_allergy": "yes",
        },
        "today",
    ),
    "somebody who is not sure": (
        {
            "health_conditions": ("unsure",),
            "current_medicines": ("unsure",),
            "pregnancy": "prefer_not_to_say",
            "metal_allergy": "unsure",
            "needles": ("nervous",),
        },
        "discuss_with_cautions",
    ),
    "somebody who fainted": ({"needles": ("fainted_before",)}, "discuss_with_cautions"),
    "somebody with a sign for the doctor": ({"warning_any": ("night_pain",)}, "doctor_first"),
    "somebody with a sign for today": (
        {"warning_any": ("fever_or_very_unwell", "night_pain"), "sleep_quality": 1},
        "today",
    ),
    "somebody with an emergency": (
        {
            "warning_any": ("chest_pain", "fever_or_very_unwell"),
            "current_medicines": ("anticoagulant",),
            "medicine_problems": ("wants_fewer",),
        },
        "emergency",
    ),
    "a child": ({"age_group": "under_18"}, "not_for_this_tool"),
    "somebody without pain": ({"pain_types": ("no_pain",)}, "not_for_this_tool"),
}


@pytest.fixture(params=PEOPLE.values(), ids=PEOPLE)
def person(request, baseline):
    answers, outcome = request.param
    return baseline | answers, outcome


@pytest.fixture
def result(content, person):
    return result_of(content, person[0])


def result_of(content, said):
    raw = to_json(case_of(content, said))
    return json.loads(raw.decode("utf-8"))


def check_parts(table, parts):
    assert {key: type(value) for key, value in table.items()} == parts


def test_the_people_reach_every_outcome():
    assert {outcome for _, outcome in PEOPLE.values()} == set(OUTCOMES)


def test_the_outcome_is_the_one_expected(person, result):
    assert result["outcome"] == person[1]


def test_every_promised_part_is_there_and_of_its_type(result):
    check_parts(result, PARTS)
    for benefit in result["benefits"]:
        check_parts(benefit, BENEFIT)
    for warning in result["warnings"]:
        check_parts(warning, WARNING)
    for caution in result["cautions"]:
        check_parts(caution, CAUTION)
    for together in result["together"]:
        check_parts(together, TOGETHER)
    for reason in (*result["doctor_first"], *result["ended_by"]):
        check_parts(reason, REASON)
    assert all(isinstance(benefit_id, str) for benefit_id in result["withheld"])


def test_the_format_and_the_content_are_named(content, result):
    assert result["format"] == "acuscreen-result/1"
    assert result["content"] == {"version": content.version, "sha256": content.sha256}


def test_every_reason_is_an_answer_that_was_given(person, result):
    for part in ("benefits", "doctor_first", "cautions", "together", "ended_by"):
        for finding in result[part]:
            assert finding["because"], finding["id"]
            for ground in finding["because"]:
                check_parts(ground, {"question": str, "answer": type(ground["answer"])})
                said = person[0][ground["question"]]
                assert ground["answer"] in (said if isinstance(said, tuple) else (said,))


def test_every_warning_is_a_sign_that_was_ticked_with_its_tier(person, result):
    for warning in result["warnings"]:
        assert warning["option"] in person[0][warning["question"]]
        assert warning["tier"] in {"emergency", "today", "doctor_first"}


def test_no_benefit_is_shown_where_help_comes_first(result):
    if result["outcome"] in WITHHOLDING:
        assert result["benefits"] == []
    else:
        assert result["withheld"] == []


def test_a_caution_is_named_after_its_option_or_its_question(result):
    """By which the reader of the result finds the answer it is about."""
    for caution in result["cautions"]:
        names = {name for each in caution["because"] for name in (each["question"], each["answer"])}
        names |= {f"{each['question']}_{each['answer']}" for each in caution["because"]}
        assert any(caution["id"].startswith(name) for name in names), caution["id"]
        assert caution["class"] in {"doctor", "tell", "avoid"}


def test_every_benefit_has_evidence_that_can_be_looked_up(content, result):
    for benefit in result["benefits"]:
        assert benefit["evidence"], benefit["id"]
        assert set(benefit["evidence"]) <= set(content.rulebook.sources)
        assert len(benefit["evidence"]) == len(set(benefit["evidence"]))
        assert benefit["passage"] in content.rulebook.passages


def test_no_finding_is_there_twice(result):
    for part in ("benefits", "doctor_first", "cautions"):
        ids = [finding["id"] for finding in result[part]]
        assert len(ids) == len(set(ids))


def test_benefits_withheld_because_help_comes_first_are_listed(content, baseline):
    emergency = {"warning_any": ("chest_pain",), "medicine_problems": ("wants_fewer",)}
    result = result_of(content, baseline | emergency)
    assert {"drug_free", "used_for_back_pain"} <= set(result["withheld"])


def test_the_warnings_say_which_sign_of_which_list(content, baseline):
    result = result_of(
        content, baseline | {"warning_back": ("sudden_tearing_pain", "lump_or_shape", "unsure")}
    )
    assert result["warnings"] == [
        {"question": "warning_back", "option": "sudden_tearing_pain", "tier": "emergency"},
        {"question": "warning_back", "option": "lump_or_shape", "tier": "today"},
        {"question": "warning_back", "option": "unsure", "tier": "today"},
    ]


def test_signs_that_weigh_more_together_are_told_with_all_that_they_rest_on(content, baseline):
    fever = {"warning_any": ("fever_or_very_unwell",), "current_medicines": ("chemotherapy",)}
    result = result_of(content, baseline | fever)
    assert result["together"] == [
        {
            "id": "fever_on_cancer_treatment",
            "because": [
                {"question": "warning_any", "answer": "fever_or_very_unwell"},
                {"question": "current_medicines", "answer": "chemotherapy"},
            ],
            "tier": "emergency",
        }
    ]
    assert [each["tier"] for each in result["warnings"]] == ["today"]


def test_a_caution_says_its_class_and_why(content, baseline):
    result = result_of(content, baseline | {"current_medicines": ("anticoagulant",)})
    because = [{"question": "current_medicines", "answer": "anticoagulant"}]
    assert result["cautions"] == [
        {"id": "anticoagulant", "because": because, "class": "doctor"},
        {"id": "anticoagulant_deep_needling", "because": because, "class": "avoid"},
    ]


def test_a_number_given_as_a_reason_stays_a_number(content, baseline):
    (benefit,) = (
        benefit
        for benefit in result_of(content, baseline | {"sleep_quality": 3})["benefits"]
        if benefit["id"] == "improved_sleep"
    )
    assert benefit["because"] == [{"question": "sleep_quality", "answer": 3}]


def test_a_note_belongs_to_its_benefit_alone(content, baseline):
    answers, _ = PEOPLE["somebody whose pain has no known cause"]
    notes = {
        benefit["id"]: benefit["notes"]
        for benefit in result_of(content, baseline | answers)["benefits"]
        if benefit["notes"]
    }
    about = {note: benefit for benefit, named in notes.items() for note in named}
    assert set(notes) == {"used_for_chronic_pain", "used_for_arthritis_pain"}
    assert about == {rule.id: rule.about for rule in content.rulebook.rules if rule.id in about}


def test_the_works_that_a_note_cites_are_among_the_evidence(content, baseline):
    result = result_of(content, baseline | {"pain_checked": "yes_no_cause"})
    evidence = {
        note: benefit["evidence"] for benefit in result["benefits"] for note in benefit["notes"]
    }
    assert evidence
    for rule in content.rulebook.rules:
        assert set(rule.cites) <= set(evidence.get(rule.id, rule.cites))


def test_what_somebody_wrote_is_not_in_the_result(content, baseline):
    said = baseline | {"notes": "Ada wrote this", "name": "Ada"}
    assert result_of(content, said) == result_of(content, baseline)


def test_an_early_end_says_why_and_nothing_else(content, baseline):
    result = result_of(content, baseline | {"age_group": "under_18"})
    assert result["ended_by"] == [
        {"id": "under_18", "because": [{"question": "age_group", "answer": "under_18"}]}
    ]
    assert not any(
        result[part] for part in ("benefits", "withheld", "warnings", "cautions", "doctor_first")
    )


def test_the_result_is_text_that_ends_with_a_line(content, baseline):
    raw = to_json(case_of(content, baseline))
    assert raw.endswith(b"}\n")
    assert b"\\u" not in raw
