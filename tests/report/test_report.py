"""What the report says, in which order, and to whom."""

from dataclasses import replace
from datetime import date
from html import unescape
from re import findall

import pytest
from vignettes import EVERYONE, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.handover.qr import code_for
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.columns import halves, lines_of
from questionnaire.report.html import to_html, to_text
from questionnaire.report.report import compose

TODAY = date(2026, 11, 22)

EVERY_BENEFIT = {
    "pain_types": ("headache", "back", "neck", "joints", "period"),
    "joint_diagnosis": "osteoarthritis",
    "medicine_problems": ("allergy", "side_effects", "not_enough_relief"),
    "sleep_trouble": ("waking_early",),
}
"""All but one of the two that the time since the pain began decides between."""


@pytest.fixture
def report(content, baseline):
    """The report on the baseline person, after these changes."""
    return lambda **changes: compose(case_of(content, baseline | changes), today=TODAY)


@pytest.fixture
def html(report):
    return lambda **changes: unescape(to_html(report(**changes)))


def places(text, *parts):
    """Where each part first stands; ValueError for one that is missing."""
    return [text.index(part) for part in parts]


def test_the_outcome_is_the_first_heading_and_is_followed_by_what_to_do_and_why(content, html):
    page = html(needles=("nervous",))
    outcome = content.rulebook.outcomes["discuss_with_cautions"]
    found = places(page, outcome.title, outcome.next, "because you feel nervous", "at a glance")
    assert page.index("<h1>") < page.index("<h2>")
    assert found == sorted(found)


def test_many_reasons_are_counted_and_three_are_named(content, report, html):
    conditions = ("diabetes", "epilepsy", "implant_or_metalwork", "lymphoedema", "skin_problem")
    because = report(body_conditions=conditions).because
    page = html(body_conditions=conditions)
    why = page[page.index("We say this because") : page.index("at a glance")]
    assert all(clause in why for clause in because[:3])
    assert because[3] not in why
    assert f"for {len(because) - 3} more reasons" in why


def test_the_sections_stand_in_the_order_promised(html):
    page = html(needles=("nervous",), notes="My own words.")
    headings = (
        "at a glance",
        "For you: what the article says, and how sure it is",
        "What the studies have in common",
        "What guidelines say",
        "Your options, side by side",
        "Side effects: out of 100 people",
        "Questions to take along",
        "How to check a practitioner",
        "How it is thought to work",
        "All your answers",
        "What did not come up",
        "About this report",
        "References",
    )
    found = places(page, *headings)
    assert found == sorted(found)


def test_the_box_says_first_what_to_do_then_what_the_person_wrote_hopes_and_feels(html):
    page = html(needles=("nervous",), notes="My own words.", sleep_trouble=("waking_early",))
    rows = ("Ask a doctor", "Leave out", "Know of", "Own words", "Told it is", "Hopes", "Pain")
    found = places(page, *(f"<h3>{each}</h3>" for each in rows), "Average pain", "Trouble with")
    assert found == sorted(found)


def test_the_code_is_the_last_thing_in_the_box(report):
    page = to_html(replace(report(), code=code_for("1234")))
    assert page.index("Trouble with sleep") < page.index("A QR code") < page.index("For you:")


def test_whom_to_ask_and_what_to_leave_out_is_said_even_where_nothing_came_up(content, html):
    page = html()
    box = page[page.index("at a glance") : page.index("Own words") if "Own words" in page else None]
    assert content.rulebook.outcomes["discuss"].talk in box
    assert box.count("Nothing came up.") == 2


@pytest.mark.parametrize(
    "said", [{"metal_allergy": "yes"}, {"pregnancy": "yes"}, {"needles": ("nervous",)}]
)
def test_where_a_point_to_know_of_may_speak_against_something_no_label_says_nothing_came_up(
    html, said
):
    page = html(**said)
    box = page[page.index("at a glance") : page.index("<h3>Hopes</h3>")]
    assert "Nothing came up." not in box
    assert "Look at “Know of” first: a point there may speak against needles." in box
    assert "a point below may say whom to ask as well" in box


