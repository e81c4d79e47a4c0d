"""The content as a whole: read from one folder, and told apart by what decides a result."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from questionnaire.content.content import ROOT, read_content
from questionnaire.content.question import Kind
from questionnaire.report.report import STEPS
from rules import RulesError

PARTS = ("questionnaire/questions", "rules")


def refusal(root):
    with pytest.raises(RulesError) as refused:
        read_content(root)
    return str(refused.value)


def test_the_content_can_be_read_from_another_folder(content, copy):
    other = read_content(copy)
    assert other.questions == content.questions
    assert other.rulebook.rules == content.rulebook.rules
    assert (other.sha256, other.version) == (content.sha256, content.version)


def test_the_digest_is_of_whole_bytes(content):
    assert re.fullmatch("[0-9a-f]{64}", content.sha256)


def test_a_changed_question_or_rule_makes_other_content(content, copy, change):
    change("questionnaire/questions/5_sleep.toml", "very badly", "badly")
    questions = read_content(copy).sha256
    change("rules/bleeding.toml", "blood", "Blood")
    rules = read_content(copy).sha256
    assert len({content.sha256, questions, rules}) == 3


def test_a_rule_moved_to_another_file_makes_other_content(content, copy):
    (copy / "rules/bleeding.toml").rename(copy / "rules/blood.toml")
    assert read_content(copy).sha256 != content.sha256


def test_other_words_or_numbers_to_call_leave_the_content_the_same(content, copy, change):
    """They decide no result."""
    change("questionnaire/words.toml", "Go back", "Back")
    change("questionnaire/countries.toml", "999", "112")
    assert read_content(copy).sha256 == content.sha256


def test_the_version_is_the_one_that_the_rules_give(content):
    assert content.version == content.rulebook.about["version"]


def test_a_question_is_found_by_its_id(content):
    assert content.question("needles").id == "needles"
    with pytest.raises(StopIteration):
        content.question("haystack")


def test_the_emergency_numbers_are_those_of_eight_places(content):
    assert {country.id: country.emergency for country in content.countries} == {
        "uk": "999",
        "ie": "112 or 999",
        "eu": "112",
        "us": "911",
        "ca": "911",
        "au": "000",
        "nz": "111",
        "elsewhere": "your emergency number",
    }
    assert all(country.name and country.same_day for country in content.countries)


def test_no_number_is_printed_that_nobody_has_looked_up(content):
    """But for the emergency number, without which nobody may be left."""
    for country in content.countries:
        sources = " ".join(country.sources)
        for text in (country.emergency, country.same_day, *country.crisis, country.note):
            for number in re.findall(r"\d[\d -]*\d", text):
                assert number in sources, (country.id, number)
        assert country.crisis
        assert country.checked


def test_the_countries_are_those_that_can_be_answered(content):
    asked = [option.id for option in content.question("country").options]
    assert asked == [country.id for country in content.countries]


def test_northern_ireland_has_no_111_and_its_own_crisis_line(content):
    uk, ireland = (next(c for c in content.countries if c.id == id_) for id_ in ("uk", "ie"))
    assert "in Northern Ireland your GP, or the GP out-of-hours service" in uk.same_day
    assert any("Lifeline, 0808 808 8000" in line for line in uk.crisis)
    assert any("In England and Wales: 111, then option 2" in line for line in uk.crisis)
    assert "111" not in ireland.same_day


def test_elsewhere_says_how_to_find_the_number(content):
    elsewhere = content.countries[-1]
    assert elsewhere.id == "elsewhere"
    assert not re.search(r"\d", elsewhere.emergency + elsewhere.same_day)
    assert "112 works in the EU and on many mobile networks" in elsewhere.note


def test_one_country_alone_is_shown_once_it_is_answered(content):
    def shown(*ids, **answers):
        return [country.id for country in content.chosen_countries(ids, answers)]

    assert shown(country="ie") == ["ie"]
    assert shown("us", country="ie") == ["us"]
    assert len(shown()) == len(content.countries)


def test_one_country_named_beforehand_is_its_answer(content):
    assert content.answers_of_country(("ca",)) == {"country": "ca"}
    assert content.answers_of_country(("ca", "us")) == {}
    assert content.answers_of_country(("mars",)) == {}


@pytest.mark.parametrize(
    ("country", "told"),
    [
        ('[fr]\nname = "France"\nemergency = "112"', " has no 'same_day'; add it."),
        (
            '[fr]\nname = "F"\nemergency = "1"\nsame_day = "2"\nhoney = "3"',
            (
                ": there is no key 'honey' here; write name, emergency, same_day, crisis (or not), "
                "note (or not), after_birth (or not), sources (or not), checked (or not)."
            ),
        ),
        ('fr = "France"', " is not a table; begin it with [fr]."),
        (
            '[fr]\nname = "France"\nemergency = 112\nsame_day = "2"',
            ": emergency is 112; write some text.",
        ),
    ],
)
def test_an_incomplete_country_is_reported_with_the_way_out(copy, country, told):
    (copy / "questionnaire/countries.toml").write_text(country, encoding="utf-8")
    assert refusal(copy) == f"questionnaire/countries.toml: country 'fr'{told}"


def test_a_word_that_is_no_text_is_reported(copy, change):
    change("questionnaire/words.toml", '"Go back"', "7")
    assert refusal(copy) == (
        "questionnaire/words.toml: 'go_back' is 7, which is of the wrong type."
    )


@pytest.mark.parametrize("name", ["words.toml", "countries.toml"])
def test_a_missing_or_unreadable_file_is_reported(copy, name):
    path = copy / "questionnaire" / name
    path.write_bytes(b"a = '\xff'")
    assert refusal(copy) == f"questionnaire/{name} is not in UTF-8; save it as UTF-8."
    path.write_text("a b")
    assert refusal(copy).startswith(f"questionnaire/{name} is not TOML: ")
    path.unlink()
    assert refusal(copy).startswith(f"questionnaire/{name} cannot be read: ")


def test_a_folder_without_content_is_reported(tmp_path):
    assert "no questions here" in refusal(tmp_path)


@pytest.mark.parametrize("part", PARTS)
def test_content_cannot_do_without_questions_or_rules(copy, part):
    shutil.rmtree(copy / part)
    assert refusal(copy)


CODE = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("questionnaire/**/*.py"))


PAGES = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "report_templates").glob("**/*.*t*")
)


def test_every_word_is_said_somewhere(content):
    """Its key stands in the code between quotes, or is put together of two that do."""
    hints = {f"{stem}_{kind}" for stem in ("hint_plain", "codes") for kind in get_args(Kind)}
    headings = {f"heading_{key}" for key in content.headings}
    choices = {f"emergency_{each}" for each in ("stop", "go_on", "change")}
    faults = {f"error_{key}" for key in re.findall(r'Fault\("(\w+)"', CODE)}
    made = hints | headings | choices | faults
    unsaid = [key for key in content.words if not re.search(rf"""["']{key}["']""", CODE)]
    assert [key for key in unsaid if key not in made] == []
    assert (hints | choices) - content.words.keys() == set()


def test_every_heading_stands_on_a_page_and_is_written_there_no_second_time(content):
    """Those of the points are put together for each step that a finding may ask for."""
    steps = {
        *STEPS,
        *(f"box_{step}" for step in STEPS),
        *(f"box_later_{step}" for step in STEPS[2:]),
    }
    named = {*re.findall(r"headings\.(\w+)", PAGES), *steps}
    assert content.headings.keys() == named
    assert [each for each in content.headings.values() if f">{each}<" in PAGES] == []


def test_a_content_without_headings_has_ours(content):
    without = {key: word for key, word in content.words.items() if "heading" not in key}
    assert replace(content, words=without).headings == content.headings
    other = replace(content, words=without | {"heading_glance": "Mind this"})
    assert other.headings == content.headings | {"glance": "Mind this"}


def test_every_word_that_is_said_is_there(content):
    said = re.findall(r"""words\[["'](\w+)["']\]|_say\(["'](\w+)["']""", CODE)
    assert {one or other for one, other in said} <= set(content.words)


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_what_is_filled_in_has_a_plain_name(content):
    for key, text in content.words.items():
        assert all(name.isidentifier() for name in fields(text)), key


def test_the_root_is_where_the_content_lies():
    assert all((Path(ROOT) / part).is_dir() for part in PARTS)
