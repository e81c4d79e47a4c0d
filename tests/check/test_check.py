"""`acuscreen check`: our content has no flaw, and each kind of flaw is told in a line."""

import json
import shutil

import pytest

from questionnaire.answers.file import read_answers
from questionnaire.check.edition import read_edition
from questionnaire.check.proof.space import space_of
from questionnaire.check.properties.properties import PROPERTIES
from questionnaire.check.readability import grade
from questionnaire.check.run import flaws
from questionnaire.check.structure import STRUCTURE
from questionnaire.check.wording import WORDING
from questionnaire.cli.main import main
from questionnaire.content.content import ROOT, read_content
from questionnaire.interview.flow import facts


@pytest.fixture(scope="module")
def edition():
    return read_edition()


@pytest.mark.parametrize("claim", [*STRUCTURE, *WORDING])
def test_our_content_has_no_flaw(edition, claim):
    assert [flaw.line for flaw in (STRUCTURE | WORDING)[claim](edition)] == []


@pytest.mark.parametrize("claim", PROPERTIES)
def test_every_property_is_proved_of_our_content(edition, claim):
    space = space_of(edition.content)
    assert [flaw.line for flaw in PROPERTIES[claim](space, edition.promises)] == []


@pytest.fixture
def copy(copy):
    """With the pages, whose wording is checked as well."""
    shutil.copytree(ROOT / "report_templates", copy / "report_templates")
    return copy


RULES, ASKED, PROMISES = "rules", "questionnaire/questions", "questionnaire/promises.toml"
EXCEPTED = "questionnaire/exceptions.toml"

