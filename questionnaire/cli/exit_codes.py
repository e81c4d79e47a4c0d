"""The exit codes, as README.md lists them."""

DONE, FOUND, WRONG, UNWRITTEN, STOPPED = 0, 1, 2, 3, 130
