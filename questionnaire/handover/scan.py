"""Read the QR codes in a picture, such as a scan or a photograph of a page, or of several.

The only module that knows zxing-cpp, and, to open pictures, Pillow.  Turned, mirrored and inverted
codes are zxing's own matter.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import count

import zxingcpp
from PIL import Image

from questionnaire.errors import AnswersError

_KINDS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")
_SINGLE = {"JPEG", "MPO"}
"""Hold one page: what telephones put behind a photograph is a smaller copy of it."""

_MOST = Image.MAX_IMAGE_PIXELS or 0
"""Dots of a page; A4 at 600 dpi has 35 million."""
_MOST_PAGES = 50
_MOST_TOGETHER = 4 * _MOST
"""Dots of all pages: as many take half a minute."""

_DEEP = {"F", "I", "I;16", "I;16B", "I;16L", "I;16N"}
"""Modes of more than eight bits, which have no transparency."""

_LARGE = f"has more than {_MOST:,} dots; save it smaller"
_LONG = f"has more than {_MOST_PAGES} pages or {_MOST_TOGETHER:,} dots; save the page with the code"
_STRANGE = (
    f"is no PDF, and no picture that can be read ({', '.join(_KINDS)}), or is damaged; "
    "of a page for a browser, take a picture of its code"
)


def codes_in(picture: bytes) -> tuple[str, ...]:
    """What each QR code in a picture says, each text once; AnswersError when it cannot be seen."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about a picture, but does not hide it
            # Pillow looks at the size before it unpacks anything.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(picture), formats=_KINDS) as image:
                texts = [text for page in _pages(image) for text in _texts_on(page)]
                return tuple(dict.fromkeys(texts))
    except AnswersError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise AnswersError([_LARGE]) from error
    except Exception as error:  # a damaged picture fails in as many ways as there are kinds
        raise AnswersError([_STRANGE]) from error


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    """Every page of a TIFF, and every picture of one that moves."""
    dots = 0
    for number in count():
        try:
            image.seek(number)
        except EOFError:
            return
        size = image.width * image.height
        dots += size
        if size > _MOST:  # Pillow looks at the size of the first page alone
            raise AnswersError([_LARGE])
        if number == _MOST_PAGES or dots > _MOST_TOGETHER:
            raise AnswersError([_LONG])
        yield image
        if image.format in _SINGLE:
            return


def _texts_on(page: Image.Image) -> list[str]:
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for seen in _seen(page):
        if found := zxingcpp.read_barcodes(seen, formats=wanted):
            return [code.text for code in found]
    return []


def _seen(page: Image.Image) -> Iterator[Image.Image]:
    """The page in grey.  What is clear lies on white, and for white ink on black."""
    if page.mode in _DEEP or not page.has_transparency_data:
        yield page.convert("L")
        return
    whole = page.convert("RGBA")
    ink, cover = whole.convert("L"), whole.getchannel("A")
    for ground in ("white", "black"):
        seen = Image.new("L", page.size, ground)
        seen.paste(ink, mask=cover)
        yield seen
