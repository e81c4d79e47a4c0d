"""Reports for many people."""
