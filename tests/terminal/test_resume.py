"""A draft taken up days or weeks later: what holds, what is asked again, and what is told."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from people import in_order
from program import lines_for, plainly

from questionnaire.answers.draft import write_draft
from questionnaire.interview.flow import SKIPPED

FIRST = date(2026, 11, 25)
LISTS = ("warning_any", "warning_nerves", "warning_back")


@pytest.fixture
def resumed(content, baseline, tmp_path):
    """The interview on a draft that lacks the last question, so many days later; its answers."""
    person = baseline | {"notes": SKIPPED, "name": SKIPPED}

    def resumed(days, again=(), given=FIRST):
        (tmp_path / "draft.json").write_bytes(write_draft(content, person, given))
        lines = {q.id: line for q, line in zip(asked(), lines_for(content, person), strict=True)}
        typed = [lines[each] for each in again]
        noon = datetime.combine(FIRST + timedelta(days=days), time(12), UTC)
        clock = {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}
        wishes = ("--resume", "draft.json", "--answers", "answers.json", "-o", "report.html")
        done = plainly(tmp_path, [*typed, "1"], *wishes, **clock)
        assert done.returncode == 0, done.stdout + done.stderr
        told = " ".join(done.stdout.split())
        return told, json.loads((tmp_path / "answers.json").read_bytes())

    def asked():
        return [question for question, _ in in_order(content.questions, person)]

    return resumed


def test_the_next_day_nothing_is_told_and_the_day_stays(resumed):
    told, file = resumed(1)
    assert "You gave these answers" not in told
    assert file["given"] == "2026-11-25"


def test_some_days_later_the_day_is_told_and_stays_that_of_the_answers(resumed):
    told, file = resumed(10)
    assert "You gave these answers on 25 November 2026." in told
    assert "asked again" not in told
    assert file["given"] == "2026-11-25"
    assert "These answers were given on 25 November 2026." in told


def test_after_four_weeks_the_signs_are_asked_again(resumed):
    told, file = resumed(29, again=LISTS)
    assert "more than four weeks ago. So the warning signs are asked again." in told
    assert "Do you have any of these now" in told
    assert file["given"] == "2026-12-24"
    assert "These answers were given on" not in told


def test_a_draft_that_tells_no_day_has_its_signs_asked_again(resumed):
    told, file = resumed(0, again=LISTS, given=None)
    assert "These answers do not say when you gave them." in told
    assert file["given"] == "2026-11-25"
