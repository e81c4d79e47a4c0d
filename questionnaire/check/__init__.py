"""Is the content right?  Checked on its face, and proved for every possible interview."""
