"""The Questionnaire asks what the interview asks, of whom it asks it, and is what R4 allows."""

from copy import deepcopy
from itertools import combinations, product

import pytest
from parts import later
from standard import Form, broken, each_item, value_in

from questionnaire.content.content import read_content
from questionnaire.content.domain import values
from questionnaire.content.versions import read_released, released_versions
from questionnaire.fhir.codes import code_systems
from questionnaire.fhir.enabling import levels
from questionnaire.fhir.models import checked, troubles
from questionnaire.fhir.names import system_of
from questionnaire.fhir.questionnaire import questionnaire
from questionnaire.interview.flow import relevant
from rules import AtLeast, Below, ChosenAtLeast, Condition, OneOf

HL7 = "http://hl7.org/fhir/StructureDefinition/"


@pytest.fixture(scope="module")
def form(content):
    return questionnaire(content)


@pytest.fixture(scope="module")
def asked(form):
    """The items that are questions, by linkId."""
    kinds = {"choice", "integer", "text"}
    return {item["linkId"]: item for item, _ in each_item(form["item"]) if item["type"] in kinds}


def extensions(element):
    return {each["url"].removeprefix(HL7): value_in(each, "value") for each in element["extension"]}


def test_it_is_named_by_address_and_version(content, form):
    assert form["url"].endswith("/Questionnaire/acuscreen")
    assert form["version"] == content.version


def test_it_asks_every_question_in_order_under_its_id(content, asked):
    assert list(asked) == [question.id for question in content.questions]
    for question in content.questions:
        assert asked[question.id]["text"] == question.ask
        assert asked[question.id]["required"] != question.optional


def test_the_sections_are_groups(content, form):
    groups = [item for item in form["item"] if item["type"] == "group"]
    assert [each["text"] for each in groups] == list(
        dict.fromkeys(question.section for question in content.questions)
    )


def test_every_option_is_a_code_and_stands_alone_where_it_must(content, asked):
    for question in content.questions:
        options = asked[question.id].get("answerOption", [])
        assert [
            (each["valueCoding"]["system"], each["valueCoding"]["code"]) for each in options
        ] == [(system_of(question), option.id) for option in question.options]
        alone = [bool(each.get("extension")) for each in options]
        assert alone == [option.exclusive for option in question.options]
        for each in options:
            if each.get("extension"):
                assert extensions(each) == {"questionnaire-optionExclusive": True}


def test_every_question_says_what_it_takes(content, asked):
    for question in content.questions:
        item, found = asked[question.id], extensions(asked[question.id])
        assert item.get("repeats", False) == (question.kind == "many")
        assert item.get("maxLength", 0) == question.longest
        if question.kind == "scale":
            assert (found["minValue"], found["maxValue"]) == (question.lowest, question.highest)
        assert "questionnaire-itemControl" in found


def test_no_scale_is_a_slider_which_shows_a_number_that_nobody_gave(form):
    assert "slider" not in str(form)


def test_help_and_the_ends_of_scales_are_displays_of_their_own(content, asked):
    for question in content.questions:
        beside = asked[question.id].get("item", [])
        told = {each["linkId"].partition(".")[2]: each["text"] for each in beside}
        meant = {"help": question.help, "lower": question.low, "upper": question.high}
        assert told == {key: text for key, text in meant.items() if text}


def test_an_emergency_sign_shows_at_once_what_to_do(content, form):
    """Another program raises no alarm of its own."""
    alarms = {
        item["enableWhen"][0]["question"]: {
            value_in(each, "answer")[1] for each in item["enableWhen"]
        }
        for item, _ in each_item(form["item"])
        if item["linkId"].endswith(".alarm")
    }
    for question in content.questions:
        for option in question.options:
            chosen = (option.id,) if question.kind == "many" else option.id
            is_sign = content.conclude({question.id: chosen}).outcome == "emergency"
            assert (option.id in alarms.get(question.id, ())) == is_sign


def test_whom_to_call_stands_first(form):
    assert form["item"][0]["type"] == "display"
    assert "emergency number" in form["item"][0]["text"]


# Who is asked.


