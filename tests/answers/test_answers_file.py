"""The answers file: what is taken, what is refused and in which words."""

import json
import time

import pytest
from answers_files import FORMAT, faults_in, in_file, raw_file, said_in

from questionnaire.answers.file import answers_of, read_answers
from questionnaire.answers.jsonfile import LARGEST
from questionnaire.interview.flow import SKIPPED, skipped, visible

HEALTH_MEDICINES = (
    "anticoagulant, antiplatelet, biologic_or_transplant, immune_tablets, chemotherapy, "
    "strong_medicines"
)
SIGNS_IN_PREGNANCY = (
    "headache_sight_swelling, low_one_sided_pain, bleeding, fever_or_smelly_loss, none, unsure"
)


def test_the_answers_of_a_whole_person_are_taken(content, baseline):
    said = said_in(in_file(baseline), content)
    counting = visible(content.questions, said)
    assert counting == {key: baseline[key] for key in counting}
    assert {"pain_types", "warning_back", "sleep_quality"} <= counting.keys()


WRONG = {
    "an unknown option": (
        {"age_group": "old"},
        "age_group: 'old' is not an option; allowed: under_18, 18_to_49, 50_or_over",
    ),
    "an option in capitals": (
        {"metal_allergy": "Yes"},
        "metal_allergy: 'Yes' is not an option; allowed: yes, no, unsure",
    ),
    "an unknown option in a list": (
        {"current_medicines": ["anticoagulant", "vitamins"]},
        (
            "current_medicines: 'vitamins' is not an option; "
            f"allowed: {HEALTH_MEDICINES}, none, unsure"
        ),
    ),
    "a list where one option is asked for": (
        {"metal_allergy": ["no"]},
        "metal_allergy: is ['no']; it must be one option: yes, no, unsure",
    ),
    "one option where a list is asked for": (
        {"warning_pregnancy": "none"},
        (f"warning_pregnancy: is 'none'; it must be a list of options: {SIGNS_IN_PREGNANCY}"),
    ),
    "a list of what is no text": (
        {"warning_pregnancy": ["none", 1]},
        (f"warning_pregnancy: is ['none', 1]; it must be a list of options: {SIGNS_IN_PREGNANCY}"),
    ),
    "nothing": (
        {"metal_allergy": None},
        "metal_allergy: is null; it must be one option: yes, no, unsure",
    ),
    "a table": (
        {"metal_allergy": {"yes": True}},
        "metal_allergy: is {'yes': True}; it must be one option: yes, no, unsure",
    ),
    "a number in words": (
        {"pain_average": "5"},
        "pain_average: is '5'; it must be a whole number from 0 to 10",
    ),
    "a number above the scale": (
        {"pain_average": 11},
        "pain_average: is 11; it must be a whole number from 0 to 10",
    ),
    "a number below the scale": (
        {"sleep_quality": -1},
        "sleep_quality: is -1; it must be a whole number from 0 to 10",
    ),
    "more nights than a week has": (
        {"sleep_nights": 8},
        "sleep_nights: is 8; it must be a whole number from 0 to 7",
    ),
    "true for a number": (
        {"pain_average": True},
        "pain_average: is true; it must be a whole number from 0 to 10",
    ),
    "false for a number": (
        {"pain_average": False},
        "pain_average: is false; it must be a whole number from 0 to 10",
    ),
    "a number with a fraction": (
        {"pain_average": 5.0},
        "pain_average: is 5.0; it must be a whole number from 0 to 10",
    ),
    "an option named twice": (
        {"goals": ["less_pain", "do_more", "less_pain"]},
        "goals: 'less_pain' is there more than once; name it once",
    ),
    "none beside another option": (
        {"warning_nerves": ["both_legs", "none"]},
        "warning_nerves: 'none' cannot stand beside another option; keep it alone or drop it",
    ),
    "no pain beside a pain": (
        {"pain_types": ["no_pain", "back"]},
        "pain_types: 'no_pain' cannot stand beside another option; keep it alone or drop it",
    ),
    "unsure beside a medicine": (
        {"current_medicines": ["anticoagulant", "unsure"]},
        "current_medicines: 'unsure' cannot stand beside another option; keep it alone or drop it",
    ),
    "an empty list": (
        {"warning_pregnancy": []},
        (f"warning_pregnancy: is an empty list; choose at least one of: {SIGNS_IN_PREGNANCY}"),
    ),
    "a text that is too long": (
        {"notes": "a" * 501},
        "notes: has 501 characters; at most 500 are allowed",
    ),
    "a name that is too long": (
        {"name": "a" * 101},
        "name: has 101 characters; at most 100 are allowed",
    ),
    "a text that is none": (
        {"notes": 7},
        "notes: is no text; it must be a text of up to 500 characters",
    ),
    "a text with a control character": (
        {"notes": "red\x1b[31m"},
        "notes: holds a control character, which cannot be printed; take it out",
    ),
    "a text with half a character": (
        {"name": "\ud83d"},
        "name: holds a control character, which cannot be printed; take it out",
    ),
}


