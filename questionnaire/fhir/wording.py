"""What rules say, as it stands in a record: without the references that only the report lists."""

import re

from rules import REFERENCE


def plain(text: str) -> str:
    """A text of the rules on one line, without references."""
    return re.sub(r"\s+([.,;])", r"\1", " ".join(REFERENCE.sub("", text).split()))
