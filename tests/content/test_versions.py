"""Released versions never change, and answers are read under the one that they name."""

import json
import shutil
import subprocess

import pytest

from questionnaire.answers.file import answers_of, read_answers, stamp_of
from questionnaire.cli.main import main
from questionnaire.conclusion.baseline import well
from questionnaire.conclusion.case import case_of
from questionnaire.content import versions
from questionnaire.content.content import ROOT, ContentStamp, read_content
from questionnaire.content.versions import (
    RELEASED,
    content_of,
    faults_of_released,
    read_released,
    released_versions,
)
from questionnaire.errors import AnswersError
from questionnaire.interview.flow import facts
from questionnaire.report.html import to_html
from questionnaire.report.report import compose
from questionnaire.report.settings import today

NEW_RULE = """
[new_here]
source = ["MEM"]
says = "A rule of a later version."
when = { metal_allergy = "no" }
kind = "caution"
level = "tell"
because = "you have no allergy to metal"
advice = "Tell the practitioner."
"""


@pytest.fixture
def project(copy):
    """Our content and the script that releases it, with nothing released."""
    shutil.copy(ROOT / "release-content", copy)
    return copy


def release(project):
    return subprocess.run(
        [project / "release-content"], capture_output=True, text=True, check=False
    )


def rename(project, old, new):
    path = project / "rules/content.toml"
    path.write_text(path.read_text("utf-8").replace(f'"{old}"', f'"{new}"'), "utf-8")


@pytest.fixture
def version(content):
    return content.version


@pytest.fixture
def released(project):
    """The folder with one version released."""
    assert release(project).returncode == 0
    return project / "released"


@pytest.fixture
def moved_on(project, released, version):
    """The present content after the release: a new version with one more rule."""
    rename(project, version, "2030.1")
    (project / "rules/new.toml").write_text(NEW_RULE, "utf-8")
    return read_content(project)


def faults(project):
    return list(faults_of_released(read_content(project), project / "released"))