@pytest.mark.parametrize(("wrong", "fault"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_refused_with_what_is_allowed(content, baseline, wrong, fault):
    assert faults_in(in_file(baseline | wrong), content) == (fault,)


def test_an_unknown_question_is_refused_with_the_known_ones(content, baseline):
    (fault,) = faults_in(in_file(baseline | {"pain_type": ["back"]}), content)
    known = ", ".join(question.id for question in content.questions)
    assert fault == f"'pain_type' is not a question; the questions are: {known}"


def test_a_missing_answer_is_named_with_what_its_question_takes(content, baseline):
    del baseline["metal_allergy"], baseline["pain_average"]
    assert faults_in(in_file(baseline), content) == (
        "pain_average: is missing and must be answered; a whole number from 0 to 10",
        "metal_allergy: is missing and must be answered; allowed: yes, no, unsure",
    )


@pytest.mark.parametrize(
    "given_up",
    [
        *("answered_by", "age_group", "pain_types", "pain_duration", "pain_checked"),
        *("pain_change", "pain_average", "pain_enjoyment", "pain_activity", "warning_any"),
        *("medicine_problems", "treatments_tried", "sleep_trouble", "sleep_quality"),
        *("health_conditions", "current_medicines", "pregnancy", "needles"),
        *("metal_allergy", "long_term_conditions"),
    ],
)
def test_what_everyone_must_answer_cannot_be_left_out(content, baseline, given_up):
    del baseline[given_up]
    assert any(
        fault.startswith(f"{given_up}: is missing")
        for fault in faults_in(in_file(baseline), content)
    )


@pytest.mark.parametrize("left_out", ["goals", "notes", "name"])
def test_what_is_optional_may_be_left_out_and_counts_as_skipped(content, baseline, left_out):
    baseline.pop(left_out, None)
    said = said_in(in_file(baseline), content)
    assert left_out in skipped(content.questions, said)


def test_all_faults_are_told_at_once(content, baseline):
    """Also what is missing: a file is mended in one go."""
    del baseline["needles"]
    wrong = {"pain_average": 11, "warning_back": [], "goals": ["less_pain", "less_pain", "fun"]}
    faults = faults_in(
        in_file(baseline | wrong, skipped=["age_group"], format="acuscreen-answers/9", extra=1),
        content,
    )
    assert [fault.partition(";")[0] for fault in faults] == [
        "format is 'acuscreen-answers/9'",
        "'extra' is no part of the file",
        "pain_average: is 11",
        "warning_back: is an empty list",
        "goals: 'less_pain' is there more than once",
        "goals: 'fun' is not an option",
        "skipped: age_group must be answered",
        "needles: is missing and must be answered",
    ]


def test_a_wrong_answer_is_not_called_missing_as_well(content):
    faults = faults_in(in_file({"age_group": "old"}), content)
    assert [fault for fault in faults if "age_group" in fault] == [
        "age_group: 'old' is not an option; allowed: under_18, 18_to_49, 50_or_over"
    ]
    assert any(fault.startswith("answered_by: is missing") for fault in faults)


@pytest.mark.parametrize(
    ("skips", "fault"),
    [
        ("goals", "'skipped' must be a list of question ids"),
        ([1], "'skipped' must be a list of question ids"),
        (None, "'skipped' must be a list of question ids"),
        (["hopes"], "skipped: 'hopes' is not a question"),
        (["age_group"], "skipped: age_group must be answered; it cannot be skipped"),
        (["goals"], "skipped: goals has an answer too; keep one of the two"),
        (["notes", "notes"], "skipped: notes is there more than once; name it once"),
    ],
)
def test_only_an_unanswered_optional_question_can_be_skipped_and_only_once(
    content, baseline, skips, fault
):
    assert faults_in(in_file(baseline, skipped=skips), content) == (fault,)


def test_what_is_skipped_counts_as_skipped(content, baseline):
    said = said_in(in_file(baseline, skipped=["notes", "name"]), content)
    assert said["notes"] is SKIPPED
    assert skipped(content.questions, said) == ("notes", "name")


@pytest.mark.parametrize("blank", ["", "   ", "\n\t\r\n"])
def test_a_blank_text_counts_as_skipped(content, baseline, blank):
    said = said_in(in_file(baseline | {"notes": blank}), content)
    assert said["notes"] is SKIPPED


def test_a_text_may_have_lines_accents_and_signs(content, baseline):
    said = said_in(in_file(baseline | {"notes": " Żółć\r\n東京\n🙂 <b>&amp;\t"}), content)
    assert said["notes"] == "Żółć\n東京\n🙂 <b>&amp;"


def test_a_text_may_be_as_long_as_is_allowed(content, baseline):
    said = said_in(in_file(baseline | {"notes": "ä" * 500, "name": "ä" * 100}), content)
    assert (len(said["notes"]), len(said["name"])) == (500, 100)


@pytest.mark.parametrize("number", [0, 10])
def test_both_ends_of_a_scale_are_answers(content, baseline, number):
    assert said_in(in_file(baseline | {"pain_average": number}), content)["pain_average"] == number


def test_the_order_within_a_list_means_nothing(content, baseline):
    one, other = ["period", "headache"], ["headache", "period"]
    assert said_in(in_file(baseline | {"pain_types": one}), content) == said_in(
        in_file(baseline | {"pain_types": other}), content
    )


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "not JSON (line 1, column 1: Expecting value)"),
        (b"hello", "not JSON (line 1, column 1: Expecting value)"),
        (b'{"format": 1,}', "not JSON (line 1, column 14: "),
        (b"%PDF-1.7 \xff", "not UTF-8 text (byte 9); save it as UTF-8"),
        ('{"format": "x"}'.encode("utf-16"), "not UTF-8 text (byte 0); save it as UTF-8"),
        (b"[]", 'not an answers file: it must begin with {"format": "acuscreen-answers/1"'),
        (b"null", 'not an answers file: it must begin with {"format": "acuscreen-answers/1"'),
        (b'"answers"', 'not an answers file: it must begin with {"format": "acuscreen-answers/1"'),
        (b" " * (LARGEST + 1), "larger than 1,000,000 bytes; that is not an answers file"),
        (b"[" * 100_000, "not JSON that can be read: a number or a nesting without end"),
        (b'{"a":' * 100_000, "not JSON that can be read: a number or a nesting without end"),
        (b"9" * 10_000, "not JSON that can be read: a number or a nesting without end"),
    ],
    ids=lambda value: str(value[:20]),
)
def test_anything_but_an_answers_file_is_refused(content, raw, fault):
    (found,) = faults_in(raw, content)
    assert found.startswith(fault)


