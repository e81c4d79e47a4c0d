"""The properties that are proved of every interview."""