def test_what_feet_without_feeling_should_be_spared_stands_beside_leave_out(html):
    page = html(body_conditions=("diabetes",))
    leave_out = page[page.index("<h3>Leave out</h3>") : page.index("<h3>Know of</h3>")]
    assert "If your feet are numb" in leave_out


def test_a_medicine_that_was_ticked_never_stands_below_words_that_nothing_came_up(content, html):
    for option in content.question("current_medicines").options:
        page = html(current_medicines=(option.id,))
        know_of = page[page.index("<h3>Know of</h3>") : page.index("<h3>Hopes</h3>")]
        assert ("Nothing came up." in know_of) == (option.id == "none")


def test_what_several_findings_ask_for_alike_is_told_once(report, html):
    said = {
        "health_conditions": ("weak_immunity", "heart_valve"),
        "current_medicines": ("biologic_or_transplant",),
    }
    alike = report(**said).actions("avoid")
    assert [len(action.because) for action in alike] == [3]
    assert html(**said).count(alike[0].advice) == 1


@pytest.mark.parametrize(
    "sign", [{"warning_any": ("chest_pain",)}, {"warning_any": ("hot_swollen_limb",)}]
)
def test_where_help_comes_first_no_benefit_is_shown_and_we_say_so(content, report, html, sign):
    composed, page = report(**sign), html(**sign)
    assert composed.benefits == ()
    assert composed.withheld
    assert "For you: what the article says" not in page
    benefits = [rule for rule in content.rulebook.rules if rule.kind == "benefit"]
    assert not any(text in page for rule in benefits for text in (rule.says, *rule.evidence))
    assert "Relief without medicines" not in html(medicine_problems=("allergy",), **sign)
    assert "Your options, side by side" not in page
    assert "Why this report is short" in page


def test_the_numbers_are_those_of_the_answer_unless_countries_are_chosen(content, baseline):
    said = baseline | {"warning_any": ("chest_pain",)}
    unsaid = {key: answer for key, answer in said.items() if key != "country"}
    for answers, chosen, numbers in (
        (said, (), ["999"]),
        (said | {"country": "ie"}, (), ["112 or 999"]),
        (said, ("us", "ca"), ["911", "911"]),
        (unsaid, (), [country.emergency for country in content.countries]),
    ):
        composed = compose(case_of(content, answers), today=TODAY, countries=chosen)
        assert [country.emergency for country in composed.countries] == numbers


def test_under_today_the_page_says_whom_to_call(content, html):
    for country in content.countries:
        page = html(warning_any=("hot_swollen_limb",), country=country.id)
        others = {each.same_day for each in content.countries if each.id != country.id}
        assert country.same_day in page
        assert not any(each in page for each in others)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("not_for_this_tool", {"answered_by": "self", "age_group": "under_18"}),
        ("not_for_this_tool", {"age_group": "18_to_49", "pain_types": ("no_pain",)}),
        (
            "emergency",
            {"age_group": "18_to_49", "pain_types": ("back",), "warning_any": ("chest_pain",)},
        ),
    ],
)
def test_whoever_should_stop_here_gets_one_short_page(content, outcome, said):
    report = compose(case_of(content, {"answered_by": "self"} | said), today=TODAY)
    assert report.outcome == outcome
    assert report.brief


def test_an_emergency_after_the_last_question_is_told_in_full(report):
    assert not report(warning_any=("chest_pain",)).brief


def test_a_benefit_says_what_the_article_says_what_was_said_and_what_studies_say(content, html):
    page = html(medicine_problems=("allergy",))
    rule = next(rule for rule in content.rulebook.rules if rule.id == "drug_free")
    label = content.question("medicine_problems").option("allergy").label
    row = page[page.index(content.rulebook.passages["drug_free"].title) :]
    row = row[: row.index("</tr>")]
    found = places(row, rule.says, label, rule.certainty, rule.evidence[0].split(" [")[0])
    assert found == sorted(found)


def test_every_benefit_has_a_row_of_one_table_and_the_article_is_named_in_each(content, html):
    page = html(**EVERY_BENEFIT)
    table = page[page.index('<table class="weighed">') :]
    rows = table[: table.index("</table>")].split('<tr class="line">')[1:]
    assert len(rows) == len([rule for rule in content.rulebook.rules if rule.kind == "benefit"]) - 1
    passages = [each.title for each in content.rulebook.passages.values()]
    assert all(any(f"“{each}”" in row for each in passages) for row in rows)