FAULTS = {
    "a question that is not there": (
        f"{RULES}/doctor_first.toml",
        'pain_change = "new_or_changed"',
        'pain_changed = "new_or_changed"',
        "rules/doctor_first.toml: rule 'pain_new_or_changed': there is no question 'pain_changed'",
    ),
    "an option that is not there": (
        f"{RULES}/warning_any.toml",
        'warning_any = "chest_pain"',
        'warning_any = "chest"',
        "rules/warning_any.toml: rule 'chest_pain': question 'warning_any' has no option 'chest'; ",
    ),
    "a number compared with a word": (
        f"{RULES}/needles.toml",
        'needles = "nervous"',
        "needles = { below = 4 }",
        (
            "rules/needles.toml: rule 'needles_nervous': "
            "'needles' is no number, and is compared with one; name its options."
        ),
    ),
    "a source that nothing cites": (
        f"{RULES}/sources.toml",
        "[E1]\n",
        '[E0]\ncite = "X"\nseen = "read"\nchecked = 2026-11-22\n\n[E1]\n',
        "rules/sources.toml: source 'E0': nothing cites it; cite it, or take it out.",
    ),
    "a source that nobody looked at": (
        f"{RULES}/sources.toml",
        "checked = 2026-11-22",
        "checked = 2024-11-21",
        (
            "rules/sources.toml: source 'article': it was checked on 2024-11-21, "
            "the content is of 2026-11-25; look at it again, and mend 'checked'."
        ),
    ),
    "hard words": (
        f"{ASKED}/1_start.toml",
        "From here on",
        "Notwithstanding heterogeneous circumstances necessitating individualised consideration "
        * 3,
        "questionnaire/questions/1_start.toml: it reads at grade ",
    ),
    "a promise": (
        f"{RULES}/bleeding.toml",
        'advice  = """',
        'advice  = """This will help. ',
        "rules/bleeding.toml: it says 'will help' in ",
    ),
    "a long label": (
        f"{ASKED}/6_needles.toml",
        '"Epilepsy or fits"',
        f'"{"Epilepsy or fits " * 12}"',
        (
            "questionnaire/questions/6_needles.toml: question 'body_conditions': "
            "'epilepsy' takes 6 lines on 40 columns; shorten it to 5 lines."
        ),
    ),
    "no label": (
        f"{ASKED}/6_needles.toml",
        '"Epilepsy or fits"',
        '" "',
        (
            "questionnaire/questions/6_needles.toml: question 'body_conditions': "
            "its label of 'epilepsy' is empty; write it."
        ),
    ),
    "a missing word": (
        "questionnaire/words.toml",
        "go_back =",
        "go_back_again =",
        "questionnaire/words.toml: 'go_back': it is missing; add it.",
    ),
    "a question that serves nothing": (
        "questionnaire/exceptions.toml",
        "answered_by      =",
        "# answered_by      =",
        (
            "questionnaire/questions/1_start.toml: question 'answered_by': it "
            "serves nothing; write a "
            "rule on it, or list it in questionnaire/exceptions.toml under [for_the_practitioner]."
        ),
    ),
    "options that nothing tells apart": (
        "questionnaire/exceptions.toml",
        "sleep_pain_link      =",
        "# sleep_pain_link      =",
        (
            "questionnaire/questions/5_sleep.toml: question 'sleep_pain_link': nothing asks for "
            "these options, or tells them apart: no, unsure, yes; write a rule, join them, or list "
            "them in questionnaire/exceptions.toml under [alike]."
        ),
    ),
    "an option that alone asks for nothing": (
        "questionnaire/exceptions.toml",
        'pain_change          = [["same_as_usual"]]',
        "",
        (
            "questionnaire/questions/2_pain.toml: question 'pain_change': nothing asks for "
            "these options, or tells them apart: same_as_usual; write a rule, join them, or list "
            "them in questionnaire/exceptions.toml under [alike]."
        ),
    ),
    "a milder tier": (
        f"{RULES}/warning_neck.toml",
        '"emergency"',
        '"today"',
        (
            "rules/warning_neck.toml: warning_neck = major_injury: it must lead "
            "to a warning of level "
            "'emergency', and rule 'major_injury' has level 'today'; mend or "
            "write the rule, or take "
            f"the answer out of {PROMISES} under [warning.emergency]. "
            "Shown by: pain_types = neck, warning_neck = major_injury."
        ),
    ),
    "a rule too wide": (
        f"{RULES}/bleeding.toml",
        '{ current_medicines = "antiplatelet" }',
        '{ current_medicines = ["antiplatelet", "chemotherapy"] }',
        (
            "rules/bleeding.toml: rule 'antiplatelet': it is a caution of level "
            "'tell' for people of "
            f"whom {PROMISES} promises none; mend its 'when' or its level, or add the answer there "
            "under [caution.tell]. Shown by: current_medicines = chemotherapy."
        ),
    ),
    "a rule too narrow": (
        f"{RULES}/doctor_first.toml",
        'pain_checked = ["no", "unsure"]',
        'pain_checked = "no"',
        (
            "rules/doctor_first.toml: pain_checked = unsure: it must lead to a "
            "reason to see a doctor "
            "first, and no rule says so; mend or write the rule, or "
            f"take the answer out of {PROMISES} under [doctor_first]. Shown by: "
            f"anyone."
        ),
    ),
    "a benefit on what is not sure": (
        f"{RULES}/benefits_article.toml",
        '{ long_term_conditions = "yes" }',
        '{ long_term_conditions = ["yes", "unsure"] }',
        (
            "rules/benefits_article.toml: rule 'personalised': it is the benefit "
            "'personalised' for "
            f"people of whom {PROMISES} promises none; mend its 'when' or its level, or add the "
            "answer there under [benefit.personalised]. Shown by: long_term_conditions = unsure."
        ),
    ),
    "a branch dropped": (
        f"{ASKED}/3_warning_signs.toml",
        'when      = { pain_types = "neck" }\n',
        "",
        (
            "questionnaire/questions/3_warning_signs.toml: question 'warning_neck': people whom it "
            f"does not concern are asked; mend its 'when', or {PROMISES} under [asked]. "
            "Shown by: anyone."
        ),
    ),
    "an ending dropped": (
        f"{ASKED}/1_start.toml",
        'ends  = ["under_18"]\n',
        "",
        (
            "rules/scope.toml: endings: people whom this is not for are asked on; give the option "
            "'ends' in its question, and a rule of kind 'ending', or neither. "
            "Shown by: age_group = under_18."
        ),
    ),
    "none beside other options": (
        f"{ASKED}/3_warning_signs.toml",
        'exclusive = ["none"]\n',
        "",
        (
            "questionnaire/questions/3_warning_signs.toml: question "
            "'warning_any': 'none' may stand "
            f"beside other options, and {PROMISES} says otherwise; mend "
            f"'exclusive', or 'alone' there."
        ),
    ),
}


SLOW = ("a rule too wide", "a rule too narrow", "a benefit on what is not sure", "a branch dropped")
"""Found by the proofs that take longest; their like is found in every run."""


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        pytest.param(*fault, id=name, marks=pytest.mark.exhaustive if name in SLOW else ())
        for name, fault in FAULTS.items()
    ],
)
def test_each_kind_of_fault_is_reported_in_one_line(copy, change, file, old, new, line):
    change(file, old, new)
    found = (flaw.line for flaw in flaws(read_edition(copy)))
    assert any(each.startswith(line) for each in found)


@pytest.mark.exhaustive
def test_the_same_rule_under_another_name_is_reported(copy):
    path = copy / "rules/bleeding.toml"
    text = path.read_text("utf-8")
    again = text[text.index("[antiplatelet]") : text.index("[liver_disease]")]
    path.write_text(text + again.replace("[antiplatelet]", "[aspirin]"), "utf-8")
    (flaw,) = flaws(read_edition(copy))
    assert flaw.line == (
        "rules/bleeding.toml: rule 'aspirin': it finds the same answer as 'antiplatelet' "
        "(rules/bleeding.toml); mend the 'when' of one, or keep one of the two. "
        "Shown by: current_medicines = antiplatelet."
    )


