"""How large a request may be."""

LARGEST_FORM = 64 * 1024
"""Bytes of a form without a file: the longest text that a question takes has a few hundred."""

LARGEST_UPLOAD = 1_000_000
"""Bytes of a file: an answers file has some 3,000, the PDF of a report some 100,000."""

SPARE = 4 * 1024
"""Bytes around a file in a form."""

LARGEST_READ = 4 * 1024 * 1024
"""Bytes that are read at all, into memory: more is refused before it has come."""