def test_a_file_of_the_largest_size_is_read(content, baseline):
    raw = in_file(baseline)
    assert said_in(raw + b" " * (LARGEST - len(raw)), content)["age_group"] == "18_to_49"


def test_the_format_must_be_named(content, baseline):
    raw = json.dumps({"answers": baseline}).encode()
    assert faults_in(raw, content) == ("format is null; it must be 'acuscreen-answers/1'",)


def test_answers_must_be_there_and_be_a_table(content):
    for parts in ({}, {"answers": []}, {"answers": None}):
        raw = json.dumps({"format": FORMAT, **parts}).encode()
        assert faults_in(raw, content) == (
            "'answers' is missing; it must be an object of answers by question id",
        )


@pytest.mark.parametrize("about", [[], "2026.1", {"version": 1}, {"version": {}}, None])
def test_the_version_and_digest_of_the_content_must_be_texts(content, baseline, about):
    assert faults_in(in_file(baseline, content=about), content) == (
        "'content' must be an object of texts, such as version and sha256",
    )


def test_the_content_version_is_kept(content, baseline):
    assert read_answers(in_file(baseline, content={"version": "2025.3"}), content).version == (
        "2025.3"
    )
    assert read_answers(in_file(baseline), content).version == ""


def test_a_key_given_twice_is_refused(content):
    """JSON would silently take the last; which one was meant?"""
    faults = faults_in(raw_file('{"needles": "nervous", "needles": "comfortable"}'), content)
    assert faults[0] == "'needles' is there twice; keep one of them"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 4000, "1e1"])
def test_a_number_off_the_scale_is_refused(content, number):
    fault = faults_in(raw_file(f'{{"pain_average": {number}}}'), content)[0]
    assert fault.startswith("pain_average: is ")
    assert fault.endswith("it must be a whole number from 0 to 10")


def test_a_deep_nesting_is_refused(content):
    """Deep enough to be read, and too deep for anything else: each depth is refused alike."""
    for depth in (1, 50, 500, 900, 950, 990):
        for inside in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
            assert faults_in(raw_file(f'{{"age_group": {inside}}}'), content)


def test_a_fault_quotes_little_of_what_somebody_wrote(content, baseline):
    """An error ends up in logs and on other people's screens."""
    private = "My name is Ada Lovelace and I live in London"  # 44 characters
    wrong = {"needles": private, "goals": [private], private: 1, "pain_average": private}
    for fault in faults_in(in_file(baseline | wrong, format=private), content):
        assert private not in fault
    for fault in faults_in(in_file(baseline | {"notes": private * 20}), content):
        assert "Ada" not in fault


