"""Read the QR codes in a picture, such as a scan or a photograph of a page.

The only module that knows zxing-cpp, and, to open pictures, Pillow.
"""

import warnings
from io import BytesIO

import zxingcpp
from PIL import Image

from questionnaire.errors import AnswersError

_KINDS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")
_MOST = Image.MAX_IMAGE_PIXELS or 0
"""Dots; an A4 page at 600 dpi has 35 million."""

_STRANGE = (
    f"is no PDF, and no picture that can be read ({', '.join(_KINDS)}), or is damaged; "
    "of a page for a browser, take a picture of its code"
)


def codes_in(picture: bytes) -> tuple[str, ...]:
    """The text of each QR code in a picture, each once; AnswersError when it is no picture."""
    found = zxingcpp.read_barcodes(
        _seen(picture), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return tuple(dict.fromkeys(code.text for code in found))


def _seen(picture: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what is odd in a file, but hinders nobody
            # A decompression bomb: Pillow looks at the size before it decompresses anything.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(picture), formats=_KINDS) as image:
                return image.convert("L")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise AnswersError([f"has more than {_MOST:,} dots; save it smaller"]) from error
    except Exception as error:  # a damaged picture fails in as many ways as there are kinds
        raise AnswersError([_STRANGE]) from error
