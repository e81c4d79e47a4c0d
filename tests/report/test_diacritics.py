"""Letters with marks: each mark stands over or under its letter, and the text stays what it was."""

from collections import defaultdict
from dataclasses import dataclass
from unicodedata import combining, normalize

import pypdfium2 as pdfium
import pytest
from parts import later
from printing import pages, run_together
from tags import tree
from vignettes import FORMS, answers_of, in_each

from questionnaire.report.pdf.diacritics import set_whole
from questionnaire.report.pdf.fonts import has_places, undrawable
from questionnaire.report.pdf.render import UNDRAWABLE

LANGUAGES = {
    "Yoruba": "Ọláṣẹ́ Ẹ̀ ọ̀ọ́ ẹ̀ẹ́ ṣ́",
    "Igbo": "ụ́ ị̀ ọ́ Ị́ ṅ́ Ụ̀",
    "Ewe": "ɛ̃ ɔ̃ ɔ́ ɛ̀ ŋ̀ Ɔ̀ Ɛ̃́",
    "Navajo": "ą́ ę́ į́ ǫ́ Ą́ Ę́ Į́ Ǫ́",
    "Lithuanian": "ą̃ ė̃ į̃ l̃ m̃ r̃ j̃ i̇́ ų́ Ū̃",
    "Vietnamese, taken apart": normalize("NFD", "Nguyễn Việt Trần Đường Ẩ ặ ữ"),
    "Nuxalk": "a̱ á̱ Á̱ x̱ G̱",
    "Marshallese": "ļ m̧ n̄ o̧ M̧",
    "Sanskrit": "r̥ r̥̄ l̥̄ ṁ̐ R̥̄",
    "phonetic": "t̪ d̪ n̩ l̩̀ ŋ̍ ɔ̃̀ a̰ ə̥ ã̰ ɹ̩̃ ɨ̈ o̞̞",
    "maths": "x̄ p̂ A̅ B̲ x̄̂ M̂ C̨̆ q̃ J̌ W̃ ẍ̧",
    "Russian and others": "м\u0430́ш\u0435́ и́ Я́ ы̄ ю̄ Ѐ́ и\u0306 ж\u0435\u0308",
    "Greek": "ά̃ ᾶ́ ω̄́ ᾱ́",
    "many": "ṣ̌́̂ ụ̈̄́ Ḍ̌",
}
ALWAYS = "Yoruba"
every_language = pytest.mark.parametrize(
    "language", [ALWAYS, *later(*(each for each in LANGUAGES if each != ALWAYS))]
)


