"""When answers were given: a file tells the day, and keeps it."""

import json
from datetime import date, timedelta

import pytest
from answers_files import faults_in, in_file

from questionnaire.answers.draft import read_draft, write_draft
from questionnaire.answers.file import answers_of, read_answers
from questionnaire.answers.given import is_of_another_day, is_old
from questionnaire.errors import AnswersError

DAY = date(2026, 11, 25)


def test_an_answers_file_keeps_the_day(content, baseline):
    assert read_answers(answers_of(content, baseline, DAY), content).given == DAY
    assert json.loads(answers_of(content, baseline, DAY))["given"] == "2026-11-25"


def test_a_file_without_a_day_is_read_as_before_and_tells_none(content, baseline):
    raw = answers_of(content, baseline)
    assert b"given" not in raw
    assert read_answers(raw, content).given is None
    assert read_answers(in_file(baseline), content).given is None


def test_a_draft_keeps_the_day(content):
    said = {"country": "uk"}
    assert read_draft(write_draft(content, said, DAY), content).given == DAY
    assert read_draft(write_draft(content, said), content).given is None


WRONG = [
    *("", "today", "25.11.2026", "2026-11-31", "20261125", "2026-W48-3", "2026-11-25T10:00"),
    *(2026, None, ["2026-11-25"]),
]


@pytest.mark.parametrize("told", WRONG)
def test_what_is_no_day_is_refused_with_the_way_out(content, baseline, told):
    (fault,) = faults_in(in_file(baseline, given=told), content)
    assert fault.startswith("'given' is ")
    assert fault.endswith("it must be a day, such as '2026-11-25', or be left out")
    draft = json.loads(write_draft(content, {"country": "uk"})) | {"given": told}
    with pytest.raises(AnswersError, match="'given' is "):
        read_draft(json.dumps(draft).encode(), content)


@pytest.mark.parametrize(
    ("days", "other", "old"),
    [
        (0, False, False),
        (1, False, False),
        (2, True, False),
        (28, True, False),
        (29, True, True),
        (-1, False, False),
        (-2, True, False),
    ],
)
def test_answers_are_of_another_day_after_one_and_old_after_four_weeks(days, other, old):
    today = DAY + timedelta(days=days)
    assert (is_of_another_day(DAY, today), is_old(DAY, today)) == (other, old)
    assert not is_of_another_day(None, today)
    assert not is_old(None, today)
