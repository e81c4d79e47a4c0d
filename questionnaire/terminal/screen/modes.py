"""The modes of the terminal, given back when the program is ended or stopped from outside.

A prompt sets them: no echo, each key at once, the cursor hidden, a paste marked.  Signals that end
or stop a program know nothing of that, so that the shell would be left as good as deaf.
"""

import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from questionnaire.system.scratch import remove_scratch

_ENDING = (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM)
_PLAIN_SCREEN = b"\x1b[?25h\x1b[?2004l\x1b[0m\x1b[999B\r\n"
"""Shows the cursor, marks no paste, and goes on in plain letters below all that was drawn."""

Handler = Callable[[int, FrameType | None], None]


@contextmanager
def given_back(draw_anew: Callable[[], None]) -> Iterator[None]:
    """Meanwhile a signal that ends or stops the program finds the terminal as it was before.

    When the program goes on, whatever is asked is drawn anew.  Only in the main thread.
    """
    before = termios.tcgetattr(sys.stdin)

    def leave() -> None:
        os.write(sys.stdout.fileno(), _PLAIN_SCREEN)
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)

    def end(number: int, _: FrameType | None) -> None:
        leave()
        remove_scratch()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # so that whoever waits for us sees what ended us

    def stop(_number: int, _frame: FrameType | None) -> None:
        leave()
        os.kill(os.getpid(), signal.SIGSTOP)

    def go_on(_number: int, _frame: FrameType | None) -> None:
        draw_anew()

    handlers: dict[int, Handler] = dict.fromkeys(_ENDING, end)
    with _handled(handlers | {signal.SIGTSTP: stop, signal.SIGCONT: go_on}):
        yield


@contextmanager
def _handled(handlers: dict[int, Handler]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