def test_a_fault_stands_on_one_line_and_moves_no_cursor(content):
    nasty = "\x1b[2J\n\r\x07\u2028\x85"
    faults = faults_in(in_file({nasty: nasty, "goals": [nasty], "needles": nasty}), content)
    assert all(fault.isprintable() for fault in faults)


def test_a_byte_order_mark_is_accepted(content, baseline):
    assert said_in(b"\xef\xbb\xbf" + in_file(baseline), content)["age_group"] == "18_to_49"


def test_an_answer_that_no_longer_applies_is_ignored(content, baseline):
    """The head pain was taken back: what was said of it is checked for its form, and no more."""
    left = {"painkiller_days": "15_or_more", "warning_headache": ["sudden_worst"]}
    said = said_in(in_file(baseline | left), content)
    assert not left.keys() & visible(content.questions, said).keys()


def test_a_wrong_answer_is_refused_even_where_it_does_not_apply(content, baseline):
    (fault,) = faults_in(in_file(baseline | {"warning_headache": ["migraine"]}), content)
    assert fault.startswith("warning_headache: 'migraine' is not an option")


def test_under_18_is_complete_as_it_is(content):
    said = said_in(in_file({"age_group": "under_18"}), content)
    assert visible(content.questions, said) == {"age_group": "under_18"}


def test_no_pain_is_complete_as_it_is(content):
    answers = {"answered_by": "self", "age_group": "18_to_49", "pain_types": ["no_pain"]}
    assert said_in(in_file(answers), content)["pain_types"] == ("no_pain",)


def test_an_emergency_sign_is_complete_as_it_is(content):
    answers = {"pain_types": ["back"], "warning_nerves": ["numb_saddle"]}
    assert said_in(in_file(answers), content)["warning_nerves"] == ("numb_saddle",)
    assert said_in(in_file({"warning_any": ["chest_pain"]}), content)


@pytest.mark.parametrize("sign", ["fever_or_very_unwell", "night_pain", "none"])
def test_a_lesser_sign_is_not_enough_to_stop_asking(content, sign):
    faults = faults_in(in_file({"pain_types": ["back"], "warning_any": [sign]}), content)
    assert any("is missing" in fault for fault in faults)


def test_an_emergency_sign_that_does_not_apply_is_no_emergency(content):
    """Somebody without head pain was never asked about it."""
    faults = faults_in(
        in_file({"pain_types": ["back"], "warning_headache": ["head_injury"]}), content
    )
    assert any(fault.startswith("warning_any: is missing") for fault in faults)


def test_an_emergency_does_not_excuse_a_fault(content):
    faults = faults_in(in_file({"warning_any": ["chest_pain"], "needles": "brave"}), content)
    assert [fault.partition(":")[0] for fault in faults] == ["needles"]


def test_what_is_written_is_read_as_it_was_said(content, baseline):
    said = baseline | {"notes": "Zwei Zeilen\nmit “Zeichen”", "name": SKIPPED}
    back = said_in(answers_of(content, said), content)
    assert visible(content.questions, back) == visible(content.questions, said)
    assert skipped(content.questions, back) == skipped(content.questions, said)


def test_only_what_applies_is_written_with_what_was_skipped(content, baseline):
    said = baseline | {"painkiller_days": "unsure", "notes": SKIPPED}
    table = json.loads(answers_of(content, said))
    assert "painkiller_days" not in table["answers"]
    assert table["skipped"] == ["notes"]
    assert table["content"] == {"version": content.version, "sha256": content.sha256}


@pytest.mark.parametrize(
    "raw",
    [
        raw_file("{" + ",".join(f'"k{n}": 1' for n in range(70_000)) + ', "k1": 1}'),
        raw_file('{"goals": [' + ",".join(['"less_pain"'] * 75_000) + "]}"),
        raw_file('{"goals": [' + ",".join(f'"{n}"' for n in range(100_000)) + "]}"),
        in_file({}, skipped=["notes"] * 90_000),
        in_file({}, skipped=[str(n) for n in range(80_000)]),
        raw_file('{"goals": ' + "[" * 400 + "]" * 400 + ', "notes": "' + "a" * 900_000 + '"}'),
    ],
    ids=["many names", "one option", "many options", "one skip", "many skips", "long text"],
)
def test_a_full_megabyte_is_refused_at_once(content, raw):
    assert len(raw) <= LARGEST
    begun = time.process_time()
    assert faults_in(raw, content)
    assert time.process_time() - begun < 30  # a comparison of all with all takes minutes
