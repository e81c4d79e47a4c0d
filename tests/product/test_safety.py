"""Controls of HAZARDS.md that no other test proves."""

import io
import re
import sys
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from people import in_order, line_for
from PIL import ImageChops

from questionnaire.cli.main import main
from questionnaire.conclusion.case import case_of
from questionnaire.content.content import ROOT
from questionnaire.interview.alarm import alarm_of, in_lines
from questionnaire.interview.conversation import Ask
from questionnaire.interview.flow import NOT_ASKED, progress, relevant
from questionnaire.report.html import to_html, to_text
from questionnaire.report.pdf.render import to_pdf
from questionnaire.report.report import compose
from questionnaire.terminal.plain import Plain
from questionnaire.terminal.session import Session
from rules._condition import AtLeast, Below

TODAY = date(2026, 11, 22)
PEOPLE = {
    "not_for_this_tool": {"age_group": "under_18"},
    "emergency": {"warning_any": ("chest_pain",)},
    "today": {"warning_any": ("fever_or_very_unwell",)},
    "doctor_first": {"current_medicines": ("anticoagulant",)},
    "discuss_with_cautions": {"needles": ("nervous",)},
    "discuss": {},
}

MOST_BEFORE_WARNINGS = 14
STOPPED = ("country", "answered_by", "age_group", "pain_types", "warning_any")


@pytest.fixture
def report(content, baseline):
    """The report on the baseline person, after these changes."""
    return lambda **changes: compose(case_of(content, baseline | changes), today=TODAY)


@pytest.fixture
def rule(content):
    rules = {rule.id: rule for rule in content.rulebook.rules}
    return rules.__getitem__


