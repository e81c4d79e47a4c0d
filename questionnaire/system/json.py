"""JSON as this program writes it to files and to standard output."""

import json
from collections.abc import Mapping


def json_file(table: Mapping[str, object]) -> bytes:
    """A JSON object in UTF-8: indented for people to read, no letter spelt out as an escape."""
    return (json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode()
