"""The program concludes what the clinical contract says, by an oracle that never saw the program.

`contract.py` is that oracle. People here differ from somebody who is well but for her back, or from
somebody whom every branch is open to.
"""

import json
from functools import cache
from itertools import combinations

import pytest
from contract import (
    BENEFITS,
    OUTCOMES,
    PRECAUTIONS,
    QUESTIONS,
    SIGNS,
    Verdict,
    asked,
    conclude,
    counting,
    missing,
)
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from questionnaire.answers.file import read_answers
from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.result import to_json
from questionnaire.errors import AnswersError
from questionnaire.interview.flow import facts, visible

TIERS = {"emergency": "E", "today": "T", "doctor_first": "D"}  # as the result names them

WELL = {
    "country": "uk",
    "answered_by": "self",
    "age_group": "18_to_49",
    "pain_types": ("back",),
    "pain_duration": "unsure",
    "joint_diagnosis": "none_given",
    "pain_checked": "yes_explained",
    "pain_cause": "A worn disc",
    "pain_change": "same_as_usual",
    "pain_average": 5,
    "pain_enjoyment": 5,
    "pain_activity": 5,
    "painkiller_days": "under_10",
    "pregnancy": "no",
    **dict.fromkeys(SIGNS, ("none",)),
    "medicine_problems": ("none",),
    "current_medicines": ("none",),
    "treatments_tried": ("none",),
    "treatments_result": "helped_enough",
    "sleep_trouble": ("none",),
    "sleep_nights": 2,
    "sleep_duration": "under_3_months",
    "sleep_pain_link": "no",
    "sleep_quality": 8,
    "health_conditions": ("none",),
    "body_conditions": ("none",),
    "needles": ("comfortable",),
    "metal_allergy": "no",
    "goals": ("less_pain",),
    "long_term_conditions": "no",
    "notes": "What would it cost?",
    "name": "A. Person",
}
OPEN = WELL | {
    "pain_types": QUESTIONS["pain_types"].options,
    "treatments_tried": ("medicines",),
    "sleep_trouble": ("waking_early",),
    "pregnancy": "yes",
}

NAMES = list(QUESTIONS)
UNSURE = [name for name in NAMES if "unsure" in QUESTIONS[name].choices]
NUMBERS = {"sleep_quality": (0, 3, 4, 10)}  # the only one that a rule has a limit in


def simplest_answers(name):
    """Every option by itself; of numbers the ends, and what lies about a limit."""
    question = QUESTIONS[name]
    if question.kind == "many":
        return [(option,) for option in question.choices]
    if question.kind == "number":
        return NUMBERS.get(name, (0, question.most))
    return question.choices


def changes_of(person):
    return [
        (name, answer)
        for name in NAMES
        for answer in simplest_answers(name)
        if answer != person[name]
    ]


@cache
def answers_to(name, tiers):
    """Any answer, but of the warning signs only those of some tiers."""
    question = QUESTIONS[name]
    match question.kind:
        case "many":
            signs = SIGNS.get(name, dict.fromkeys(question.options, ""))
            options = [option for option in question.options if signs[option] in tiers]
            several = st.lists(st.sampled_from(options), min_size=1, unique=True).map(tuple)
            alone = [st.just((option,)) for option in question.exclusive]
            return st.one_of(*[several] * bool(options), *alone)
        case "number":
            return st.integers(0, question.most)
        case "text":
            return st.text("aé", min_size=1, max_size=question.most)
        case _:
            return st.sampled_from(question.choices)


@st.composite
def people(draw):
    """Somebody whose answers differ in a few things or in all, and who is very ill or is not."""
    person = draw(st.sampled_from((WELL, OPEN)))
    tiers = draw(st.sampled_from(("", "D", "DT", "DTE")))
    differing = draw(st.sets(st.sampled_from(NAMES)) | st.just(NAMES))
    return person | {name: draw(answers_to(name, tiers)) for name in NAMES if name in differing}


# Each is given to a function inside its test: or a failure would print all of the content.
RANDOMLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written(answers, **parts):
    return json.dumps({"format": "acuscreen-answers/1", "answers": answers, **parts}).encode()


def verdict_on(answers, content):
    """What the program concludes from answers that count, in the words of the contract."""
    result = json.loads(to_json(case_of(content, answers)))
    return Verdict(
        outcome=result["outcome"],
        warnings=frozenset(
            (sign["question"], sign["option"], TIERS[sign["tier"]]) for sign in result["warnings"]
        ),
        cautions=frozenset((each["class"], about(each["id"])) for each in result["cautions"]),
        together=frozenset(TIERS[each["tier"]] for each in result["together"]),
        benefits=frozenset(each["id"] for each in result["benefits"]),
        withheld=frozenset(result["withheld"]),
    )


def about(caution):
    """What a caution is about: its id begins so."""
    subjects = {subject for _, subject, _ in PRECAUTIONS if caution.startswith(subject)}
    return max(subjects, key=len, default=f"nothing in the contract: {caution}")


def read(answers, content, **parts):
    """What is said in a file that is taken."""
    return read_answers(written(answers, **parts), content).said


def unordered(answers):
    return {
        name: set(answer) if isinstance(answer, tuple) else answer
        for name, answer in answers.items()
    }


def concluded(said, content):
    return verdict_on(facts(content.questions, said), content)


def refused(answers, content):
    """The questions that the refusal of a file names."""
    try:
        read(answers, content)
    except AnswersError as refusal:
        return {fault.partition(":")[0] for fault in refusal.faults}
    return set()