def test_what_studies_have_in_common_is_said_once(html):
    page = html(**EVERY_BENEFIT)
    assert page.count("made to feel like the real ones") == 1
    assert page.count("What the studies have in common") == 1
    assert page.index("made to feel like the real ones") == page.index("sham needles") + 14
    assert "pretend" not in page.lower()


def test_advice_against_it_stands_beside_advice_for_it(content, html):
    page = html(pain_types=("back", "joints"), joint_diagnosis="osteoarthritis")
    page = page.replace("\N{NO-BREAK SPACE}", " ")
    guidelines = page[page.index("What guidelines say") : page.index("Your options")]
    for rule in content.rulebook.rules:
        if rule.id in {"used_for_back_pain", "used_for_arthritis_pain"}:
            told = [text.split(" [")[0] for text in (*rule.guidelines, rule.against)]
            found = places(guidelines[guidelines.index(rule.title) :], *told)
            assert found == sorted(found)
            assert f"<b>Against it:</b> {told[-1][:20]}" in guidelines


def test_every_kind_of_pain_is_drawn_or_said_not_to_be(content, html):
    """What is drawn is told to whoever cannot see it, too."""
    told = {
        "headache": "headache, on the head",
        "back": "back, from the shoulders",
        "neck": "neck, from the back of the head",
        "joints": "Rings stand for joints:",
        "period": "period pain, low on the tummy",
        "leg_or_arm": "Stripes stand for an arm or a leg:",
        "tummy": "tummy, sides and groin, in front",
        "chest": "chest wall and ribs, in front",
        "face_or_eye": "face, jaw or eye, on the face",
        "all_over": "pain all over, or in many places, by lines",
        "elsewhere": "Pain somewhere else is not drawn.",
    }
    options = content.question("pain_types").options
    assert [each.id for each in options if not each.exclusive] == list(told)
    for pain in told:
        page = html(pain_types=(pain,))
        assert [each for each, words in told.items() if words in page] == [pain]


def test_every_kind_of_pain_has_a_line_that_says_what_it_is(content, html):
    options = content.question("pain_types").options
    lines = set()
    for pain in (each.id for each in options if not each.exclusive):
        page = html(pain_types=(pain,))
        lines.add(findall(r"<b>Your pain.</b>\s*(.*?\.) ", page)[0])
    assert len(lines) == len(options) - 1


def test_only_what_is_ticked_is_marked(html):
    picture = _picture(html(pain_types=("back",)), "The outline of a body")
    assert picture.count("<clipPath") == 1
    assert "<circle stroke" not in picture
    rings = _picture(html(pain_types=("joints",)), "The outline of a body").count("<circle stroke")
    assert rings == 12


def _picture(page, title):
    start = page.index(f"<title>{title}")
    return page[start : page.index("</svg>", start)]


def test_scores_and_nights_stand_on_scales_with_both_ends_in_words(html):
    page = html(sleep_trouble=("not_rested",), sleep_nights=3, pain_average=7)
    for name, number, highest, low, high in (
        ("Average pain", 7, 10, "no pain", "the worst pain you can think of"),
        ("Bad nights a week", 3, 7, "no night", "every night"),
    ):
        start = page.index(f"On a scale from 0 to {highest}: {number}.")
        before, after = page[:start][-300:], page[start:][:1500]
        assert name in before
        assert f"<b>{number}</b> of {highest}" in before
        assert f"{low}</p>" in before
        assert f">{high}</p>" in after


def test_the_code_says_what_it_holds_and_leaves_out(report):
    page = to_html(replace(report(), code=code_for("1234")))
    assert "no name, no own words" in page
    assert 'viewBox="-4 -4 29 29" width="48.33mm"' in page, (
        "35 mm a side, and four modules round it"
    )
    assert "QR" not in to_html(report())


def test_a_note_stands_with_its_benefit(html):
    page = html(pain_checked="yes_no_cause")
    found = places(page, "<b>Pain that lasts.</b>", "<b>For you:</b>", "<b>Back pain.</b>")
    assert found == sorted(found)