def rests_on(content, question):
    """The questions on which it depends whether this one is asked, in order."""
    earlier = content.questions[: content.questions.index(question)]
    named = {each.question for each in question.when.comparisons()}
    named |= {each.id for each in earlier if any(option.ends for option in each.options)}
    for each in [each for each in earlier if each.id in named]:
        named |= {above.id for above in rests_on(content, each)}
    return [each for each in earlier if each.id in named]


def answers_to(question, most):
    """Not answered; and every answer, with so many options at most."""
    if question.kind != "many":
        return [None, *values(question)]
    together = [option.id for option in question.options if not option.exclusive]
    alone = [(option.id,) for option in question.options if option.exclusive]
    sizes = range(1, min(most, len(together)) + 1)
    return [None, *alone, *(each for size in sizes for each in combinations(together, size))]


def as_values(question, answer):
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return [each if isinstance(each, int) else (system_of(question), each) for each in chosen]


def check_agreement(content, most):
    """Whoever answers whatever is asked the same by the interview and by the standard's text.

    A question depends on what `rests_on` names and on nothing else, so all answers to those are
    all that there is to try.
    """
    form = Form(questionnaire(content))
    ids = {question.id for question in content.questions}
    spaces = {tuple(rests_on(content, question)) for question in content.questions}
    for space in spaces:
        open_to = {each.id for each in content.questions if {*rests_on(content, each)} <= {*space}}
        for answers in product(*(answers_to(question, most) for question in space)):
            given = zip(space, answers, strict=True)
            said = {each: answer for each, answer in given if answer is not None}
            enabled = form.enabled({each.id: as_values(each, said[each]) for each in said})
            named = {each.id: answer for each, answer in said.items()}
            meant = {each.id for each in relevant(content.questions, named)}
            assert enabled & ids & open_to == meant & open_to, named


*BEFORE, PRESENT = released_versions()


@pytest.mark.parametrize("version", [PRESENT, *later(*BEFORE)])
def test_it_enables_what_the_interview_asks(content, version):
    check_agreement(read_released(version, content), most=2)


def space_of(content, question):
    return tuple(rests_on(content, question))


@pytest.mark.exhaustive
@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", [*BEFORE, PRESENT])
def test_it_enables_what_the_interview_asks_whatever_is_answered(content, version):
    """With all options that can be ticked together, of the questions that have the same space."""
    content = read_released(version, content)
    form = Form(questionnaire(content))
    for space in dict.fromkeys(space_of(content, question) for question in content.questions):
        own = [question for question in content.questions if space_of(content, question) == space]
        ids = {question.id for question in own}
        worded = [
            [(answer, as_values(question, answer)) for answer in answers_to(question, 99)]
            for question in space
        ]
        for answers in product(*worded):
            given = [(q.id, *a) for q, a in zip(space, answers, strict=True) if a[0] is not None]
            enabled = form.enabled_of(ids, {each: told for each, _, told in given})
            asked = relevant([*space, *own], {each: answer for each, answer, _ in given})
            assert enabled == {each.id for each in asked} & ids, given


WHENS = [
    '[{ pain_types = "back" }, { age_group = "50_or_over", pain_average = { below = 4 } }]',
    '{ pain_types = { chosen_at_least = 3 }, age_group = ["18_to_49", "50_or_over"] }',
    "{ pain_average = { at_least = 7 } }",
    '[{ pain_types = "neck", pain_average = { at_least = 2 } }, { pain_types = "back" }]',
]


@pytest.mark.parametrize("when", WHENS)
def test_any_condition_of_our_language_can_be_said(change, copy, when):
    """Also those that no question of today has: they take groups within groups."""
    change(
        "questionnaire/questions/5_sleep.toml",
        'short     = "Trouble with sleep"\n',
        f'short     = "Trouble with sleep"\nwhen      = {when}\n',
    )
    changed = read_content(copy)
    assert broken(questionnaire(changed)) == set()
    checked(questionnaire(changed))
    question = changed.question("sleep_trouble")
    form = Form(questionnaire(changed))
    space = rests_on(changed, question)
    most = 3 if "chosen" in when else 1
    for answers in product(*(answers_to(each, most) for each in space)):
        given = zip(space, answers, strict=True)
        said = {each: answer for each, answer in given if answer is not None}
        enabled = form.enabled({each.id: as_values(each, said[each]) for each in said})
        asked = relevant(changed.questions, {each.id: said[each] for each in said})
        assert (question.id in enabled) == (question in asked)


