"""Whoever breaks the content is told the file, the rule, the matter and the way out."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from rules import RulesError, read_rulebook
from rules._condition import Condition, OneOf
from rules._model import MOST_RULES, OUTCOME_OF, OUTCOMES, OutcomeText, Passage, Rule, Source

FILES = {
    "sources.toml": """
        [E1]
        cite    = "A work."
        link    = "https://example.org"
        seen    = "read"
        checked = 2026-11-22
    """,
    "article.toml": """
        [relief]
        title = "Relief"
        says  = "What it says."
    """,
    "outcomes.toml": "".join(
        f'[{outcome}]\ntitle = "Title"\nnext = "Next"\ntalk = "Talk"\n' for outcome in OUTCOMES
    ),
    "content.toml": """
        version      = "1"
        published    = 2026-11-22
        next_review  = 2027-11-22
        updates      = "Every year."
        funding      = "Nobody."
        reviewed     = "Not yet."
        intended_use = "To talk."
    """,
}
SCAR = """
[scar]
source  = ["E1"]
says    = "Scars are left alone."
when    = { scar = "yes" }
kind    = "caution"
level   = "tell"
because = "you have a scar"
advice  = "Tell them. [E1]"
"""
BENEFIT = """
[relief]
source    = ["E1"]
passage   = "relief"
says      = "It says so."
when      = { scar = "no" }
kind      = "benefit"
title     = "Relief"
because   = "you have pain"
evidence  = ["It is so. [E1]"]
certainty = "low"
advice    = "Ask."
"""
NOTE = """
[kind_of_scar]
source  = ["MEM"]
says    = "So it is."
when    = { scar = "old" }
kind    = "note"
about   = "relief"
because = "it is an old scar"
advice  = "It is so. [MEM]"
"""


@pytest.fixture
def folder(tmp_path):
    """A small folder of rules in which all is well."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, text in FILES.items():
        write(folder, name, text)
    write(folder, "skin.toml", SCAR)
    write(folder, "benefits.toml", BENEFIT + NOTE)
    return folder


def write(folder, name, text):
    (folder / name).write_text("\n".join(map(str.strip, text.splitlines())), encoding="utf-8")