def test_an_answer_from_a_branch_that_no_longer_applies_stands_nowhere(content, html):
    label = content.question("painkiller_days").option("15_or_more").label
    assert label not in html(painkiller_days="15_or_more")


def test_what_was_skipped_is_listed_as_not_said(html):
    page = html(goals=SKIPPED)
    row = page[page.index("<td>Hopes</td>") :][:80]
    assert "I preferred not to say" in row


def test_what_was_typed_is_printed_as_typed_and_never_as_html(report):
    typed = "<script>alert(1)</script> & “so”\n{{ 7 * 7 }}"
    page = to_html(report(notes=typed, name="<b>Ada</b>"))
    assert "<script" not in page
    assert "<b>Ada" not in page
    assert typed in unescape(page)


def test_works_are_numbered_by_first_use_and_only_what_is_cited_is_listed(content, html):
    page = html()
    text, listed = page.split("<h2>References</h2>")
    cited = [source for source in content.rulebook.sources.values() if source.cite in listed]
    assert 0 < len(cited) < len(content.rulebook.sources)
    marks = [int(number) for mark in _marks(text) for number in mark if number != "†"]
    assert list(dict.fromkeys(marks)) == sorted(set(marks))
    assert max(marks) == len(findall(r"\[\d+\]\xa0", listed))
    assert "MEM" not in page


def _marks(text):
    return [
        mark.replace("\N{NO-BREAK SPACE}", "").split(",")
        for mark in findall(r"\[([\d†,\xa0]+)\]", text)
    ]


def test_second_hand_knowledge_is_marked(content, html):
    listed = html().split("<h2>References</h2>")[1]
    for source in content.rulebook.sources.values():
        if source.seen == "second hand" and source.cite in listed:
            assert f"{source.cite} ‡" in listed


def test_the_report_names_its_version_and_its_dates(content, html):
    page = html()
    assert content.version in page
    assert content.sha256[:12] in page
    assert "22\N{NO-BREAK SPACE}November 2026" in page
    assert "25\N{NO-BREAK SPACE}November 2027" in page
    assert "No clinician has checked this content yet" in page


@pytest.mark.parametrize(
    "banned", ["suitable", "safe for you", "cure", "will help", "None", "Undefined"]
)
def test_no_report_judges_or_promises(html, banned):
    page = html(pain_types=("headache", "back", "neck", "joints", "period"))
    visible = page[page.index("<body") :].replace("None of these", "")
    assert banned not in visible


@pytest.mark.parametrize("width", [30, 40, 80])
def test_the_summary_fits_the_terminal(report, width):
    text = to_text(report(warning_any=("chest_pain",), notes="x"), width)
    assert max(map(len, text.splitlines())) <= width


def test_the_summary_says_what_to_do_why_and_what_to_share(content, report):
    text = " ".join(to_text(report(needles=("nervous",)), 80).split())
    outcome = content.rulebook.outcomes["discuss_with_cautions"]
    rule = next(rule for rule in content.rulebook.rules if rule.id == "needles_nervous")
    found = places(
        text,
        outcome.title,
        outcome.next,
        rule.because,
        rule.advice,
        "Back pain, because",
        outcome.talk,
    )
    assert found == sorted(found)


def test_the_summary_kindly_leaves_benefits_out_where_help_comes_first(report):
    text = to_text(report(warning_any=("chest_pain",)), 80)
    assert "999" in text
    assert "left out for now" in text
    assert "How sure is it?" not in text


@pytest.mark.parametrize("who", EVERYONE)
def test_all_answers_stand_in_two_columns_of_about_the_same_height(content, who):
    """But for the one answer between them, which goes to one of the two."""
    replies = list(
        compose(case_of(content, answers_of(who, content)), today=TODAY).replies.values()
    )
    one, other = halves(replies)
    assert [*one, *other] == replies
    height, its_last = map(sum, (map(lines_of, one), map(lines_of, one[-1:])))
    its_first = sum(map(lines_of, other[:1]))
    assert height - its_last <= sum(map(lines_of, other)) <= height + its_first + its_last
