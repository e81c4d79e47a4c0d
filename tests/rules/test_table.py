"""The reader of content files takes what it is told to, and says what is wrong with the rest."""

import pytest

from rules import RulesError, Table, read_toml


def refusal(read, *given, **named):
    with pytest.raises(RulesError) as caught:
        read(*given, **named)
    return str(caught.value)


def table(**values):
    return Table("a.toml", values)


@pytest.mark.parametrize(
    ("kind", "written", "default"),
    [(str, "", "x"), (bool, False, True), (int, 0, 7), (list, [], ["x"])],
)
def test_a_value_of_the_right_type_is_taken_even_an_empty_one(kind, written, default):
    assert table(a=written).value("a", kind, default) == written
    assert table().value("a", kind, default) == default


@pytest.mark.parametrize(
    ("kind", "written", "told"),
    [
        (str, 7, "7"),
        (int, True, "True"),
        (int, 7.0, "7.0"),
        (bool, 1, "1"),
        (list, "x", '"x"'),
    ],
)
def test_a_value_of_another_type_is_refused(kind, written, told):
    assert refusal(table(a=written).value, "a", kind, kind()) == (
        f"a.toml: 'a' is {told}, which is of the wrong type."
    )


def test_words_are_texts_by_their_keys():
    assert table(a="x", b="").words() == {"a": "x", "b": ""}
    assert refusal(table(a="x", b=7).words) == "a.toml: 'b' is 7, which is of the wrong type."


def test_a_table_within_bears_its_name_and_may_be_left_out():
    inner = table(a={"b": 7}).table("a")
    assert inner == Table("a.toml: [a]", {"b": 7})
    assert table().table("a").values == {}
    assert refusal(table(a=7).table, "a") == (
        "a.toml: a is 7; write a table, which begins with [a]."
    )


def test_a_list_may_be_empty_only_where_that_is_said():
    wanted = 'a.toml: a is []; write a list of texts, each once, such as ["H5", "H11"].'
    assert refusal(table(a=[]).texts, "a") == wanted
    assert table(a=[]).texts("a", may_be_empty=True) == ()
    assert table().texts("a") == ()
    assert refusal(table(a=[""]).texts, "a", may_be_empty=True).startswith("a.toml: a is ['']; ")


def test_the_order_of_keys_counts_unless_it_is_said_not_to():
    keys = ("a", "b")
    table(a=1, b=2).check_keys(keys)
    assert refusal(table(b=2, a=1).check_keys, keys) == (
        "a.toml: the keys are out of order; write a, b."
    )
    table(b=2, a=1).check_keys(keys, ordered=False)
    assert refusal(table(b=2).check_keys, keys, ordered=False) == "a.toml has no 'a'; add it."


def test_a_whole_file_is_a_table_that_bears_its_name(tmp_path):
    path = tmp_path / "words" / "a.toml"
    path.parent.mkdir()
    path.write_text('a = "x"', encoding="utf-8")
    assert read_toml(path) == Table("words/a.toml", {"a": "x"})
