"""The printed code is read from a bad picture, and a picture can do no harm."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pypdfium2
import pytest
import segno
from PIL import ExifTags, Image, ImageFilter, ImageOps

from questionnaire.errors import AnswersError
from questionnaire.handover.qr import code_for
from questionnaire.handover.scan import codes_in
from questionnaire.report.pdf import render as pdf

LONGEST = "ACU1.2026.1." + "0123456789ABCDEFGHIJKLMNOPQRSTUV" + "V9L2D0K4S7A3H6"
MM = 100 / 25.4  # dots, at 100 dpi
LEFT, TOP, SIDE = 120, 30, 35
PAGE = """<html lang="en"><meta charset="utf-8"><title>A page</title>
<style>@page {{ size: a4; margin: 0 }}</style><h1 style="width: 90mm; font-size: 12pt">{words}</h1>
<svg role="img" viewBox="0 0 {code.size} {code.size}" style="position: absolute;
left: {left}mm; top: {top}mm; width: {side}mm; height: {side}mm"><title>A code</title>
<path stroke="#000" d="{code.path}"/></svg>"""


@pytest.fixture(scope="module")
def page():
    """A page that bears the longest code, 35 mm a side, as a picture of 100 dpi."""
    html = PAGE.format(
        code=code_for(LONGEST), words="These are words. " * 60, left=LEFT, top=TOP, side=SIDE
    )
    return pypdfium2.PdfDocument(pdf.to_pdf(html))[0].render(scale=100 / 72).to_pil().convert("L")


def saved(picture, kind="PNG", **how):
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def crooked(picture):
    """As a page looks that is not held straight."""
    wide, high = picture.size
    corners = (-40, -20, -10, high + 30, wide + 50, high + 10, wide + 20, -40)
    return picture.transform(
        picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP"])
def test_it_is_read_at_100_dpi_from_every_kind_of_picture(page, kind):
    assert codes_in(saved(page, kind)) == (LONGEST,)


@pytest.mark.parametrize("degrees", [0, 3, 45, 90, 161, 270])
def test_it_is_read_however_the_page_is_turned(page, degrees):
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=200)
    assert codes_in(saved(crooked(turned), "JPEG", quality=50)) == (LONGEST,)


def test_it_is_read_in_black_and_white_blurred_and_from_a_pale_print(page):
    assert codes_in(saved(page.convert("1"))) == (LONGEST,)
    assert codes_in(saved(page.filter(ImageFilter.GaussianBlur(1)))) == (LONGEST,)
    assert codes_in(saved(page.point(lambda grey: 120 + grey // 3))) == (LONGEST,)


def clear(page, ink):
    """The page with nothing but its ink, on a ground that is clear and was of the same colour."""
    picture = Image.new("RGBA", page.size, (ink, ink, ink, 0))
    picture.putalpha(ImageOps.invert(page))
    return picture


def clear_but_named(page, mode):
    """The same in the older way: one colour is said to be clear."""
    ground, ink = ((1, 1, 1), (0, 0, 0)) if mode == "RGB" else (1, 0)
    picture = Image.new(mode, page.size, ground)
    if mode == "P":
        picture.putpalette([0] * 6)
    picture.paste(ink, mask=ImageOps.invert(page))
    return picture, ground


@pytest.mark.parametrize("ink", [0, 60, 255])
@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("TIFF", "RGBA")])
def test_it_is_read_from_a_page_with_a_clear_ground(page, kind, mode, ink):
    assert codes_in(saved(clear(page, ink).convert(mode), kind)) == (LONGEST,)
    assert codes_in(saved(clear(page, ink), "WEBP", lossless=True)) == (LONGEST,)


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_it_is_read_where_one_colour_is_said_to_be_clear(page, mode):
    picture, ground = clear_but_named(page, mode)
    assert codes_in(saved(picture, transparency=ground)) == (LONGEST,)
    if mode == "P":
        assert codes_in(saved(picture, "GIF", transparency=ground)) == (LONGEST,)


def test_a_page_that_could_be_clear_and_is_not_is_read(page):
    assert codes_in(saved(page.convert("RGBA"))) == (LONGEST,)
    assert codes_in(saved(page.convert("1"), transparency=0)) == (LONGEST,)


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP", "PNG"])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_every_page_is_looked_at(page, kind, at):
    leaves = [Image.new("RGB", page.size, (250 - each, 250, 250)) for each in range(3)]
    leaves.insert(at, page.convert("RGB"))
    first, *others = leaves
    assert codes_in(saved(first, kind, save_all=True, append_images=others)) == (LONGEST,)


def test_a_clear_page_behind_another_is_read(page):
    blank = Image.new("RGBA", page.size, "white")
    scan = saved(blank, "TIFF", save_all=True, append_images=[clear(page, 0)])
    assert codes_in(scan) == (LONGEST,)


def test_the_same_code_on_two_pages_is_one_and_another_is_another(page):
    other = page.copy()
    code = code_for(LONGEST[:-1] + "V")
    draw = segno.make_qr(code.text, error="q")
    file = BytesIO()
    draw.save(file, kind="png", scale=3, border=4)
    other.paste(Image.open(file).convert("L"), tuple(round(each) for each in _square()[:2]))
    twice = saved(page, "TIFF", save_all=True, append_images=[page.copy()])
    assert codes_in(twice) == (LONGEST,)
    both = saved(page, "TIFF", save_all=True, append_images=[other])
    assert codes_in(both) == (LONGEST, code.text)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_read_whichever_way_up_a_camera_says_that_it_is(page, orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    assert codes_in(saved(page, "JPEG", exif=exif)) == (LONGEST,)
    assert codes_in(saved(ImageOps.exif_transpose(reopened(page, exif)))) == (LONGEST,)


def reopened(page, exif):
    return Image.open(BytesIO(saved(page, "JPEG", exif=exif)))


def test_it_is_read_inverted_mirrored_and_in_other_depths(page):
    deep = page.convert("I").point(lambda grey: grey * 257)
    assert codes_in(saved(ImageOps.invert(page))) == (LONGEST,)
    assert codes_in(saved(ImageOps.mirror(page))) == (LONGEST,)
    assert codes_in(saved(deep.convert("I;16"))) == (LONGEST,)
    assert codes_in(saved(deep.convert("I;16"), "TIFF")) == (LONGEST,)
    assert codes_in(saved(page.convert("CMYK"), "JPEG")) == (LONGEST,)


def test_what_a_telephone_puts_behind_a_photograph_is_not_looked_at(page):
    small = page.resize((80, 113)).convert("RGB")
    photograph = saved(page.convert("RGB"), "MPO", save_all=True, append_images=[small])
    assert codes_in(photograph) == (LONGEST,)
    assert codes_in(photograph[: len(saved(page.convert("RGB"), "JPEG"))]) == (LONGEST,)


def test_pages_without_end_are_refused(page):
    leaves = [Image.new("1", (9, 9), each % 2) for each in range(60)]
    with pytest.raises(AnswersError, match="more than 50 pages"):
        codes_in(saved(page, "TIFF", save_all=True, append_images=leaves))


def test_a_later_page_that_is_huge_is_refused_before_it_is_unpacked(page):
    whole = saved(page, "TIFF", save_all=True, append_images=[page.copy()])
    last = whole.rindex(struct.pack("<HHII", 256, 4, 1, page.width)[:4])
    with pytest.raises(AnswersError, match="dots; save it smaller"):
        codes_in(whole[: last + 8] + struct.pack("<I", 200_000) + whole[last + 12 :])


@pytest.mark.parametrize("ink", [0, 255])
def test_it_is_read_with_a_stain_or_a_hole_of_a_centimetre(page, ink):
    stained, middle = page.copy(), ((LEFT + SIDE / 2) * MM, (TOP + SIDE / 2) * MM)
    corner = [round(each - 5 * MM) for each in middle]
    stained.paste(ink, (*corner, *(round(each + 10 * MM) for each in corner)))
    assert codes_in(saved(stained)) == (LONGEST,)


def test_the_path_draws_every_dark_square_once(page):
    code = code_for(LONGEST)
    area = sum(int(bar.partition("h")[2]) for bar in code.path.split("M")[1:])
    dark = sum(255 - grey for grey in page.crop(_square()).get_flattened_data()) / 255
    assert area == pytest.approx(dark / (SIDE * MM / code.size) ** 2, rel=0.03)


def _square():
    return tuple(round(each * MM) for each in (LEFT, TOP, LEFT + SIDE, TOP + SIDE))


def test_a_page_without_a_code_shows_none():
    assert codes_in(saved(Image.new("RGB", (827, 1169), "white"))) == ()


@pytest.mark.parametrize("size", [(20_000, 20_000), (9_500, 9_500), (2**31 - 1, 2**31 - 1)])
def test_a_huge_picture_is_refused_before_it_is_unpacked(size):
    with pytest.raises(AnswersError, match="dots; save it smaller"):
        codes_in(png(size))


def png(size):
    """A picture of a hundred bytes that says how large it is."""
    head = b"IHDR" + struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0)
    rows = b"IDAT" + zlib.compress(b"\0" * 99)
    parts = (
        struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each))
        for each in (head, rows, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", b"%!PS-Adobe-3.0 EPSF-3.0", b"\0" * 1000])
def test_anything_but_a_picture_is_refused(raw):
    with pytest.raises(AnswersError, match="no picture that can be read"):
        codes_in(raw)


@pytest.mark.parametrize("kept", [20, 200, 3000])
def test_a_picture_that_is_cut_off_shows_nothing_or_is_refused(page, kept):
    with suppress(AnswersError):
        assert codes_in(saved(page)[:kept]) == ()