def test_a_release_that_nobody_has_used_can_be_made_again(project, released, version):
    """After a change, and other versions stay as they are."""
    (released / "1999.1").mkdir()
    with (released / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  1999.1/rules/content.toml\n")
    (project / "rules/new.toml").write_text(NEW_RULE, "utf-8")
    assert release(project).returncode == 1
    assert any("have changed since version" in fault for fault in faults(project))
    again = subprocess.run([project / "release-content", "--again"], check=False)
    assert again.returncode == 0
    assert (released / version / "rules/new.toml").is_file()
    assert not any("have changed since" in fault for fault in faults(project))
    assert (released / "SHA256SUMS").read_text().startswith(f"{'0' * 64}  1999.1/")


# Our own.


def test_nothing_that_was_released_has_changed_and_no_change_goes_without_a_version(content):
    assert list(faults_of_released(content)) == []


@pytest.mark.parametrize("version", released_versions())
def test_every_released_version_still_makes_a_report(content, version):
    kept = read_released(version, content)
    sheet = read_answers(answers_of(kept, well(kept)), kept)
    assert version in to_html(compose(case_of(kept, sheet.said), today=today()))


def test_the_list_of_checksums_is_there():
    assert (RELEASED / versions.SUMS).is_file()


# Releasing.


def test_a_release_is_a_copy_that_can_be_read_as_the_content_it_was(project, released, version):
    assert released_versions(released) == (version,)
    assert read_content(released / version).sha256 == read_content(project).sha256
    assert faults(project) == []


def test_a_version_is_released_once(project, released):
    sums = (released / "SHA256SUMS").read_text()
    again = release(project)
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    assert (released / "SHA256SUMS").read_text() == sums


def test_a_second_version_leaves_the_first_alone(project, released, moved_on, version):
    assert release(project).returncode == 0
    assert released_versions(released) == (version, "2030.1")
    assert faults(project) == []


# What must not change.


def test_a_changed_file_is_reported(project, released, version):
    (released / version / "rules/bleeding.toml").write_text("", "utf-8")
    assert any("rules/bleeding.toml has changed" in fault for fault in faults(project))


def test_words_that_decide_no_result_must_not_change_either(project, released, version):
    words = released / version / "questionnaire/words.toml"
    words.write_text(words.read_text("utf-8") + "\n", "utf-8")
    (fault,) = faults(project)
    assert fault.startswith(f"released/{version}/questionnaire/words.toml has changed")


def test_a_missing_file_is_reported(project, released, version):
    (released / version / "questionnaire/countries.toml").unlink()
    assert any("countries.toml is missing" in fault for fault in faults(project))


def test_a_missing_version_is_reported(project, released, version):
    shutil.rmtree(released / version)
    assert all("is missing" in fault for fault in faults(project))
    assert faults(project)


def test_a_new_file_in_an_old_version_is_reported(project, released, version):
    (released / version / "rules/new.toml").write_text(NEW_RULE, "utf-8")
    assert any("rules/new.toml is not in SHA256SUMS" in fault for fault in faults(project))


def test_a_version_in_a_folder_of_another_name_is_reported(project, released, version):
    (released / version).rename(released / "1999.1")
    assert any(f"released/1999.1 calls itself {version}" in fault for fault in faults(project))


def test_a_lost_list_of_checksums_is_reported(project, released):
    (released / "SHA256SUMS").unlink()
    assert "SHA256SUMS: cannot be read" in faults(project)[0]


def test_a_changed_rule_without_a_new_version_is_reported(project, released, version):
    path = project / "rules/bleeding.toml"
    path.write_text(path.read_text("utf-8").replace("blood", "Blood"), "utf-8")
    (fault,) = faults(project)
    assert f"have changed since version {version} was released" in fault


def test_a_changed_rule_in_a_new_version_is_as_it_should_be(project, moved_on):
    assert faults(project) == []


# Reading under the version named.


def test_answers_are_read_under_the_released_version_that_they_name(
    released, moved_on, version, baseline
):
    old = read_content(released / version)
    read_under = content_of(stamp_of(answers_of(old, baseline)), moved_on, released)
    assert read_under.sha256 == old.sha256
    assert "new_here" not in findings(read_under, baseline)
    assert "new_here" in findings(moved_on, baseline)


def findings(content, said):
    conclusion = content.conclude(facts(content.questions, said))
    return {each.rule.id for each in conclusion.findings}


def test_a_version_can_be_named_without_its_checksum(released, moved_on, version):
    assert content_of(ContentStamp(version, ""), moved_on, released).version == version


@pytest.mark.parametrize(
    "stamp", [ContentStamp("", ""), ContentStamp("1999.1", "0" * 64), ContentStamp("../2026.1", "")]
)
def test_answers_that_name_no_known_version_are_read_under_the_present_one(
    released, moved_on, stamp
):
    assert content_of(stamp, moved_on, released) is moved_on


def test_answers_of_the_present_version_are_read_under_it(released, moved_on):
    stamp = ContentStamp(moved_on.version, moved_on.sha256)
    assert content_of(stamp, moved_on, released) is moved_on


def test_a_version_with_another_digest_is_refused(released, moved_on, version):
    for named in (version, moved_on.version):
        for digest in ("0" * 64, "\x1b[2J"):
            with pytest.raises(AnswersError, match="sha256") as refused:
                content_of(ContentStamp(named, digest), moved_on, released)
            assert str(refused.value).isprintable()


def test_an_old_version_has_the_words_of_today_where_it_has_none(released, content, version):
    words = released / version / "questionnaire/words.toml"
    words.write_text('go_back = "Return"\n', "utf-8")
    kept = read_released(version, content, released)
    assert kept.words["go_back"] == "Return"
    assert kept.words["welcome"] == content.words["welcome"]


# The command.


@pytest.fixture
def run(capsysbinary):
    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        printed = capsysbinary.readouterr()
        return code, printed.out, printed.err.decode()

    return run


@pytest.fixture
def answers(tmp_path, content, baseline):
    """Write an answers file that names this content."""

    def write(**named):
        table = json.loads(answers_of(content, baseline))
        table["content"] = named or table["content"]
        path = tmp_path / "answers.json"
        path.write_text(json.dumps(table), "utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "command", [("result",), ("result", "--json"), ("explain",), ("report", "-o", "-")]
)
def test_other_content_of_the_same_name_is_refused(run, answers, version, command):
    code, out, err = run(*command, answers(version=version, sha256="0" * 64))
    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert f"was made with version {version}, but not with the one of that name here" in err


def test_a_folder_given_by_the_user_decides(run, answers, project, moved_on):
    path = answers()
    code, out, err = run("result", path, "--json", "--content", project)
    assert (code, json.loads(out)["content"]["version"]) == (0, "2030.1")
    assert "new_here" in {each["id"] for each in json.loads(out)["cautions"]}
    assert "this is version 2030.1" in err
    explained = json.loads(run("explain", path, "--json", "--content", project)[1])
    assert "new_here" in {each["id"] for each in explained["found"]}
    assert run("report", path, "-o", "-", "--content", project)[1].startswith(b"%PDF")


def test_the_pages_of_the_folder_are_used_where_it_has_some(run, answers, project):
    shutil.copytree(ROOT / "report_templates", project / "report_templates")
    (project / "report_templates/explain.txt").write_text("Our own words.", "utf-8")
    assert run("explain", answers(), "--content", project)[:2] == (0, b"Our own words.\n")


@pytest.mark.parametrize("command", ["result", "explain"])
def test_a_folder_without_content_is_reported(run, answers, tmp_path, command):
    empty = tmp_path / "empty"
    code, out, err = run(command, answers(), "--content", empty)
    assert (code, out, err.count("\n")) == (2, b"", 1)
    assert "no questions here" in err


def test_answers_are_explained_under_the_version_they_name(
    run, answers, released, moved_on, monkeypatch
):
    monkeypatch.setattr("questionnaire.cli.main.read_content", lambda _folder: moved_on)
    monkeypatch.setattr(content_of, "__defaults__", (released,))
    monkeypatch.setattr(read_released, "__defaults__", (released,))
    monkeypatch.setattr(released_versions, "__defaults__", (released,))
    for command in ("result", "explain"):
        code, out, err = run(command, answers(), "--json")
        assert (code, err) == (0, "")
        assert json.loads(out)["content"]["version"] != "2030.1"
