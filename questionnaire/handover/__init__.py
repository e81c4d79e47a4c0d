"""Answers that a report carries, and how it gives them back."""
