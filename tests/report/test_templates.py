"""Templates are compiled when acuscreen is set up, and what has changed since counts."""

import jinja2
import pytest
from vignettes import TODAY, answers_of

from questionnaire.conclusion.case import case_of
from questionnaire.report import html as page
from questionnaire.report.report import compose


@pytest.fixture
def compiled(monkeypatch, tmp_path):
    """Where the templates are compiled to."""
    folder = tmp_path / "compiled"
    monkeypatch.setattr(page, "COMPILED", folder)
    page._environment.cache_clear()
    page.compile_templates()
    page._environment.cache_clear()
    yield folder
    page._environment.cache_clear()


def gist(content, templates=page.TEMPLATES):
    said = answers_of("plain", content)
    return page.to_text(compose(case_of(content, said), today=TODAY), 80, templates)


def test_compiled_templates_are_read_by_everyone_and_not_compiled_again(
    compiled, content, monkeypatch
):
    assert {each.stat().st_mode & 0o777 for each in compiled.iterdir()} == {0o644}

    def fail(*_):
        raise AssertionError("compiled again")

    monkeypatch.setattr(jinja2.Environment, "_parse", fail)
    assert "acupuncture" in gist(content)


def test_a_changed_template_is_used_at_once_and_cached_nowhere(compiled, content, tmp_path):
    before = {each: each.read_bytes() for each in compiled.iterdir()}
    (tmp_path / "result.txt").write_text("Changed.", encoding="utf-8")
    assert gist(content, tmp_path).strip() == "Changed."
    assert {each: each.read_bytes() for each in compiled.iterdir()} == before
