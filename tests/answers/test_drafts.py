"""A draft is taken up where it was put aside, with the questions of today."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaire.answers.draft import FORMAT, read_draft, write_draft
from questionnaire.answers.jsonfile import LARGEST
from questionnaire.errors import AnswersError
from questionnaire.interview.flow import SKIPPED, next_question, visible

SAID = {"answered_by": "self", "age_group": "18_to_49", "pain_types": ("headache", "back")}


@pytest.fixture
def draft(content):
    """A written draft, as the table it is."""
    return json.loads(write_draft(content, SAID))


def reread(table, content):
    return read_draft(json.dumps(table).encode(), content)


def faults_in(table, content):
    with pytest.raises(AnswersError) as refused:
        reread(table, content)
    return refused.value.faults


def with_changed(content, question_id, **changes):
    """The content with one question changed, as an author would leave it behind."""
    changed = replace(content.question(question_id), digest="another", **changes)
    return replace(
        content,
        questions=tuple(
            changed if question.id == question_id else question for question in content.questions
        ),
    )


def without(content, question_id):
    kept = (question for question in content.questions if question.id != question_id)
    return replace(content, questions=tuple(kept))


def test_a_draft_is_taken_up_as_it_was_put_aside(content):
    read = read_draft(write_draft(content, SAID), content)
    assert (read.said, read.changed, read.removed) == (SAID, (), ())


def test_an_empty_draft_is_a_draft(content):
    assert read_draft(write_draft(content, {}), content).said == {}


def test_the_interview_goes_on_with_the_first_open_question(content):
    read = read_draft(write_draft(content, SAID), content)
    assert next_question(content.questions, read.said) == next_question(content.questions, SAID)


def test_what_was_skipped_stays_skipped_and_what_was_not_reached_is_still_asked(content, baseline):
    del baseline["goals"], baseline["long_term_conditions"]
    read = read_draft(write_draft(content, baseline | {"goals": SKIPPED}), content)
    assert read.said["goals"] is SKIPPED
    assert "notes" not in read.said


def test_a_hidden_answer_is_not_in_the_file(content):
    """The head pain was taken back: what was said of it leaves the person's hands."""
    said = SAID | {"pain_types": ("back",), "painkiller_days": "15_or_more"}
    raw = write_draft(content, said)
    assert b"painkiller_days" not in raw
    assert b"15_or_more" not in raw


def test_a_changed_question_is_asked_again(content):
    raw = write_draft(content, SAID)
    read = read_draft(raw, with_changed(content, "age_group", ask="How old are you?"))
    assert read.changed == ("age_group",)
    assert "age_group" not in read.said
    assert read.said["pain_types"] == SAID["pain_types"]


def test_an_answer_that_a_changed_question_would_refuse_is_no_fault(content):
    """It is asked again anyway."""
    fewer = content.question("pain_types").options[2:]
    changed = with_changed(content, "pain_types", options=fewer)
    read = read_draft(write_draft(content, SAID), changed)
    assert read.changed == ("pain_types",)


def test_a_removed_question_is_dropped(content):
    read = read_draft(write_draft(content, SAID), without(content, "answered_by"))
    assert (read.changed, read.removed) == ((), ("answered_by",))
    assert read.said.keys() == {"age_group", "pain_types"}


def test_a_skip_of_a_removed_or_changed_question_is_dropped_as_well(content, baseline):
    raw = write_draft(content, baseline | {"goals": SKIPPED, "notes": SKIPPED})
    read = read_draft(raw, with_changed(without(content, "goals"), "notes", longest=300))
    assert (read.changed, read.removed) == (("notes",), ("goals",))
    assert not {"goals", "notes"} & read.said.keys()


def test_a_new_question_is_simply_asked(content):
    raw = write_draft(without(content, "age_group"), {"country": "uk", "answered_by": "self"})
    read = read_draft(raw, content)
    assert (read.changed, read.removed) == ((), ())
    assert next_question(content.questions, read.said).id == "age_group"