def visible_text(page):
    body = page[page.index("<body") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


# Medicines


CHANGES = re.compile(
    r"\b(stop\w*|skip\w*|quit\w*|pause\w*|halve\w*|reduce\w*|lower\w*|replac\w*|instead of"
    r"|come off|give up|cut down|leave off|do without|take fewer|take less|change a medicine)\b",
    re.IGNORECASE,
)

REFUSED = re.compile(
    r"(do not|never|not to|is never) (stop|skip|change)"
    r"|stop or change a medicine (without asking|because)|never skip"
    r"|tells you to stop a medicine|stop a prescribed medicine before you have asked"
    r"|are not stopped all at once|to take less, ask whoever gave it to you"
)

OF_OTHER_THINGS = {
    "a joint that has been replaced": r"\breplaced\b",
    "the end of the questions": r"\b(stop here|q (to )?stops?|stopped\.|you stop|stop and go on)",
    "a needle, or the visits": r"\b(say stop|would stop if|when do we stop|not to stop one)",
    "bleeding, where it is said why": r"hard to see and to stop",
    "a wish of the person's own": r"\bwould like to take (fewer|less)\b",
    "a bladder": r"\bpeeing \(you cannot, it is hard to start or stop",
    "a plan, told to the reviewer only": r"^stopping needs a plan",
    "what a medicine does, told to the reviewer only": r"^cancer treatment can lower",
}


def sentences(text):
    return re.split(r"(?<=[.!?:])\s+", " ".join(text.split()))


def printed(content):
    """Everything that our content and templates can say to a person."""
    for rule in content.rulebook.rules:
        yield from (rule.says, rule.because, rule.advice, rule.against, *rule.evidence)
    for outcome in content.rulebook.outcomes.values():
        yield from (outcome.title, outcome.next, outcome.talk)
    for question in content.questions:
        yield from (question.ask, question.help, *(option.label for option in question.options))
    yield from content.words.values()
    yield from map(str, content.rulebook.about.values())
    for path in sorted((ROOT / "report_templates").glob("**/*.html")):
        yield re.sub(r"<[^>]+>|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text("utf-8"))


def test_no_printed_text_says_to_stop_or_change_a_medicine(content):
    """Each sentence with such a word says not to, or is about something that is known."""
    known = "|".join(OF_OTHER_THINGS.values())
    doubtful = {
        sentence
        for text in printed(content)
        for sentence in sentences(text)
        if CHANGES.search(sentence)
        and not REFUSED.search(sentence.lower())
        and not re.search(known, sentence.lower())
    }
    assert doubtful == set()


@pytest.mark.parametrize(
    ("rule_id", "says"),
    [
        ("anticoagulant", "Never stop it, and never skip a dose"),
        ("antiplatelet", "Keep taking it as you were told"),
        ("immune_tablets", "Do not stop it"),
        ("biologic_or_transplant", "Do not stop it or skip a dose"),
        ("strong_medicines", "Never stop these suddenly"),
        ("current_medicines_unsure", "Do not stop any of them"),
        ("recent_heart_attack_or_stroke", "Keep taking all your medicines"),
        ("painkillers_15_or_more", "Do not stop a prescribed medicine before you have asked"),
        ("inflammatory_joints", "keep your medicines"),
        ("drug_free", "do not stop or change a medicine without asking"),
    ],
)
def test_where_a_medicine_is_spoken_of_the_advice_is_to_keep_it(rule, rule_id, says):
    assert says in " ".join(rule(rule_id).advice.split())


def test_whoever_takes_a_blood_thinner_reads_on_paper_never_to_stop_it(report):
    page = visible_text(to_html(report(current_medicines=("anticoagulant",))))
    assert "Never stop it, and never skip a dose, to have acupuncture." in page


def test_the_questions_on_medicines_say_not_to_stop_them(content):
    assert "Never stop or change a medicine" in content.question("medicine_problems").help
    assert "Keep taking them" in content.question("current_medicines").help


# What every report says


@pytest.mark.parametrize("outcome", PEOPLE)
def test_every_report_says_what_it_is_not(content, baseline, outcome):
    """No emergency service, no prescription, no verdict; nobody has reviewed it."""
    composed = compose(case_of(content, baseline | PEOPLE[outcome]), today=TODAY)
    page = visible_text(to_html(composed))
    assert composed.outcome == outcome
    for said in (
        "Do not use it in an emergency.",
        "Do not stop or change a medicine because of it.",
        "or decide if acupuncture is right for you.",
        "It does not take the place of medical advice.",
        "It has not been reviewed by any regulator.",
        content.version,
    ):
        assert said in page


def test_the_short_page_for_an_emergency_says_so_too(content, baseline):
    said = {key: (baseline | PEOPLE["emergency"])[key] for key in STOPPED}
    composed = compose(case_of(content, said), today=TODAY)
    page = visible_text(to_html(composed))
    assert composed.brief
    assert "Do not use it in an emergency." in page
    assert "999" in page


@pytest.mark.parametrize("outcome", PEOPLE)
def test_no_report_says_to_have_acupuncture_or_not_to(content, baseline, outcome):
    page = visible_text(to_html(compose(case_of(content, baseline | PEOPLE[outcome]), today=TODAY)))
    assert not re.search(
        r"you (should|must|can|may) (not )?(have|try|get|book) acupuncture|go ahead|recommend",
        page,
        re.IGNORECASE,
    )


@pytest.mark.parametrize("outcome", PEOPLE)
def test_every_report_sends_to_a_person(content, outcome):
    """In an emergency to those who come, and to nobody who would compete with them."""
    text = content.rulebook.outcomes[outcome]
    said = " ".join(f"{text.next} {text.talk}".split())
    assert ("qualified practitioner" in said) is (outcome != "emergency")
    assert outcome != "emergency" or "Call the emergency number" in said


@pytest.mark.parametrize("outcome", ["discuss_with_cautions", "discuss"])
def test_where_nothing_was_found_no_list_is_said_to_be_complete(content, baseline, outcome):
    composed = compose(case_of(content, baseline | PEOPLE[outcome]), today=TODAY)
    for text in (visible_text(to_html(composed)), " ".join(to_text(composed, 80).split())):
        assert "Nothing you ticked says to see a doctor first." in text
        assert "no list is complete, and nobody has read what you wrote: show it" in text


# One person at a time


def test_two_reports_in_one_process_share_nothing(content, baseline):
    """And the first, made again, is as it was."""
    ada = baseline | {
        "name": "Ada Bell",
        "notes": "Will it hurt my hip?",
        "needles": ("strong_fear",),
        "body_conditions": ("epilepsy", "diabetes"),
        "warning_any": ("night_pain",),
    }
    bob = baseline | {"pain_types": ("neck",), "name": "Bob Cole"}

    def page(said):
        return to_html(compose(case_of(content, said), today=TODAY))

    alone = page(bob)
    first, second, again = page(ada), page(bob), page(ada)
    assert second == alone
    assert again == first
    for of_ada in ("Ada Bell", "Will it hurt", "strong fear", "Epilepsy", "night"):
        assert of_ada not in second
    assert to_pdf(second) == to_pdf(alone)


def types(monkeypatch, lines):
    raw = "".join(f"{line}\n" for line in lines).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(BytesIO(raw)))


def text_of(path):
    return " ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path))


def test_the_next_person_at_the_desk_starts_afresh_and_gets_a_file_of_their_own(
    content, baseline, monkeypatch, tmp_path, capsys
):
    monkeypatch.chdir(tmp_path)
    for name in ("Ada Bell", "Bob Cole"):
        said = in_order(content.questions, baseline | {"name": name})
        types(monkeypatch, [*(line_for(*each) for each in said), "1", "1"])
        assert main(["--plain"]) == 0
    first, second = Path("acupuncture-report.pdf"), Path("acupuncture-report-2.pdf")
    assert "Ada Bell" in text_of(first)
    assert "Bob" not in text_of(first)
    assert "Bob Cole" in text_of(second)
    assert "Ada" not in text_of(second)
    assert "Your answer so far" not in capsys.readouterr().out


def test_two_sessions_share_no_answers(content):
    first, second = (Session(content, None, None, None) for _ in range(2))
    assert first.said == second.said == {}
    assert first.said is not second.said


@pytest.mark.parametrize("who", ["helper", "staff"])
def test_page_one_says_who_filled_it_in(content, report, who):
    label = content.question("answered_by").option(who).label.split(" (")[0]
    first = pdfium.PdfDocument(to_pdf(to_html(report(answered_by=who))))[0]
    assert label in " ".join(first.get_textpage().get_text_range().split())


def test_you_is_explained_before_any_question_on_health(content):
    third = content.questions[2]
    assert third.id == "age_group"
    assert "“you” means the person in pain" in third.help


# Scales


def test_no_scale_decides_whom_to_talk_to_first(content):
    """A scale read the wrong way round can change a benefit, and never an outcome."""
    rules = [
        rule
        for rule in content.rulebook.rules
        if any(isinstance(comparison, Below | AtLeast) for comparison in rule.when.comparisons())
    ]
    assert {rule.kind for rule in rules} == {"benefit"}


def test_both_ends_of_every_scale_are_said_where_it_is_asked(content, baseline, capsys):
    for question in content.questions:
        if question.kind != "scale":
            continue
        said = baseline | {"sleep_trouble": ("not_rested",)}
        place = progress(content.questions, said, question)
        monitor = Plain(content.words)
        monitor._print_question(Ask(question, place, NOT_ASKED, first=False))
        asked = " ".join(capsys.readouterr().out.split())
        assert f"{question.lowest} ({question.low})" in asked
        assert f"{question.highest} ({question.high})" in asked


def test_on_paper_the_scale_that_runs_the_other_way_says_so(report):
    page = visible_text(to_html(report(sleep_quality=2)))
    assert "Sleep, past week 2 of 10 very badly On a scale from 0 to 10: 2. very well" in page


# Emergencies


def test_before_the_first_question_it_says_not_to_use_it_in_an_emergency(content):
    assert (
        "Do not use this in an emergency: call your emergency number." in content.words["welcome"]
    )


def test_every_warning_sign_is_asked_before_treatments_benefits_and_hopes(content, baseline):
    kinds = [each for each in content.question("pain_types").options if not each.exclusive]
    everything = {"pain_types": tuple(each.id for each in kinds), "pregnancy": "yes"}
    asked = [question.id for question in relevant(content.questions, baseline | everything)]
    warnings = [each for each in asked if each.startswith("warning_")]
    late = [each for each in warnings if asked.index(each) > asked.index("medicine_problems")]
    assert late == []
    assert len(warnings) == 10
    assert asked.index("warning_any") <= MOST_BEFORE_WARNINGS


def test_no_list_of_warning_signs_can_be_passed_over(content):
    lists = [each for each in content.questions if each.id.startswith("warning_")]
    assert len(lists) == 10
    for question in lists:
        assert not question.optional
        assert [option.id for option in question.options if option.exclusive] == ["none"]
        assert [option.id for option in question.options[-2:]] == ["none", "unsure"]


@pytest.mark.parametrize("outcome", ["emergency", "today"])
def test_each_number_stands_beside_its_country(content, report, outcome):
    """For 111 is the emergency number in New Zealand, and urgent advice in England."""
    for country in content.countries:
        composed = report(country=country.id, **PEOPLE[outcome])
        page, gist = visible_text(to_html(composed)), " ".join(to_text(composed, 80).split())
        number = country.emergency
        assert re.search(f"{number} [(]?{country.name}|{country.name}: [^.;]*{number}", page)
        assert re.search(f"{number} [(]{country.name}[)]|{country.name}: .*{number}", gist)


def test_a_person_with_thoughts_of_self_harm_is_answered_at_once_and_kindly(content, report):
    composed = report(warning_any=("self_harm_thoughts",))
    said = {"country": "uk", "pain_types": ("back",), "warning_any": ("self_harm_thoughts",)}
    alarm = alarm_of(content, content.conclude(said), (), answers=said)
    at_once = in_lines(alarm, content.words)
    for text in (at_once, visible_text(to_html(composed)), to_text(composed, 80)):
        words = " ".join(text.split())
        assert words.startswith("Thank you for telling us.")
        kind, talk = words.index("You are not alone with this."), words.index("Please talk to")
        assert kind < talk < words.index("Samaritans: 116 123") < words.index("999")
        assert "acupuncture" not in words.lower()


@pytest.mark.parametrize(
    "rule_id", ["weight_loss_or_night_sweats", "night_pain", "past_cancer_new_pain"]
)
def test_a_sign_that_a_source_ranks_higher_with_back_pain_says_so(rule, rule_id):
    """The outcome says doctor first; advice on back pain says urgently, and so does the advice."""
    assert rule(rule_id).level == "doctor_first"
    assert "If your back hurts, ask to be seen urgently." in " ".join(rule(rule_id).advice.split())


@pytest.mark.parametrize(
    ("rule_id", "says"),
    [
        ("clumsy_hands_or_walking", "If it came on fast"),
        ("hot_swollen_limb", "short of breath or have chest pain, call the emergency number"),
        ("scalp_jaw_vision", "If you lose any sight, call the emergency number"),
        ("quickly_worse", "If it gets very bad, or you faint, call the emergency number"),
        ("fever_or_very_unwell", "If you get worse while you wait, call the emergency number"),
        ("weaker_leg", "go to an emergency department"),
        ("sudden_hot_joint", "If no one can see you today, go to an emergency department"),
        ("recent_head_injury", "call the emergency number"),
        ("pregnancy_new_pain", "call the emergency number"),
    ],
)
def test_a_lesser_sign_says_when_it_becomes_an_emergency(rule, rule_id, says):
    assert says in " ".join(rule(rule_id).advice.split())


# Paper


@pytest.mark.parametrize("outcome", PEOPLE)
def test_nothing_is_lost_in_black_and_white(report, outcome):
    """There is no colour on any page, so that none can mean anything."""
    for page in pdfium.PdfDocument(to_pdf(to_html(report(**PEOPLE[outcome])))):
        red, green, blue = page.render(scale=1).to_pil().convert("RGB").split()
        assert ImageChops.difference(red, green).getbbox() is None
        assert ImageChops.difference(green, blue).getbbox() is None


def test_a_report_holds_nothing_that_runs_or_calls_out(report):
    with pikepdf.open(BytesIO(to_pdf(to_html(report())))) as file:
        keys = {
            key for each in file.objects if isinstance(each, pikepdf.Dictionary) for key in each
        }
    assert not keys & {"/JS", "/JavaScript", "/URI", "/AA", "/EmbeddedFiles", "/Launch"}


def test_a_report_says_nothing_of_the_person_in_its_properties(report):
    with pikepdf.open(BytesIO(to_pdf(to_html(report(name="Ada Bell", notes="my hip"))))) as file:
        properties = " ".join(map(str, file.docinfo.values()))
        properties += str(file.Root.Metadata.read_bytes())
    assert "Ada" not in properties
    assert "hip" not in properties


@pytest.mark.parametrize("age", ["18_to_49", "under_18"])
def test_a_report_past_its_review_date_says_so_on_paper_and_on_screen(content, baseline, age):
    review = content.rulebook.about["next_review"]
    said = baseline | {"age_group": age}
    for told, day in ((False, review), (True, review + timedelta(days=1))):
        report = compose(case_of(content, said), today=day)
        for text in (visible_text(to_html(report)), " ".join(to_text(report, 78).split())):
            assert ("Advice may have changed since" in text) is told
