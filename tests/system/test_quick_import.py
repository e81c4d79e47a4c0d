"""What printing takes is loaded without what it does not need, and whole where that fails."""

import subprocess
import sys

import pytest

from questionnaire.system import quick_import

PROMPTS = "questionnaire.terminal.screen.prompts"
LOADED = "import questionnaire.report.pdf.render, sys; print(*sys.modules)"
CUT = """
from questionnaire.report.pdf import render as pdf
from questionnaire.system.quick_import import stand_in
assert stand_in("fontTools.subset").Options(glyph_names=True).glyph_names
import fontTools.subset
print(type(fontTools.subset.Options()))
"""
ELSEWHERE = """
from questionnaire.system import quick_import
quick_import._LIBRARIES = ("libnowhere.so.9",)
assert not quick_import.libraries_are_there()
"""


def says(program):
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()


@pytest.mark.skipif(
    not quick_import.libraries_are_there(), reason="the libraries have other names here"
)
def test_the_font_subsetter_is_not_loaded_for_a_plain_report():
    modules = says(LOADED)
    assert "weasyprint" in modules
    assert not {*modules} & {"fontTools.subset", "fontTools.varLib"}


def test_what_was_left_out_is_loaded_when_it_is_called():
    assert "'fontTools.subset.Options'>" in says(CUT)


def test_a_library_that_is_not_there_is_told():
    assert says(ELSEWHERE) == []


def test_the_questions_are_asked_without_tls_and_it_can_be_had_later():
    assert says(
        "import questionnaire.terminal.screen.prompts, sys; print('ssl' in sys.modules)"
    ) == ["False"]
    assert says(f"import {PROMPTS}, ssl; print(ssl.__name__)") == ["ssl"]


def test_what_no_question_needs_can_be_had_later():
    later = "from prompt_toolkit.shortcuts import button_dialog, ProgressBar, yes_no_dialog"
    html = "from prompt_toolkit import HTML; print(HTML('<b>x</b>'))"
    assert says(f"import {PROMPTS}; {later}; {html}") == ["HTML('<b>x</b>')"]
    wide = "import wcwidth; print(wcwidth.wcswidth('a\u6f22'), *wcwidth.wrap('a b', 1))"
    assert says(f"import {PROMPTS}; {wide}") == ["3", "a", "b"]
    digraphs = "from prompt_toolkit.key_binding.digraphs import DIGRAPHS; print('A', *DIGRAPHS)"
    assert len(says(f"import {PROMPTS}; {digraphs}")) > 1


def test_before_the_first_question_nothing_is_loaded_that_comes_later():
    asked = "questionnaire.cli.main, questionnaire.cli.interview"
    asked += ", questionnaire.terminal.screen.terminal"
    asking = f"import {asked}, sys"
    later = {"durable", "jinja2", "segno", "weasyprint", "z3", "questionnaire.report.report"}
    assert not {*says(f"{asking}; print(*sys.modules)")} & later
