"""One person's case: worked out once, and what counts of all that was said."""

import pytest
from vignettes import BRIEF, ODD, PEOPLE, TODAY, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.conclusion.explain import not_mentioned
from questionnaire.content.content import Content
from questionnaire.handover.attachments import carried_by
from questionnaire.handover.payload import pack
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.documents import to_page, to_pdf, to_text
from questionnaire.report.settings import Settings


@pytest.fixture
def concluded(monkeypatch):
    """Every conclusion that is drawn meanwhile."""
    drawn, conclude = [], Content.conclude
    monkeypatch.setattr(
        Content, "conclude", lambda content, facts: drawn.append(facts) or conclude(content, facts)
    )
    return drawn


@pytest.mark.parametrize("who", [*PEOPLE, *BRIEF, *ODD])
def test_whatever_is_told_of_a_case_is_concluded_once(content, concluded, who):
    case = case_of(content, answers_of(who, content))
    settings = Settings(TODAY)
    to_text(case, settings, 80)
    to_page(case, settings)
    carried_by(case)
    not_mentioned(case)
    pack(content, case.record)
    assert concluded == [case.record.facts]


def test_a_pdf_concludes_no_more(content, concluded):
    to_pdf(case_of(content, answers_of("under 18", content)), Settings(TODAY))
    assert len(concluded) == 1


def test_a_case_holds_nothing_that_no_longer_counts(content, baseline):
    said = baseline | {"warning_neck": ("major_injury",), "notes": SKIPPED}
    case = case_of(content, said)
    assert "warning_neck" not in case.record.said
    assert case.record.said["notes"] is SKIPPED
    assert case.conclusion.outcome == "discuss"
