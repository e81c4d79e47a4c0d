"""What has to be so in every report: judged by a validator, and by us where no validator looks."""

import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from itertools import groupby, pairwise
from unicodedata import category, normalize

import page as validator
import pikepdf
import pypdfium2 as pdfium
from printing import run_together
from tags import tree

from questionnaire.report.pdf.fonts import undrawable
from questionnaire.report.pdf.render import UNDRAWABLE

DRAWN_BY_STYLE = dict.fromkeys(map(ord, "·–"))  # noqa: RUF001 - the marks that print.css adds
HEAD = re.compile("<thead>.*?</thead>", re.DOTALL)
FOOT = re.compile('data-footer="(.*?)"')
PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
PICTURE_TITLE = re.compile(r"<title>(.*?)</title>")
PICTURE_WORD = re.compile(r"<text[^>]*>(.*?)</text>")
FILE_NAME = re.compile(r"\.\w{3,4}$")
SPOKEN = ("P", "LI", "H1", "H2", "H3", "H4")
SILENT = ("script", "style", "svg", "title")


def by_validator(pdf):
    """What page-validation finds against either standard, by the number of the rule."""
    try:
        return {
            f"{standard} {failure.rule_id}"
            for standard in ("ua1", "3a")
            for failure in validator.validate_pdf_bytes(pdf, profile=standard).failures
        }
    except validator.PageError as error:
        return {f"cannot be read: {error}"}


def by_us(page, pdf):
    """What is wrong with this page's PDF, in words."""
    with pikepdf.open(BytesIO(pdf)) as file:
        if "/StructTreeRoot" not in file.Root:
            return {"it has no tags"}
    document = tree(pdf)
    wrong = {
        "a table header does not say what it heads": _headers_without_scope(document),
        "a heading is skipped": _skipped_headings(document),
        "a picture does not say what it shows": _mute_pictures(document),
        "a picture is not where the tag says": _misplaced_pictures(document, pdf),
        "a word in a picture is not told": _untold_words(page),
        "a sentence is read out in pieces": _in_pieces(page, document),
        "what is read out is not what went in": read_out(page, document) != put_in(page),
        "something is drawn that is not read out": _untold(page, document, pdf),
    }
    return {words for words, found in wrong.items() if found}


def _headers_without_scope(document):
    return [each for each in document.of("TH") if each.scope not in {"/Column", "/Row"}]


def _skipped_headings(document):
    levels = [int(each.role[1]) for each in document.of("H1", "H2", "H3", "H4", "H5", "H6")]
    steps = [after - before for before, after in pairwise([0, *levels])]
    return levels[:1] != [1] or levels.count(1) > 1 or max(steps) > 1


def _mute_pictures(document):
    """A picture tells a number or names places: several words, and not the name of a file."""
    return [
        each
        for each in document.of("Figure")
        if not each.alt or len(each.alt.split()) < 4 or FILE_NAME.search(each.alt)
    ]


def _misplaced_pictures(document, pdf):
    """Something is drawn up to all four sides of a picture's place, give or take a line."""
    pages = pdfium.PdfDocument(pdf)
    return [each for each in document.of("Figure") if not _drawn_in(pages[each.page], each.place)]


def _drawn_in(page, place):
    left, bottom, right, top = place
    for shown in page.get_objects():
        west, south, east, north = shown.get_bounds()
        if left - 1 <= west and east <= right + 1 and bottom - 1 <= south and north <= top + 1:
            return True
    return False


def _in_pieces(page, document):
    """Paragraphs and points that are more than one element, where no page break parts them."""
    told = [(each.page, "".join(_told(each, iter(()), ()))) for each in document.of(*SPOKEN)]
    whole, growing = set(), []
    for at, text in told:
        growing = [(at, before + text) for last, before in growing if last == at - 1]
        growing.append((at, text))
        whole |= {compared(text) for _, text in growing}
    return [text for text in map(compared, _spoken(page)) if text not in whole]


