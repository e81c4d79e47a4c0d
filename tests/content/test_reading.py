"""Questions read from files; a file that is wrong is told with the place and the way out."""

import re

import pytest

from questionnaire.content.reading import read_questions
from rules import RulesError

AGE = """
[age]
ask = "How old are you?"
short = "Age"
kind = "one"
[age.options]
young = "Young"
old = "Old"
"""


@pytest.fixture
def folder(tmp_path):
    """Write the sections of a questionnaire, and give the folder back."""

    def write(*sections, title='title = "You"\n'):
        for number, text in enumerate(sections, 1):
            (tmp_path / f"{number}_part.toml").write_text(title + text, encoding="utf-8")
        return tmp_path

    return write


def refusal(folder):
    with pytest.raises(RulesError) as refused:
        read_questions(folder)
    return str(refused.value)


def test_a_section_is_read(folder):
    (question,) = read_questions(folder(AGE))
    assert (question.id, question.section, question.kind) == ("age", "You", "one")
    assert [option.label for option in question.options] == ["Young", "Old"]
    assert question.when.holds({})


def test_files_are_read_in_the_order_of_their_names(folder):
    questions = read_questions(folder(AGE, AGE.replace("[age", "[years")))
    assert [question.id for question in questions] == ["age", "years"]


def test_a_question_knows_its_options_by_id(folder):
    (question,) = read_questions(folder(AGE))
    assert question.option("old").label == "Old"
    with pytest.raises(StopIteration):
        question.option("ancient")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How old are you?", "What is your age?"),
        ('"Age"', '"Years"'),
        ('old = "Old"', 'old = "Aged"'),
        ("old =", "older ="),
        ('kind = "one"', 'kind = "many"\nexclusive = ["old"]'),
        ('kind = "one"', 'kind = "one"\nends = ["young"]'),
        ('kind = "one"', 'kind = "one"\nhelp = "Guess."'),
    ],
)
def test_the_digest_tells_of_any_change_of_a_question(folder, old, new):
    (before,) = read_questions(folder(AGE))
    (after,) = read_questions(folder(AGE.replace(old, new)))
    assert before.digest != after.digest


def test_the_digest_tells_of_nothing_else(folder):
    """Another question's new wording is no reason to ask this one again."""
    more = AGE.replace("[age", "[years")
    before = read_questions(folder(AGE + more))[0]
    after = read_questions(folder("# a remark\n" + AGE + more.replace("How", "And how")))[0]
    assert before.digest == after.digest