@pytest.mark.exhaustive
def test_with_nothing_wrong_the_command_tells_what_was_proved(capsys):
    assert main(["check"]) == 0
    told = capsys.readouterr().out
    assert all(f"  {claim}.\n" in told for claim in (*STRUCTURE, *WORDING, *PROPERTIES))


@pytest.mark.exhaustive
def test_a_flaw_ends_the_command_with_1_and_its_patient_can_be_run(copy, change, tmp_path, capsys):
    change("rules/warning_back.toml", '"emergency"', '"doctor_first"')
    examples = tmp_path / "examples"
    assert main(["check", "--content", str(copy), "--examples", str(examples)]) == 1
    line, total = capsys.readouterr().out.splitlines()
    assert (
        "warning_back = sudden_tearing_pain: it must lead to a warning of level 'emergency'" in line
    )
    assert total == "1 thing is wrong."
    (example,) = examples.iterdir()
    content = read_content(copy)
    said = read_answers(example.read_bytes(), content).said
    assert content.conclude(facts(content.questions, said)).outcome == "doctor_first"


@pytest.mark.exhaustive
def test_programs_get_the_same_as_json(copy, change, capsys):
    change("rules/warning_back.toml", '"emergency"', '"doctor_first"')
    assert main(["check", "--json", "--content", str(copy)]) == 1
    table = json.loads(capsys.readouterr().out)
    assert table["format"] == "acuscreen-check/1"
    assert table["proved"] == list(PROPERTIES)
    (finding,) = table["findings"]
    assert finding["place"] == "rules/warning_back.toml"
    assert finding["example"]["answers"]["warning_back"] == ["sudden_tearing_pain"]


@pytest.mark.parametrize("file", ["rules/bleeding.toml", PROMISES, "questionnaire/exceptions.toml"])
def test_content_that_cannot_be_read_ends_the_command_with_2(copy, capsys, file):
    (copy / file).write_text("[", "utf-8")
    assert main(["check", "--content", str(copy)]) == 2
    assert file in capsys.readouterr().err


UNREADABLE = {
    "a list that is none": (
        PROMISES,
        'may_skip = ["pain_cause", "goals", "notes", "name"]',
        'may_skip = "goals"',
        (
            f'{PROMISES}: may_skip is "goals"; '
            'write a list of texts, each once, such as ["H5", "H11"].'
        ),
    ),
    "a list left out": (
        PROMISES,
        "may_skip =",
        "# may_skip =",
        f"{PROMISES} has no 'may_skip'; add it.",
    ),
    "a kind that is none": (
        PROMISES,
        "[ending]",
        "[endings]",
        (
            f"{PROMISES}: there is no key 'endings' here; write alone, unsure, may_skip, "
            "beside (or not), graver_than_unsure (or not), asked (or not), ending (or not), "
            "warning (or not), doctor_first (or not), caution (or not), benefit (or not), "
            "note (or not)."
        ),
    ),
    "a level that is none": (
        PROMISES,
        "[caution.tell]",
        "[caution.say]",
        (f"{PROMISES}: [caution.say]: there is no such level; write one of: doctor, tell, avoid."),
    ),
    "a promise without a condition": (
        PROMISES,
        "[note.inflammatory_joints]\nwhen =",
        "[note.inflammatory_joints]\nwen =",
        f"{PROMISES}: [note.inflammatory_joints]: there is no key 'wen' here; write when.",
    ),
    "a promise that is no table": (
        PROMISES,
        "[ending]\nwhen",
        "[ending]\nif",
        f"{PROMISES}: [ending]: there is no key 'if' here; write when.",
    ),
    "options alike that are no lists of options": (
        EXCEPTED,
        '[["self", "helper", "staff"]]',
        '["self", "helper", "staff"]',
        (
            f"{EXCEPTED}: [alike]: answered_by is ['self', 'helper', 'staff']; "
            'write lists of options that are alike, such as [["yes", "no"]].'
        ),
    ),
    "a part left out": (
        EXCEPTED,
        "[reading]\nnames",
        "[alike.reading]\nnames",
        f"{EXCEPTED} has no 'reading'; add it.",
    ),
    "a banned word that is no pattern": (
        EXCEPTED,
        "'\\bsafe for you\\b'",
        "'(safe'",
        (
            f"{EXCEPTED}: [banned]: (safe is no regular expression "
            "(missing ), unterminated subpattern at position 0); mend it."
        ),
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_faults_in_what_only_check_reads_are_reported_with_the_way_out(
    change, copy, capsys, file, old, new, told
):
    change(file, old, new)
    assert main(["check", "--content", str(copy)]) == 2
    assert capsys.readouterr().err == f"acuscreen: {told}\n"


def test_names_that_people_know_do_not_make_a_text_hard():
    assert grade("Take paracetamol.", {"paracetamol"}) < grade("Take paracetamol.", ())
