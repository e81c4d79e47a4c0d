"""Where the table of all answers is cut in two, so that its columns are about equally long."""

from collections.abc import Sequence
from math import ceil

from questionnaire.interview.wording import Worded

_ASKED, _ANSWERED = 17, 26
"""Letters in a line of what was asked, and of what was answered."""


def halves(replies: Sequence[Worded]) -> tuple[Sequence[Worded], Sequence[Worded]]:
    """The replies in their order, cut where both parts have about as many lines in print."""
    lines = [lines_of(each) for each in replies]
    at = min(range(len(lines) + 1), key=lambda at: max(sum(lines[:at]), sum(lines[at:])))
    return replies[:at], replies[at:]


def lines_of(reply: Worded) -> int:
    """About how many lines a reply takes in its column."""
    asked, answered = len(reply.question.short), len("; ".join(reply.words))
    return max(ceil(asked / _ASKED), ceil(answered / _ANSWERED), 1)