def test_a_condition_is_said_without_what_follows_from_a_shorter_one(content):
    one, two = OneOf("pain_types", ("back",)), OneOf("age_group", ("50_or_over",))
    twice = Condition(((one,), (one, two)))
    assert len(levels(twice, (), content.questions)) == 1
    assert levels(twice, (), content.questions) == levels(
        Condition(((one,),)), (), content.questions
    )


def test_numbers_and_counts_are_compared_as_rules_do(content):
    row = (Below("pain_average", 3), AtLeast("sleep_quality", 4), ChosenAtLeast("pain_types", 1))
    single, several = levels(Condition((row,)), (), content.questions)
    assert [(each.operator, each.value) for each in single.tests] == [("<", 3), (">=", 4)]
    assert len(several.tests) == len(content.question("pain_types").options)


# What R4 allows.


def test_it_is_a_questionnaire_to_the_models_and_to_every_invariant(form):
    assert [*troubles(form)] == []
    assert broken(form) == set()


@pytest.mark.parametrize("version", released_versions())
def test_every_released_version_is_one_too(content, version):
    form = questionnaire(read_released(version, content))
    assert [*troubles(form)] == []
    assert broken(form) == set()
    assert form["version"] == version


def first(form, kind):
    return next(item for item, _ in each_item(form["item"]) if item["type"] == kind)


BREAKS = {
    "que-0": lambda form: form.update(name="acuscreen 1"),
    "que-1": lambda form: first(form, "group").pop("item"),
    "que-2": lambda form: first(form, "text").update(linkId="age_group"),
    "que-3": lambda form: first(form, "display").update(code=[{"code": "x"}]),
    "que-4": lambda form: first(form, "choice").update(answerValueSet="http://x.example/v"),
    "que-5": lambda form: first(form, "integer").update(answerValueSet="http://x.example/v"),
    "que-6": lambda form: first(form, "display").update(required=True),
    "que-7": lambda form: first(form, "text").update(
        enableWhen=[{"question": "age_group", "operator": "exists", "answerInteger": 1}]
    ),
    "que-8": lambda form: first(form, "group").update(initial=[{"valueInteger": 1}]),
    "que-9": lambda form: first(form, "display").update(readOnly=True),
    "que-10": lambda form: first(form, "group").update(maxLength=5),
    "que-11": lambda form: first(form, "choice").update(initial=[{"valueInteger": 1}]),
    "que-12": lambda form: first(form, "integer").update(
        enableWhen=[{"question": "a", "operator": "=", "answerInteger": 1}] * 2
    ),
    "que-13": lambda form: first(form, "integer").update(
        initial=[{"valueInteger": 1}, {"valueInteger": 2}]
    ),
}


@pytest.mark.parametrize("invariant", BREAKS)
def test_the_invariants_are_seen_to_be_broken(form, invariant):
    changed = deepcopy(form)
    BREAKS[invariant](changed)
    assert invariant in broken(changed)


@pytest.mark.parametrize("wrong", ["status", "item"])
def test_the_models_see_what_is_missing_or_of_another_kind(form, wrong):
    assert [*troubles({**form, wrong: {"a": 1}})]


# The codes.


def test_every_code_that_is_used_is_defined_once(content, form):
    systems = [entry["resource"] for entry in code_systems(content)["entry"]]
    defined = [(each["url"], code["code"]) for each in systems for code in each["concept"]]
    assert len(set(defined)) == len(defined)
    used = {
        value_in(option, "value")
        for item, _ in each_item(form["item"])
        for option in item.get("answerOption", ())
    }
    assert used <= set(defined)
    assert {each["version"] for each in systems} == {content.version}


def test_the_codes_are_a_bundle_that_creates_what_is_not_there_yet(content):
    bundle = code_systems(content)
    assert [*troubles(bundle)] == []
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == len(bundle["entry"])
    for entry in bundle["entry"]:
        assert entry["resource"]["url"] in entry["request"]["ifNoneExist"]