@dataclass(frozen=True)
class Sign:
    """A sign that is drawn, and where its ink is."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self):
        return (self.left + self.right) / 2

    def is_over_or_under(self, letter):
        return (
            letter.left - 1 <= self.middle <= letter.right + 1
            and self.bottom - letter.top < TALL
            and letter.bottom - self.top < TALL
        )

    def overlaps(self, mark):
        return (
            min(self.right, mark.right) - max(self.left, mark.left) > THIN
            and min(self.top, mark.top) - max(self.bottom, mark.bottom) > THIN
        )


TALL, THIN = 12, 0.5


def drawn(pdf):
    """What is drawn on each page: the signs that stand alone, and the marks."""
    for page in pdfium.PdfDocument(pdf):
        text = page.get_textpage()
        signs = [
            Sign(text.get_text_range(at, 1), *text.get_charbox(at))
            for at in range(text.count_chars())
            if text.get_text_range(at, 1).strip()
        ]
        marks = [each for each in signs if combining(each.text)]
        yield [each for each in signs if not combining(each.text)], marks


def bearers(typed):
    """The letters on which each mark was typed."""
    found, letter = defaultdict(set), ""
    for sign in normalize("NFD", typed):
        letter = letter if combining(sign) else sign
        found[sign].add(letter)
    return found


@pytest.fixture(scope="module")
def by_language(printed, content):
    """A report for each language, in the note and, as far as it goes, in the name."""

    def make(language):
        typed = LANGUAGES[language]
        return printed(answers_of("typical", content) | {"name": typed, "notes": typed}).pdf

    return make


@every_language
def test_a_mark_stands_over_or_under_its_letter_and_not_beside_it(by_language, language):
    bears = bearers(LANGUAGES[language])
    for letters, marks in drawn(by_language(language)):
        bare = [(normalize("NFD", each.text)[0], each) for each in letters]
        for mark in marks:
            able = (each for letter, each in bare if letter in bears[mark.text])
            assert any(map(mark.is_over_or_under, able)), mark
            same = [each for each in marks if combining(each.text) == combining(mark.text)]
            assert [each for each in same if each.overlaps(mark)] == [mark]


@every_language
def test_what_is_read_out_is_what_was_typed_and_nothing_is_said_to_be_missing(
    by_language, language
):
    pdf = by_language(language)
    typed = normalize("NFC", run_together(LANGUAGES[language]))
    # Name and note in the box, the name in the table; PDFium puts a label into the note.
    for told, least in ((tree(pdf).spoken(), 3), (" ".join(pages(pdf)), 2)):
        assert normalize("NFC", run_together(told)).count(typed) >= least
    assert UNDRAWABLE not in " ".join(pages(pdf))
    assert "a sign that we cannot print" not in " ".join(pages(pdf))


@pytest.mark.parametrize(("who", "form"), in_each(FORMS, ["marked letters"]))
def test_the_name_at_the_foot_has_its_marks_in_every_form(printed, who, form):
    told = pages(printed(who, **FORMS[form]).pdf)
    foot = normalize("NFC", run_together("Ọláṣẹ́ Ẹ̀ M̂ · 22 November 2026"))
    assert all(foot in normalize("NFC", run_together(page)) for page in told)


def test_a_mark_that_no_font_can_place_is_marked_and_the_report_says_so(printed, content):
    notes = "θ̂, 1́, e\u20dd, \u0301alone, <\u0302, &\u0301, ह\u0301, 李\u0301."
    text = " ".join(pages(printed(answers_of("typical", content) | {"notes": notes}).pdf))
    shown = (
        f"θ{UNDRAWABLE}, 1{UNDRAWABLE}, e{UNDRAWABLE}, {UNDRAWABLE}alone, <{UNDRAWABLE}, "
        f"&{UNDRAWABLE}, ह{UNDRAWABLE}, {UNDRAWABLE * 2}."
    )
    assert run_together(shown) in run_together(text)
    assert "a sign that we cannot print" in text


@pytest.mark.exhaustive
def test_a_pile_of_marks_does_not_reach_into_other_lines(printed, content):
    pile = "Z" + "\u0302\u0323" * 50
    pdf = printed(answers_of("typical", content) | {"notes": f"line\n{pile}\nline"}).pdf
    assert [len(marks) for _, marks in drawn(pdf) if marks] == [6]
    assert UNDRAWABLE * 94 in run_together(" ".join(pages(pdf)))


def test_a_page_without_marks_is_left_as_it_is():
    page = '<body data-footer="Zoë">Zoë Việt हिन्दी नमस्ते й</body>'
    assert set_whole(page).html is page
    assert set_whole(page).parts == frozenset()


def test_what_the_text_faces_have_stays_as_it_was_typed():
    assert set_whole("<p>Zoe\u0308, e\u0301</p>").html == "<p>Zoe\u0308, e\u0301</p>"


def test_what_has_a_character_of_its_own_is_set_as_that():
    assert set_whole("<p>Vie\u0323\u0302t \u0438\u0306</p>").html == "<p>Việt й</p>"


def test_a_letter_is_set_whole_from_its_parts_and_no_tag_is_touched():
    page = '<p title="M\u0302">a M\u0302&lt;\u0302 &amp;b</p>'
    assert set_whole(page).html == (
        '<p title="M\u0302">a <span class="marked">M\u0302</span>&lt;\ufffd &amp;b</p>'
    )


def test_the_foot_is_set_in_one_face_or_stays_as_it_is():
    assert set_whole('<p data-footer="M\u0302 &amp; é &#34;1">').html == (
        '<p data-footer="M\u0302 &amp; e\u0301 &quot;1">'
    )
    for foot in ("Zoe\u0308", "Việt"):
        page = set_whole(f'<body data-footer="{foot}">M\u0302</body>')
        assert f'data-footer="{foot}"' in page.html
        assert "@bottom-left" not in page.style
    assert set_whole('<body data-footer="1\u0301"></body>').html == (
        f'<body data-footer="1{UNDRAWABLE}"></body>'
    )


def test_a_place_on_the_letter_or_on_the_mark_before_it_counts():
    assert has_places("M\u0302")
    assert has_places("x\u0304\u0302")
    assert has_places("e")
    assert not has_places("1\u0301")
    assert not has_places("\u4e2d\u0301")
    assert not has_places("")
    assert undrawable("M\u0302") == frozenset()
