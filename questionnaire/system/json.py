"""JSON as this program writes it to files and to standard output."""

import json
from collections.abc import Mapping

from questionnaire.system.printable import escaped


def json_file(table: Mapping[str, object]) -> bytes:
    """A JSON object in UTF-8, indented for people to read; bidirectional marks are escaped."""
    return escaped(json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode()
