"""What the desk keeps, and for how long: encrypted where it tells anything about a person."""
