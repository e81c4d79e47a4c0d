"""The report as a page for a browser: the same words, for everybody, and nothing that calls out."""

import io
import json
import re
import stat
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from forms import CONTENT, PEOPLE, TODAY, report_on
from people import in_order, line_for

from questionnaire.cli.main import main
from questionnaire.conclusion.case import case_of
from questionnaire.report.documents import to_page
from questionnaire.report.html import to_html
from questionnaire.report.settings import Settings, is_page

VOID = {"meta", "path", "br", "img", "rect", "circle", "use", "ellipse", "line", "polygon"}
WORDY = {"p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "td", "th", "title", "div", "section"}


class Outline(HTMLParser):
    """The elements of a page in order, each with its attributes and its text; nesting must fit."""

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.text = [], [], ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        element = {"tag": tag, "text": "", "in": [each["tag"] for each in self.open]}
        self.elements.append(element | {"attributes": dict(attributes)})
        if tag not in VOID:
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()["tag"] == tag

    def handle_data(self, text):
        for element in self.open:
            element["text"] += text

    def all(self, *tags):
        return [each for each in self.elements if each["tag"] in tags]

    def one(self, tag):
        (only,) = self.all(tag)
        return only


@pytest.fixture(scope="module", params=[*PEOPLE, *(f"{who} alone" for who in PEOPLE)])
def outline(request):
    """The page on somebody; "alone" is the practitioner's page alone."""
    who = request.param.removesuffix(" alone")
    alone = who != request.param
    return Outline(to_html(report_on(who), on_screen=True, summary_only=alone))


def test_it_says_what_the_paper_says_no_more_and_no_less():
    for who in PEOPLE:
        for alone in (False, True):
            paper, screen = (
                Outline(to_html(report_on(who), summary_only=alone, on_screen=each))
                for each in (False, True)
            )
            assert screen.one("main")["text"].split() == paper.one("body")["text"].split()


def test_its_head_names_the_person_and_the_day():
    header = Outline(to_html(report_on("typical"), on_screen=True)).one("header")
    assert header["text"].strip() == "Margaret O'Neill · 22\N{NO-BREAK SPACE}November 2026"


def test_it_has_landmarks_a_title_and_a_language(outline):
    assert outline.one("html")["attributes"]["lang"] == "en-GB"
    title = next(each["text"] for each in outline.all("title") if each["in"] == ["html", "head"])
    assert title.startswith(("Thinking about acupuncture: ", "Thank you for telling us."))
    assert outline.one("h1")["in"] == ["html", "body", "main", "section"]
    assert all({"main", "header"} & {*each["in"]} for each in outline.all("p", "svg", "table"))
    assert len(outline.all("main")) == len(outline.all("header")) == 1


def test_no_level_of_headings_is_skipped(outline):
    levels = [int(each["tag"][1]) for each in outline.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_picture_says_what_it_shows(outline):
    for element, following in pairwise(outline.elements):
        assert element["tag"] not in {"img", "canvas", "object"}
        if element["tag"] == "svg":
            assert element["attributes"]["role"] == "img"
            assert following["tag"] == "title"
            assert len(following["text"]) > 10


def test_every_header_of_a_table_says_what_it_heads(outline):
    for header in outline.all("th"):
        assert header["attributes"]["scope"] in {"col", "row"}
        assert header["text"].strip()


def test_nothing_is_empty_and_every_name_is_given_once(outline):
    for element in outline.all(*WORDY):
        assert element["text"].strip(), element
    names = [each["attributes"]["id"] for each in outline.elements if "id" in each["attributes"]]
    assert len(names) == len(set(names))


def test_a_list_holds_only_its_points(outline):
    for element in outline.all("li"):
        assert element["in"][-1] in {"ul", "ol"}
    for element in outline.elements:
        if element["in"][-1:] in (["ul"], ["ol"]):
            assert element["tag"] == "li"


def test_nothing_runs_and_nothing_is_fetched(outline):
    assert outline.all("script", "link", "iframe", "form", "base", "object", "embed", "a") == []
    attributes = {name for each in outline.elements for name in each["attributes"]}
    assert not {each for each in attributes if each.startswith("on")}
    assert not attributes & {"src", "href", "style", "srcset", "action", "xlink:href"}
    assert not re.search(r"url\(|@import|http", outline.one("style")["text"])


def test_only_its_own_style_is_allowed(outline):
    metas = {
        each["attributes"].get("name", each["attributes"].get("http-equiv")): each["attributes"]
        for each in outline.all("meta")
    }
    digest = b64encode(sha256(outline.one("style")["text"].encode()).digest()).decode()
    assert metas["Content-Security-Policy"]["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "noindex" in metas["robots"]["content"]
    assert metas["viewport"]["content"] == "width=device-width, initial-scale=1"
    order = [each["tag"] for each in outline.elements]
    policy = next(
        at for at, each in enumerate(outline.elements) if "http-equiv" in each["attributes"]
    )
    assert policy < order.index("style")


def test_nothing_is_fixed_in_size_that_a_reader_may_want_larger():
    sheet = Outline(to_html(report_on("typical"), on_screen=True)).one("style")["text"]
    screen = sheet.partition("@media print")[0].partition("margin: 15mm; }")[2]
    assert not re.search(r"\d(px|pt|mm|cm)\b", screen)
    assert "user-scalable" not in sheet


def test_what_was_typed_is_text_on_the_page():
    typed = "<script>alert(1)</script><svg onload=x> & “so”"
    said = PEOPLE["typical"] | {"notes": typed, "name": "<b>Ada</b>"}
    page = to_page(case_of(CONTENT, said), Settings(TODAY)).decode()
    outline = Outline(page)
    assert outline.all("script") == []
    assert typed in outline.one("main")["text"]
    assert "<b>Ada" not in page


def test_it_prints_on_the_paper_chosen_and_large_if_wished():
    for settings, sizes in (
        (Settings(TODAY, "letter"), ["size: letter", ""]),
        (Settings(TODAY, large=True), ["size: a4", " large"]),
    ):
        outline = Outline(to_page(case_of(CONTENT, PEOPLE["typical"]), settings).decode())
        assert sizes[0] in outline.one("style")["text"]
        assert outline.one("body")["attributes"]["class"] == f"discuss{sizes[1]}"


def test_a_content_without_a_page_of_its_own_is_shown_on_ours(tmp_path):
    report = report_on("under 18")
    assert to_html(report, tmp_path, on_screen=True) == to_html(report, on_screen=True)


@pytest.mark.parametrize(
    ("name", "wished", "page"),
    [
        ("report.html", False, True),
        ("REPORT.HTM", False, True),
        ("report.pdf", True, False),
        ("report.pdf", False, False),
        ("report", False, False),
        ("-", True, True),
    ],
)
def test_the_file_name_decides_on_the_format_before_the_option(tmp_path, name, wished, page):
    assert is_page(tmp_path / name, wished=wished) is page


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.json"
    file = {"format": "acuscreen-answers/1", "answers": PEOPLE["under 18"]}
    path.write_text(json.dumps(file), encoding="utf-8")
    return path


@pytest.mark.parametrize("asked", [["--html"], []])
def test_the_command_writes_a_private_file_and_overwrites_none(answers, asked, capsys):
    path = answers.with_name("report.html")
    command = ["report", str(answers), *asked, "-o", str(path)]
    assert main(command) == 0
    page = path.read_bytes()
    assert page.startswith(b"<!doctype html>")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert main(command) == 3
    assert "is there already" in capsys.readouterr().err
    assert path.read_bytes() == page


def test_the_page_can_be_printed_to_a_pipe(answers, capsysbinary):
    assert main(["report", str(answers), "--html", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--html", "-o", "report.pdf"], "page_named_pdf"),
        (["--large-print", "--practitioner", "-o", "report.pdf"], "practitioner_large"),
    ],
)
def test_options_that_exclude_each_other_are_refused(answers, options, word, capsys, monkeypatch):
    monkeypatch.chdir(answers.parent)
    assert main(["report", str(answers), *options]) == 2
    told = CONTENT.words[word].format(path="report.pdf")
    assert capsys.readouterr().err == f"acuscreen: {told}\n"
    assert list(answers.parent.iterdir()) == [answers]


@pytest.mark.parametrize("options", [["--html"], ["-o", "acupuncture-report.html"]])
def test_the_interview_ends_with_a_page_too(options, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    where = [] if "-o" in options else ["1"]
    lines = (line_for(*each) for each in in_order(CONTENT.questions, PEOPLE["under 18"]))
    typed = "".join(f"{line}\n" for line in (*lines, "1", *where)).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    assert main(["--plain", *options]) == 0
    assert "saved as acupuncture-report.html" in capsys.readouterr().out
    (page,) = tmp_path.iterdir()
    assert page.read_bytes().startswith(b"<!doctype html>")