def mend(folder, name, old, new):
    """The file with one thing changed, which has to be there."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def complaint(folder):
    with pytest.raises(RulesError) as caught:
        read_rulebook(folder)
    return str(caught.value)


def test_a_good_folder_is_read(folder):
    book = read_rulebook(folder)
    assert [rule.id for rule in book.rules] == ["scar", "relief", "kind_of_scar"]
    assert book.sources == {
        "E1": Source("E1", "A work.", "https://example.org", "read", date(2026, 11, 22))
    }
    assert book.passages == {"relief": Passage("relief", "Relief", "What it says.")}
    assert list(book.outcomes) == list(OUTCOMES)
    assert book.outcomes["today"] == OutcomeText("today", "Title", "Next", "Talk")
    assert book.about["version"] == "1"
    assert book.places == {
        "scar": "rules/skin.toml",
        "relief": "rules/benefits.toml",
        "kind_of_scar": "rules/benefits.toml",
    }


def when_scar_is(option):
    return Condition(((OneOf("scar", (option,)),),))


def test_a_rule_is_what_is_written_and_what_it_has_no_key_for_is_empty(folder):
    scar, relief, note = read_rulebook(folder).rules
    assert scar == Rule(
        id="scar",
        source=("E1",),
        says="Scars are left alone.",
        when=when_scar_is("yes"),
        kind="caution",
        because="you have a scar",
        advice="Tell them. [E1]",
        level="tell",
    )
    assert relief == Rule(
        id="relief",
        source=("E1",),
        says="It says so.",
        when=when_scar_is("no"),
        kind="benefit",
        because="you have pain",
        advice="Ask.",
        passage="relief",
        title="Relief",
        evidence=("It is so. [E1]",),
        certainty="low",
    )
    assert (note.kind, note.level, note.about) == ("note", "", "relief")


def test_a_benefit_may_say_who_recommends_against_it(folder):
    mend(folder, "benefits.toml", '"low"', '"low"\nagainst = "One guideline does. [E1]"')
    assert read_rulebook(folder).rules[1].against == "One guideline does. [E1]"


def test_a_rule_cites_what_it_says_to_people_each_work_once(folder):
    mend(folder, "benefits.toml", "It is so. [E1]", "It is so. [MEM][E1]")
    mend(folder, "benefits.toml", '"Ask."', '"Ask. [E1][E2]"')
    mend(folder, "benefits.toml", '"low"', '"low"\nagainst = "One does. [E3]"')
    works = (FILES["sources.toml"].replace("E1", work) for work in ("E1", "E2", "E3"))
    write(folder, "sources.toml", "".join(works))
    assert read_rulebook(folder).rules[1].cites == ("MEM", "E1", "E3", "E2")


def test_a_work_without_a_link_is_a_source(folder):
    mend(folder, "sources.toml", 'link    = "https://example.org"', "")
    assert read_rulebook(folder).sources["E1"].link == ""


def test_rules_come_the_most_urgent_first_and_then_as_written(folder):
    warning = SCAR.replace("caution", "warning")
    write(folder, "a.toml", SCAR.replace("[scar]", "[avoided]").replace('"tell"', '"avoid"'))
    write(folder, "b.toml", warning.replace("[scar]", "[soon]").replace('"tell"', '"today"'))
    write(folder, "z.toml", warning.replace("[scar]", "[now]").replace('"tell"', '"emergency"'))
    ids = [rule.id for rule in read_rulebook(folder).rules]
    assert ids == ["now", "soon", "scar", "avoided", "relief", "kind_of_scar"]


def test_our_own_rules_are_in_that_order():
    order = list(OUTCOME_OF)
    ranks = [order.index((rule.kind, rule.level)) for rule in read_rulebook().rules]
    assert ranks == sorted(ranks)


WRITE_CAUTION = "write source, says, when, kind, level, because, advice."
WRITE_ENDING = "write source, says, when, kind, because, advice."
WRITE_KIND = "write one of: ending, warning, doctor_first, caution, benefit, note."
WRITE_BENEFIT = (
    "write source, passage, says, when, kind, title, because, evidence, certainty, "
    "guidelines (or not), against (or not), advice."
)
WRITE_CLAUSE = "write a clause that can follow the word because, without a capital and a full stop."
WRITE_CONDITION = (
    "write a word, a list of words, { below = 4 }, { at_least = 4 } or "
    "{ chosen_at_least = 2 }; numbers from 1 up."
)
BAD_RULES = [
    ('level   = "tell"', 'colour  = "red"', f": there is no key 'colour' here; {WRITE_CAUTION}"),
    ('kind    = "caution"', 'kind = "ending"', f": there is no key 'level' here; {WRITE_ENDING}"),
    ('says    = "Scars are left alone."', "", " has no 'says'; add it."),
    ('level   = "tell"', "", " has no 'level'; add it."),
    ('kind    = "caution"', "", " has no 'kind'; add it."),
    (
        'kind    = "caution"',
        'kind    = "worry"',
        f': kind is "worry"; {WRITE_KIND}',
    ),
    (
        'level   = "tell"',
        'level = "today"',
        ': level is "today"; write one of: doctor, tell, avoid.',
    ),
    ('kind    = "caution"', "kind = 3", f": kind is 3; {WRITE_KIND}"),
    (
        'source  = ["E1"]\nsays    = "Scars are left alone."',
        'says    = "Scars are left alone."\nsource  = ["E1"]',
        f": the keys are out of order; {WRITE_CAUTION}",
    ),
    (
        'source  = ["E1"]',
        'source  = "E1"',
        ': source is "E1"; write a list of texts, each once, such as ["H5", "H11"].',
    ),
    (
        'source  = ["E1"]',
        'source  = ["E1", "E1"]',
        ": source is ['E1', 'E1']; write a list of texts, each once, such as [\"H5\", \"H11\"].",
    ),
    (
        'source  = ["E1"]',
        "source  = []",
        ': source is []; write a list of texts, each once, such as ["H5", "H11"].',
    ),
    (
        'source  = ["E1"]',
        'source  = ["E2"]',
        " cites 'E2', which is not in rules/sources.toml (there: E1).",
    ),
    (
        "Tell them. [E1]",
        "Tell them. [E9]",
        " cites 'E9', which is not in rules/sources.toml (there: E1).",
    ),
    ('says    = "Scars are left alone."', "says    = 3", ": says is 3; write some text."),
    ('says    = "Scars are left alone."', 'says    = " "', ': says is " "; write some text.'),
    ("you have a scar", "You have a scar", f": because is 'You have a scar'; {WRITE_CLAUSE}"),
    ("you have a scar", "you have a scar.", f": because is 'you have a scar.'; {WRITE_CLAUSE}"),
    ('"yes"', "true", f": cannot compare 'scar' with True; {WRITE_CONDITION}"),
    (
        "when    = { scar =",
        "where   = { scar =",
        f": there is no key 'where' here; {WRITE_CAUTION}",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), BAD_RULES)
def test_a_bad_rule_is_named_with_the_way_out(folder, old, new, said):
    mend(folder, "skin.toml", old, new)
    assert complaint(folder) == f"rules/skin.toml: rule 'scar'{said}"


BAD_BENEFITS = [
    ('passage   = "relief"\n', "", " has no 'passage'; add it."),
    (
        'title     = "Relief"\n',
        'level = "tell"\n',
        f": there is no key 'level' here; {WRITE_BENEFIT}",
    ),
    (
        '"relief"\n',
        '"sleep"\n',
        " cites 'sleep', which is not in rules/article.toml (there: relief).",
    ),
    (
        "It is so. [E1]",
        "It is so.",
        ": 'It is so.' has no reference; end it with one: [E1].",
    ),
    (
        "It is so. [E1]",
        "It is so. E1]",
        ": 'It is so. E1]' has no reference; end it with one: [E1].",
    ),
    (
        "It is so. [E1]",
        "It [E1] is so.",
        ": 'It [E1] is so.' has no reference; end it with one: [E1].",
    ),
    (
        "It is so. [E1]",
        "It is so. [E2]",
        " cites 'E2', which is not in rules/sources.toml (there: E1).",
    ),
    (
        'certainty = "low"',
        'certainty = "low"\nagainst = "NICE. [N1]"',
        " cites 'N1', which is not in rules/sources.toml (there: E1).",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), BAD_BENEFITS)
def test_a_bad_benefit_is_named_with_the_way_out(folder, old, new, said):
    mend(folder, "benefits.toml", old, new)
    assert complaint(folder) == f"rules/benefits.toml: rule 'relief'{said}"


def test_a_note_is_about_a_benefit(folder):
    mend(folder, "benefits.toml", 'about   = "relief"', 'about   = "scar"')
    assert complaint(folder) == (
        "rules/benefits.toml: rule 'kind_of_scar' is about 'scar', which is no benefit "
        "(there: relief)."
    )


def test_a_wrong_value_is_quoted_in_full(folder):
    write(folder, "more.toml", BENEFIT.replace("[relief]", "[sleep]"))
    mend(folder, "benefits.toml", 'about   = "relief"', 'about   = "scar"')
    assert complaint(folder).endswith("is no benefit (there: relief, sleep).")
    write(folder, "sources.toml", FILES["sources.toml"] + FILES["sources.toml"].replace("E1", "E2"))
    mend(folder, "skin.toml", 'source  = ["E1"]', 'source  = ["E3"]')
    assert complaint(folder).endswith("not in rules/sources.toml (there: E1, E2).")


def test_a_note_without_any_benefit_is_refused(folder):
    write(folder, "benefits.toml", NOTE)
    assert complaint(folder).endswith("is about 'relief', which is no benefit (there: none).")


def test_an_id_is_used_once_in_all_files(folder):
    write(folder, "wounds.toml", SCAR)
    assert complaint(folder) == (
        "rules/wounds.toml: rule 'scar' is also in rules/skin.toml; give one another name."
    )


def test_an_id_is_a_plain_word(folder):
    mend(folder, "skin.toml", "[scar]", "[Old-Scar]")
    assert complaint(folder) == (
        "rules/skin.toml: rule 'Old-Scar' has an unfit name; write a-z, 0-9 and _, a letter first."
    )


def test_a_rule_is_a_table(folder):
    write(folder, "skin.toml", "scar = 1")
    assert complaint(folder) == (
        "rules/skin.toml: rule 'scar' is not a table; begin it with [scar]."
    )


def test_as_many_rules_as_the_engine_takes_are_read_and_one_more_is_refused(folder):
    (folder / "benefits.toml").unlink()
    many = [SCAR.replace("[scar]", f"[scar_{number}]") for number in range(MOST_RULES)]
    write(folder, "skin.toml", "\n".join(many))
    assert len(read_rulebook(folder).rules) == MOST_RULES
    write(folder, "one_more.toml", SCAR)
    assert complaint(folder) == "rules has 501 rules, and the engine takes 500; join some."


WRITE_OUTCOMES = (
    "write all of these, in this order: "
    "not_for_this_tool, emergency, today, doctor_first, discuss_with_cautions, discuss."
)
BAD_FILES = [
    ("skin.toml", "[scar", "rules/skin.toml is not TOML: Expected ']' at the end of a table"),
    ("skin.toml", SCAR + SCAR, "rules/skin.toml is not TOML: Cannot declare ('scar',) twice"),
    ("sources.toml", '[E1]\ncite = "A"', "rules/sources.toml: source 'E1' has no 'seen'; add it."),
    (
        "sources.toml",
        FILES["sources.toml"].replace('"read"', '"somewhere"'),
        (
            "rules/sources.toml: source 'E1': seen is \"somewhere\"; "
            "write one of: read, second hand, from memory."
        ),
    ),
    (
        "sources.toml",
        FILES["sources.toml"].replace("2026-11-22", '"2026-11-22"'),
        "rules/sources.toml: source 'E1': checked is \"2026-11-22\"; write a day: 2026-01-31.",
    ),
    (
        "sources.toml",
        FILES["sources.toml"].replace("2026-11-22", "2026-11-22T10:00:00"),
        "rules/sources.toml: source 'E1': checked is 2026-11-22 10:00:00; write a day: 2026-01-31.",
    ),
    (
        "article.toml",
        '[relief]\ntitle = "Relief"\nsay = "X"',
        "rules/article.toml: passage 'relief': there is no key 'say' here; write title, says.",
    ),
    ("outcomes.toml", "", f"rules/outcomes.toml has nothing; {WRITE_OUTCOMES}"),
    (
        "outcomes.toml",
        "[emergency]\n[today]",
        f"rules/outcomes.toml has emergency, today; {WRITE_OUTCOMES}",
    ),
    (
        "outcomes.toml",
        FILES["outcomes.toml"].replace('talk = "Talk"', "", 1),
        "rules/outcomes.toml: outcome 'not_for_this_tool' has no 'talk'; add it.",
    ),
    ("content.toml", 'version = "1"', "rules/content.toml has no 'updates'; add it."),
    (
        "content.toml",
        FILES["content.toml"].replace('"1"', "1"),
        "rules/content.toml: version is 1; write some text.",
    ),
]


@pytest.mark.parametrize(("name", "text", "said"), BAD_FILES)
def test_a_bad_file_is_named_with_the_way_out(folder, name, text, said):
    write(folder, name, text)
    assert complaint(folder).startswith(said)


def test_a_missing_file_is_named(folder):
    (folder / "outcomes.toml").unlink()
    assert complaint(folder) == "rules/outcomes.toml cannot be read: No such file or directory."


def test_a_file_in_another_encoding_is_named(folder):
    (folder / "skin.toml").write_bytes(b'[scar]\nsays = "\xe9"')
    assert complaint(folder) == "rules/skin.toml is not in UTF-8; save it as UTF-8."


def test_a_file_without_rules_is_no_fault(folder):
    write(folder, "later.toml", "# Nothing yet.")
    assert len(read_rulebook(folder).rules) == 3


def test_another_place_gives_the_same_rulebook(tmp_path):
    ours = Path(__file__).parents[2] / "rules"
    copy = tmp_path / "another place" / "rules"
    shutil.copytree(ours, copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert read_rulebook(copy).rules == read_rulebook().rules