def _spoken(page):
    """The text of each paragraph, point and heading, as it can be printed."""
    reader = _Spoken()
    reader.feed(page[page.index("<body") :])
    shows_undrawable = bool(undrawable(page))
    return [
        printable(page, "".join(text))
        for hidden, text in reader.texts
        if text and (shows_undrawable or not hidden)
    ]


class _Spoken(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts = []
        self._tag = None
        self._silent = False

    def handle_starttag(self, tag, attrs):
        self._silent = self._silent or tag == "svg"
        if tag.upper() in SPOKEN:
            self._tag = tag
            self.texts.append((("class", "undrawable") in attrs, []))

    def handle_endtag(self, tag):
        self._silent = self._silent and tag != "svg"
        if tag == self._tag:
            self._tag = None

    def handle_data(self, data):
        if self._tag and not self._silent:
            self.texts[-1][1].append(data)


def _untold_words(page):
    """Nobody is read what is drawn in a picture: its title has to tell every word."""
    return [
        word
        for title, words in _drawn_words(page)
        for word in words
        if word.lower() not in title.lower()
    ]


def _drawn_words(page):
    """The title of each picture, and the words that are drawn in it."""
    for picture in PICTURE.findall(page):
        yield unescape(PICTURE_TITLE.search(picture)[1]), PICTURE_WORD.findall(picture)


def read_out(page, document):
    """All text in reading order; the head of a table that runs on, once."""
    heads = [each.spoken() for each in document.of("THead")]
    again = _repeated(heads, HEAD.findall(page))
    return compared(" ".join(_told(document, iter(range(len(heads))), again)))


def _repeated(heads, wanted):
    """Which of these heads, by number, are more of one kind in a row than were put in."""
    runs = [list(run) for _, run in groupby(range(len(heads)), heads.__getitem__)]
    most = [len(list(run)) for _, run in groupby(wanted)]
    return {at for run, kept in zip(runs, most, strict=False) for at in run[kept:]}


def _told(tag, count, again):
    if tag.role == "Lbl" or (tag.role == "THead" and next(count) in again):
        return
    yield tag.text
    for each in tag.below:
        yield from _told(each, count, again)


def put_in(page):
    """All text of the page, as it can be printed."""
    reader = _Text(shows_undrawable=bool(undrawable(page)))
    reader.feed(page[page.index("<body") :])
    return compared(printable(page, "".join(reader.text)))


class _Text(HTMLParser):
    def __init__(self, *, shows_undrawable):
        super().__init__()
        self.text = []
        self._silent = None
        self._shows_undrawable = shows_undrawable

    def handle_starttag(self, tag, attrs):
        hidden = ("class", "undrawable") in attrs and not self._shows_undrawable
        if self._silent is None and (tag in SILENT or hidden):
            self._silent = tag

    def handle_endtag(self, tag):
        if tag == self._silent:
            self._silent = None

    def handle_data(self, data):
        if self._silent is None:
            self.text.append(data)


def _untold(page, document, pdf):
    """Whether more, or less, is shown than is read out, drawn in pictures, or at the foot."""
    sheets = [sheet.get_textpage().get_text_range() for sheet in pdfium.PdfDocument(pdf)]
    foot = unescape(FOOT.search(page)[1])
    feet = [f"{foot} page {at} of {len(sheets)}" for at in range(1, len(sheets) + 1)]
    drawn = [word for _, words in _drawn_words(page) for word in words]
    told = printable(page, "".join([*feet, *drawn])) + document.spoken()
    return sorted(compared("".join(sheets))) != sorted(compared(told))


def printable(page, text):
    return text.translate(dict.fromkeys(undrawable(page), UNDRAWABLE))


def compared(text):
    """Without spaces and invisible signs, and a letter as one sign however it was put in."""
    # A reader of the PDF may take a mark that is raised for the beginning of a line.
    together = normalize("NFKC", run_together(normalize("NFKC", text)))
    seen = "".join(each for each in together if category(each) != "Cf")
    return seen.translate(DRAWN_BY_STYLE)
