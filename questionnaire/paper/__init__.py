"""Answers typed in from the form on paper."""