WRONG = {
    "a name in capitals": (
        AGE.replace("[age", "[Age"),
        (
            "questions/1_part.toml: question 'Age': "
            "write a table [Age] with a name of a-z, 0-9 and _."
        ),
    ),
    "no table": (
        "age = 7",
        (
            "questions/1_part.toml: question 'age': "
            "write a table [age] with a name of a-z, 0-9 and _."
        ),
    ),
    "an unknown kind": (
        AGE.replace('"one"', '"some"'),
        (
            "questions/1_part.toml: question 'age': "
            "kind is 'some'; it must be one, many, scale or text."
        ),
    ),
    "no kind": (
        AGE.replace('kind = "one"', ""),
        (
            "questions/1_part.toml: question 'age': "
            "kind is None; it must be one, many, scale or text."
        ),
    ),
    "an unknown key": (
        AGE.replace("short", "brief"),
        (
            "questions/1_part.toml: question 'age': no key 'brief' here "
            "(there are: ask, short, help, kind, when, options, ends)."
        ),
    ),
    "a key of another kind": (
        AGE.replace('kind = "one"', 'kind = "one"\nhighest = 7'),
        (
            "questions/1_part.toml: question 'age': no key 'highest' here "
            "(there are: ask, short, help, kind, when, options, ends)."
        ),
    ),
    "a value of the wrong type": (
        AGE.replace('"Age"', "7"),
        "questions/1_part.toml: question 'age': 'short' is 7, which is of the wrong type.",
    ),
    "a truth for a number": (
        (
            '[age]\nask = "How old?"\nshort = "Age"\nkind = "scale"\nlowest = false\nhighest = 9\n'
            'low = "a"\nhigh = "b"'
        ),
        "questions/1_part.toml: question 'age': 'lowest' is False, which is of the wrong type.",
    ),
    "no options": (
        AGE.partition("young")[0],
        "questions/1_part.toml: question 'age': no options here; write them under [age.options].",
    ),
    "options that are no table": (
        AGE.partition("[age.options]")[0] + 'options = ["young", "old"]',
        (
            "questions/1_part.toml: question 'age': options is ['young', 'old']; "
            "write a table, which begins with [options]."
        ),
    ),
    "an option without words": (
        AGE.replace('"Old"', "7"),
        (
            "questions/1_part.toml: question 'age': [options]: "
            "'old' is 7, which is of the wrong type."
        ),
    ),
    "a scale that goes down": (
        (
            '[age]\nask = "How old?"\nshort = "Age"\nkind = "scale"\nlowest = 9\nhighest = 0\n'
            'low = "a"\nhigh = "b"'
        ),
        "questions/1_part.toml: question 'age': lowest must be below highest.",
    ),
    "a missing key": (
        AGE.replace('short = "Age"', ""),
        (
            "questions/1_part.toml: question 'age': "
            "'short' is missing; a question of kind one needs it."
        ),
    ),
    "a scale without an end": (
        '[age]\nask = "How old?"\nshort = "Age"\nkind = "scale"\nlowest = 0\nlow = "a"\nhigh = "b"',
        (
            "questions/1_part.toml: question 'age': "
            "'highest' is missing; a question of kind scale needs it."
        ),
    ),
    "an option that stands alone and is not there": (
        AGE.replace('kind = "one"', 'kind = "many"\nexclusive = ["none"]'),
        "questions/1_part.toml: question 'age': 'none' is not one of its options.",
    ),
    "an option that ends all and is not there": (
        AGE.replace('kind = "one"', 'kind = "one"\nends = ["child"]'),
        "questions/1_part.toml: question 'age': 'child' is not one of its options.",
    ),
    "a condition on nothing before it": (
        AGE.replace('kind = "one"', 'kind = "one"\nwhen = { pain = "back" }'),
        (
            "questions: 'age' is asked when 'pain' …, "
            "which is not asked before it; move it up or mend the name."
        ),
    ),
    "a condition on itself": (
        AGE.replace('kind = "one"', 'kind = "one"\nwhen = { age = "old" }'),
        (
            "questions: 'age' is asked when 'age' …, "
            "which is not asked before it; move it up or mend the name."
        ),
    ),
    "a condition on what comes later": (
        AGE.replace('kind = "one"', 'kind = "one"\nwhen = { years = "old" }')
        + AGE.replace("[age", "[years"),
        (
            "questions: 'age' is asked when 'years' …, "
            "which is not asked before it; move it up or mend the name."
        ),
    ),
}


@pytest.mark.parametrize(("section", "told"), WRONG.values(), ids=WRONG)
def test_a_fault_is_reported_with_its_place_and_the_way_out(folder, section, told):
    assert refusal(folder(section)) == told


def test_a_malformed_condition_is_reported_with_its_place(folder):
    section = AGE.replace('kind = "one"', 'kind = "one"\nwhen = { pain = 7 }')
    assert refusal(folder(section)).startswith(
        "questions/1_part.toml: question 'age': cannot compare 'pain' with 7; "
    )


def test_a_file_that_is_no_toml_is_reported_with_the_line(folder):
    assert re.fullmatch(r"\w+/1_part.toml is not TOML: .*line 2.*\.", refusal(folder("age = = 7")))


def test_a_file_that_is_no_text_is_reported(tmp_path):
    (tmp_path / "1_part.toml").write_bytes(b"title = '\xff'")
    assert refusal(tmp_path).endswith("/1_part.toml is not in UTF-8; save it as UTF-8.")


def test_a_section_needs_a_heading(folder):
    told = 'questions/1_part.toml: begin it with the heading of the section: title = "…".'
    assert refusal(folder(AGE, title="")) == told
    assert refusal(folder(AGE, title="title = 7\n")) == told


def test_a_question_is_defined_only_once(folder):
    assert refusal(folder(AGE, AGE)) == ("questions: 'age' is there twice; give one another name.")


def test_a_folder_without_questions_is_refused(tmp_path):
    assert refusal(tmp_path) == (
        f"{tmp_path}: no questions here; it must hold one TOML file per section."
    )