# --- The people of these tests reach all that the contract has ---


def people_with_one_change():
    return [
        person | {name: answer} for person in (WELL, OPEN) for name, answer in changes_of(person)
    ]


def test_every_option_counts_for_somebody():
    counted = {
        (name, option)
        for person in people_with_one_change()
        for name, answer in counting(person).items()
        for option in (answer if isinstance(answer, tuple) else (answer,))
    }
    assert counted >= {(name, option) for name in NAMES for option in QUESTIONS[name].choices}


def test_every_branch_is_reached_by_some_and_not_by_others():
    asks = [asked(person) for person in people_with_one_change()]
    assert all(any(each[name] for each in asks) for name in NAMES)
    always = {name for name in NAMES if all(each[name] for each in asks)}
    assert always == {"country", "answered_by", "age_group"}


def test_every_finding_is_made_in_somebody_and_not_in_all():
    verdicts = [conclude(person) for person in people_with_one_change()]
    assert {verdict.outcome for verdict in verdicts} == set(OUTCOMES)
    for found, every in (
        ("warnings", {(name, *sign) for name, tiers in SIGNS.items() for sign in tiers.items()}),
        ("cautions", {(level, subject) for level, subject, _ in PRECAUTIONS}),
        ("benefits", set(BENEFITS)),
    ):
        made = [getattr(verdict, found) for verdict in verdicts]
        assert set().union(*made) == every
        assert not set.intersection(*map(set, made))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_random_people_come_to_every_outcome(outcome):
    soon = settings(RANDOMLY, max_examples=500, phases=[Phase.generate])
    find(people(), lambda person: conclude(person).outcome == outcome, settings=soon)


# --- The program agrees ---


def test_the_program_asks_the_questions_of_the_contract_with_their_options(content):
    assert [question.id for question in content.questions] == list(QUESTIONS)
    for question in content.questions:
        options = tuple(option.id for option in question.options)
        assert options == QUESTIONS[question.id].choices, question.id


def test_each_benefit_names_its_passage_of_the_article(content):
    passages = {}
    for person in people_with_one_change():
        result = json.loads(to_json(case_of(content, person)))
        passages |= {each["id"]: each["passage"] for each in result["benefits"]}
    assert passages == {name: passage for name, (passage, _) in BENEFITS.items()}


def test_whoever_is_well_has_nothing_to_heed_and_no_benefit_but_for_her_back(content):
    assert concluded(WELL, content) == Verdict(
        "discuss",
        warnings=frozenset(),
        together=frozenset(),
        cautions=frozenset(),
        benefits=frozenset({"used_for_back_pain"}),
        withheld=frozenset(),
    )


@pytest.mark.parametrize("person", [WELL, OPEN], ids=["well", "open"])
def test_one_change_has_the_consequences_of_the_contract(person, content):
    for name, answer in changes_of(person):
        changed = person | {name: answer}
        said = read(changed, content)
        assert visible(content.questions, said) == counting(changed), (name, answer)
        assert concluded(said, content) == conclude(changed), (name, answer)


@pytest.mark.exhaustive
def test_two_changes_have_the_consequences_of_the_contract(content):
    asked_after = {change: asked(WELL | dict([change])) for change in changes_of(WELL)}
    for one, other in combinations(asked_after, 2):
        changed = WELL | dict([one, other])
        if one[0] == other[0] or not (asked_after[one][other[0]] and asked_after[other][one[0]]):
            continue  # one of the two is not asked, or takes the place of the other
        assert concluded(changed, content) == conclude(changed), (one, other)


def test_two_options_of_one_question_have_the_consequences_of_the_contract(content):
    for name in NAMES:
        if QUESTIONS[name].kind == "many":
            for two in combinations(QUESTIONS[name].options, 2):
                changed = OPEN | {name: two}
                assert concluded(changed, content) == conclude(changed), (name, two)


def test_whatever_is_answered_has_the_consequences_of_the_contract(content):
    @given(person=people())
    @settings(RANDOMLY, max_examples=80)
    def holds(person):
        said = read(person, content)
        assert unordered(visible(content.questions, said)) == unordered(counting(person))
        assert concluded(said, content) == conclude(person)

    holds()


def test_answers_are_complete_when_the_contract_says_so(content):
    @given(person=people(), left_out=st.sets(st.sampled_from(NAMES)))
    @settings(RANDOMLY, max_examples=80)
    def holds(person, left_out):
        partial = {name: answer for name, answer in person.items() if name not in left_out}
        assert refused(partial, content) == missing(partial)
        if not missing(partial):
            assert concluded(read(partial, content), content) == conclude(partial)

    holds()


@pytest.mark.parametrize("name", [name for name in NAMES if QUESTIONS[name].optional])
def test_to_skip_is_as_not_to_answer(name, content):
    without = {key: answer for key, answer in OPEN.items() if key != name}
    said = read(without, content, skipped=[name])
    assert visible(content.questions, said) == without
    assert concluded(said, content) == conclude(without)


def test_to_be_unsure_adds_no_benefit(content):
    @given(person=people(), name=st.sampled_from(UNSURE))
    @settings(RANDOMLY, max_examples=80)
    def holds(person, name):
        def benefits(answers):
            verdict = concluded(read(answers, content), content)
            return verdict.benefits | verdict.withheld

        unsure = ("unsure",) if QUESTIONS[name].kind == "many" else "unsure"
        assert benefits(person | {name: unsure}) <= benefits(person)

    holds()
