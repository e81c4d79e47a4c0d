"""What is printed while the person still answers is what would be printed afterwards."""

from threading import Event

from vignettes import TODAY, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.interview.flow import record
from questionnaire.report import documents as telling
from questionnaire.report.settings import Settings
from questionnaire.terminal.prerender import Ahead

SETTINGS = Settings(TODAY)


def test_the_report_that_was_begun_is_the_one_that_would_be_made(content):
    said = answers_of("today", content)
    begun = Ahead(content, SETTINGS)
    begun.begin(None)
    begun.begin(said)
    assert begun.report(case_of(content, said)) == telling.to_pdf(case_of(content, said), SETTINGS)


def test_answers_that_have_changed_since_get_no_report_from_before(content):
    begun = Ahead(content, SETTINGS)
    begun.begin(answers_of("today", content))
    assert begun.report(case_of(content, answers_of("emergency", content))) == b""


def test_nobody_waits_for_a_report_that_is_no_longer_wanted(content, monkeypatch):
    """Of those on nobody the one in hand is finished, and no other begun."""
    printed, all_answered = [], Event()

    def to_pdf(case, _, *, on_nobody=False):
        if on_nobody:
            all_answered.wait(60)
        printed.append("nobody" if on_nobody else case.record.said)
        return b"a report"

    monkeypatch.setattr(telling, "to_pdf", to_pdf)
    said = answers_of("today", content)
    begun = Ahead(content, SETTINGS)
    begun.begin(None)
    begun.begin(answers_of("emergency", content))
    begun.begin(said)
    all_answered.set()
    assert begun.report(case_of(content, said)) == b"a report"
    assert printed == ["nobody", record(content.questions, said).said]


def test_what_fails_beside_the_questions_stays_silent_until_it_is_asked_for(
    content, monkeypatch, capfd
):
    def fail(*_):
        raise OSError("no room")

    monkeypatch.setattr(telling, "to_pdf", fail)
    begun = Ahead(content, SETTINGS)
    begun.begin(None)
    assert begun.report(case_of(content, {})) == b""
    assert capfd.readouterr() == ("", "")
