"""A sheet as a fax or a poor printer shows it: 200 dots an inch, each black or white."""

import re
from itertools import pairwise

from PIL import Image

FAX, FINE = 200, 600
BLACK = 128
"""What is darker than this becomes black, all else white."""

_ENDS = 4
_WHITE = re.compile(b"[%c-\xff]+" % BLACK)

SPECK, SPOT = 0.06, 1
"""Square millimetres of white that an eye can tell from nothing, and that it sees at once."""


def rendered(page, dots=FAX):
    """The sheet in grey, in so many dots an inch."""
    return page.render(scale=dots / 72, grayscale=True).to_pil().convert("L")


def part(picture, page, place, dots=FAX):
    """What lies between these points of the sheet (left, bottom, right, top)."""
    left, bottom, right, top = (each * dots / 72 for each in place)
    height = page.get_height() * dots / 72
    return picture.crop((int(left), int(height - top), int(right) + 1, int(height - bottom) + 1))


def has_ink(picture):
    return picture.getextrema()[0] < BLACK


def unbroken(picture):
    """Whether a line runs from end to end; the place it is given is a little longer."""
    if picture.height > picture.width:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    line = range(_ENDS, picture.width - _ENDS)
    return all(has_ink(picture.crop((at, 0, at + 1, picture.height))) for at in line)


def stretches_of_black(picture, dots=FAX):
    """How long each is, in millimetres, from left to right at a quarter of the height."""
    row = picture.height * 3 // 4
    ends = [0, *(at for white in _white(picture, row) for at in white[1:]), picture.width]
    black = zip(ends[::2], ends[1::2], strict=True)
    return [(end - start) * 25.4 / dots for start, end in black if start < end]


def holes(picture, dots=FAX, least=SPECK):
    """How many outlines are open within: patches of white that black shuts in."""
    patches = _patches([[*_white(picture, row)] for row in range(picture.height)])
    least *= (dots / 25.4) ** 2
    shut = [
        patch
        for patch in patches
        if not any(
            row in {0, picture.height - 1} or start == 0 or end == picture.width
            for row, start, end in patch
        )
    ]
    return sum(sum(end - start for _, start, end in patch) >= least for patch in shut)


def _white(picture, row):
    """The white stretches of a row of dots."""
    dots = picture.crop((0, row, picture.width, row + 1)).tobytes()
    for stretch in _WHITE.finditer(dots):
        yield row, *stretch.span()


def _patches(rows):
    """White stretches that touch from row to row, put together."""
    patch_of = {}
    for above, row in pairwise([[], *rows]):
        for stretch in row:
            patch_of[stretch] = [stretch]
            for other in above:
                if other[1] < stretch[2] and stretch[1] < other[2]:
                    _join(patch_of, stretch, other)
    return {id(patch): patch for patch in patch_of.values()}.values()


def _join(patch_of, one, other):
    less, more = sorted((patch_of[one], patch_of[other]), key=len)
    if less is not more:
        more.extend(less)
        patch_of.update(dict.fromkeys(less, more))
