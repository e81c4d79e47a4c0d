"""What each command does; each returns the exit code.

An error of the user's or of the content is raised, and told in one place, `cli`.
"""

DONE, FOUND, WRONG, UNWRITTEN, STOPPED = 0, 1, 2, 3, 130


class UsageError(Exception):
    """The command was called in a way that it does not understand."""