def test_an_answer_without_a_digest_is_asked_again(content, draft):
    del draft["questions"]["age_group"]
    assert reread(draft, content).changed == ("age_group",)
    draft["questions"]["age_group"] = None
    assert reread(draft, content).changed == ("age_group",)


def test_an_unknown_question_without_a_digest_is_dropped(content, draft):
    draft["answers"]["shoe_size"] = 42
    draft["questions"]["shoe_size"] = None
    assert reread(draft, content).removed == ("shoe_size",)


def test_a_wrong_answer_in_a_draft_is_refused(content, draft):
    draft["answers"] |= {"age_group": "old", "pain_types": ["no_pain", "back"]}
    assert [fault.partition(":")[0] for fault in faults_in(draft, content)] == [
        "age_group",
        "pain_types",
    ]


@pytest.mark.parametrize("part", ["questions", "answers", "skipped"])
@pytest.mark.parametrize("instead", [None, 1, "text", [1]])
def test_a_draft_without_a_part_is_refused(content, draft, part, instead):
    whole = "not a whole draft: it must hold questions, answers and skipped"
    assert faults_in(draft | {part: instead}, content) == (whole,)
    del draft[part]
    assert faults_in(draft, content) == (whole,)


def test_an_answers_file_is_no_draft(content, draft):
    assert faults_in(draft | {"format": "acuscreen-answers/1"}, content) == (
        "format is 'acuscreen-answers/1'; it must be 'acuscreen-draft/1'",
    )


def test_an_unknown_part_of_a_draft_is_refused(content, draft):
    assert faults_in(draft | {"more": 1}, content) == (
        (
            "'more' is no part of the file; "
            "there are: format, content, given, questions, answers, skipped"
        ),
    )


@pytest.mark.parametrize("part", ["answers", "skipped"])
def test_a_full_megabyte_is_read_at_once(content, draft, part):
    names = [str(number) for number in range(80_000)]
    draft[part] = names if part == "skipped" else dict.fromkeys(names, 1)
    raw = json.dumps(draft).encode()
    assert 700_000 < len(raw) <= LARGEST
    begun = time.process_time()
    read = read_draft(raw, content)
    assert time.process_time() - begun < 30  # a comparison of all with all takes minutes
    assert set(names) <= set(read.removed)


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=10)
    | st.sampled_from(["self", "age_group", "goals", "notes", "shoe_size"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["age_group", "pain_types", "goals", "notes", "shoe_size"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def check_read_or_refused(raw, content):
    """Anything else than AnswersError is a traceback, and fails."""
    try:
        read = read_draft(raw, content)
    except AnswersError:
        return
    counting = visible(content.questions, read.said)
    again = read_draft(write_draft(content, read.said), content)
    assert (visible(content.questions, again.said), again.changed) == (counting, ())


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["questions", "answers", "skipped", "content"]), JSON_VALUES)
)
def test_any_json_is_a_draft_or_a_refusal(content, parts):
    whole = {"format": FORMAT, "questions": {}, "answers": {}, "skipped": []}
    check_read_or_refused(json.dumps(whole | parts).encode(), content)


@settings(max_examples=150, deadline=None)
@given(
    answers=st.dictionaries(st.sampled_from(["age_group", "goals", "notes", "name"]), JSON_VALUES)
)
def test_any_answers_with_the_right_digests_are_a_draft_or_a_refusal(content, answers):
    digests = {question.id: question.digest for question in content.questions}
    table = {"format": FORMAT, "questions": digests, "answers": answers, "skipped": []}
    check_read_or_refused(json.dumps(table).encode(), content)


@settings(max_examples=150, deadline=None)
@given(cut=st.integers(0, 5000), length=st.integers(0, 20), put=st.binary(max_size=8))
def test_a_damaged_draft_is_a_draft_or_a_refusal(content, cut, length, put):
    raw = write_draft(content, SAID | {"goals": SKIPPED})
    at = cut % len(raw)
    check_read_or_refused(raw[:at] + put + raw[at + length :], content)
