"""Reports that are broken on purpose, each in one way, with who has to notice.

A report is damaged as a file; each function is named for what is wrong afterwards.
"""

import re
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

CARRIED = {"answers.json": b'{"format": "acuscreen-answers/1"}\n'}
"""What the report that is damaged carries."""

VALIDATOR, ENGINE, WE = "page-validation", "veraPDF", "we"


def nothing(file):
    """Is saved anew, and so shows that saving is not what breaks the others."""


def no_title(file):
    _say(file, rb"<dc:title>.*?</dc:title>", b"")


def title_not_shown(file):
    file.Root.ViewerPreferences.DisplayDocTitle = False


def no_language(file):
    del file.Root.Lang


def no_statements(file):
    del file.Root.Metadata


def not_said_to_be_for_all(file):
    _say(file, rb' pdfuaid:part="1"', b"")


def said_to_be_another_standard(file):
    _say(file, rb'pdfuaid:part="1"', b'pdfuaid:part="3"')


def not_said_to_be_for_keeping(file):
    _say(file, rb' pdfaid:conformance="A"', b"")


def standard_not_explained(file):
    _say(file, rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b"")


def no_tags(file):
    del file.Root.StructTreeRoot
    del file.Root.MarkInfo


def not_marked_as_tagged(file):
    file.Root.MarkInfo.Marked = False


def picture_without_text(file):
    del _first(file, "/Figure").Alt


def picture_named_after_a_file(file):
    _first(file, "/Figure").Alt = String("a picture of pain, pain.svg")


def picture_in_another_place(file):
    _first(file, "/Figure").A.BBox = Array([5, 5, 50, 50])


def header_without_scope(file):
    del _first(file, "/TH").A.Scope


def heading_skipped(file):
    for each in _each(file.Root.StructTreeRoot, "/H2"):
        each.S = Name.H3


def heading_that_is_none(file):
    _first(file, "/H1").S = Name.P


def role_that_nobody_knows(file):
    _first(file, "/P").S = Name.Kicker


def cell_outside_its_row(file):
    _first(file, "/TD").S = Name.LI


def other_order(file):
    document = _first(file, "/Document")
    first, *others = document.K
    document.K = Array([first, *reversed(others)])


def words_left_out(file):
    document = _first(file, "/Document")
    document.K = Array(list(document.K)[:-1])


def content_without_tag(file):
    page = file.pages[0]
    drawn = [
        each
        for each in pikepdf.parse_content_stream(page)
        if str(each.operator) not in {"BDC", "EMC"}
    ]
    page.Contents = file.make_stream(pikepdf.unparse_content_stream(drawn))


def letters_without_meaning(file):
    del _font(file).ToUnicode


def letters_with_another_meaning(file):
    font = _font(file)
    text = font.ToUnicode.read_bytes()
    font.ToUnicode = file.make_stream(text.replace(b"<0065>", b"<0078>"))


def font_not_inside(file):
    for each in file.objects:
        if isinstance(each, Dictionary) and "/FontFile2" in each:
            del each.FontFile2


def carried_file_of_no_relation(file):
    del file.Root.AF[0].AFRelationship


def carried_file_that_belongs_to_nothing(file):
    del file.Root.AF


def carried_file_of_no_kind(file):
    del file.Root.AF[0].EF.F.Subtype


def no_colours_named(file):
    del file.Root.OutputIntents


def runs_a_program(file):
    file.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def locked(file):
    return pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions())


DAMAGE = {
    nothing: set(),
    no_title: {VALIDATOR, ENGINE},
    title_not_shown: {VALIDATOR, ENGINE},
    no_language: {VALIDATOR, ENGINE},
    no_statements: {VALIDATOR, ENGINE},
    not_said_to_be_for_all: {VALIDATOR, ENGINE},
    said_to_be_another_standard: {VALIDATOR, ENGINE},
    not_said_to_be_for_keeping: {VALIDATOR, ENGINE},
    standard_not_explained: {VALIDATOR, ENGINE},
    no_tags: {VALIDATOR, ENGINE, WE},
    not_marked_as_tagged: {VALIDATOR, ENGINE},
    picture_without_text: {VALIDATOR, ENGINE, WE},
    picture_named_after_a_file: {WE},
    picture_in_another_place: {WE},
    header_without_scope: {WE},
    heading_skipped: {VALIDATOR, ENGINE, WE},
    heading_that_is_none: {VALIDATOR, ENGINE, WE},
    role_that_nobody_knows: {VALIDATOR, ENGINE, WE},
    cell_outside_its_row: {VALIDATOR, ENGINE},
    other_order: {WE},
    words_left_out: {WE},
    content_without_tag: {ENGINE, WE},
    letters_without_meaning: {VALIDATOR, ENGINE, WE},
    letters_with_another_meaning: {WE},
    font_not_inside: {VALIDATOR, ENGINE},
    carried_file_of_no_relation: {VALIDATOR, ENGINE},
    carried_file_that_belongs_to_nothing: {VALIDATOR, ENGINE},
    carried_file_of_no_kind: {VALIDATOR, ENGINE},
    no_colours_named: {VALIDATOR, ENGINE},
    runs_a_program: {VALIDATOR, ENGINE},
    locked: {VALIDATOR, ENGINE},
}
"""Each damage, and who notices it."""


def damaged(pdf, damage):
    """The file, broken in this way."""
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        file.save(made, encryption=damage(file) or False, deterministic_id=damage is not locked)
    return made.getvalue()


def shortened(page):
    """The first page of a report and its table: all that can be damaged, and quick to check."""
    table = re.search(r'<section class="answers">.*?</section>', page, re.DOTALL)[0]
    return page[: page.index('<div class="inside">')] + table + "</body></html>"


def _say(file, what, instead):
    """Change what the file states of itself."""
    stated = file.Root.Metadata.read_bytes()
    changed = re.sub(what, instead, stated, flags=re.DOTALL)
    assert changed != stated
    file.Root.Metadata = file.make_stream(changed, Type=Name.Metadata, Subtype=Name.XML)


def _first(file, role):
    return next(_each(file.Root.StructTreeRoot, role))


def _each(element, role):
    """The elements of this role, in reading order."""
    if isinstance(element, Dictionary):
        if element.get("/S") == role:
            yield element
        below = element.get("/K", [])
        for each in below if isinstance(below, Array) else [below]:
            yield from _each(each, role)


def _font(file):
    return next(e for e in file.objects if isinstance(e, Dictionary) and "/ToUnicode" in e)
