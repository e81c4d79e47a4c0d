"""How much of a report a clinician has reviewed, in its small print."""

from datetime import date

from questionnaire.conclusion.case import case_of
from questionnaire.content.content import read_content
from questionnaire.report.html import TEMPLATES, _environment, to_html
from questionnaire.report.pdf.render import to_pdf
from questionnaire.report.report import compose

TODAY = date(2026, 11, 22)
RULES = {rule.id: rule for rule in read_content().rulebook.rules}


def small_print(content, baseline, **changes):
    report = compose(case_of(content, baseline | changes), today=TODAY)
    text = _environment(TEMPLATES).get_template("parts/reviewed.html").render(report=report)
    return report.reviewed, " ".join(text.split())


def test_a_report_counts_what_a_clinician_has_reviewed(content, baseline):
    reviewed, text = small_print(content, baseline)
    assert (reviewed.here, reviewed.of, reviewed.anywhere) == (0, 2, 0)
    assert text == (
        f"0 of {len(RULES)} rules reviewed by a clinician. Of the 2 behind this report, "
        "2 are not yet reviewed by a clinician."
    )


def test_a_report_says_how_much_of_what_it_says_was_reviewed(sign, baseline):
    content = sign("used_for_back_pain", "diabetes")
    reviewed, text = small_print(content, baseline)
    assert (reviewed.here, reviewed.of, reviewed.anywhere) == (1, 2, 2)
    assert f"2 of {len(RULES)} rules reviewed" in text
    assert "1 is not yet reviewed by a clinician." in text


def test_a_fully_reviewed_report_says_no_more(sign, baseline):
    content = sign("used_for_back_pain", "used_for_chronic_pain")
    assert small_print(content, baseline)[1] == f"2 of {len(RULES)} rules reviewed by a clinician."


def test_a_report_can_still_be_made_where_rules_are_signed(sign, baseline):
    page = to_html(compose(case_of(sign("anticoagulant"), baseline), today=TODAY))
    assert to_pdf(page).startswith(b"%PDF")
