"""Answers in files: read, checked and written."""
