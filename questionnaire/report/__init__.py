"""What the report says: as plain values, as a page, and as a PDF."""
