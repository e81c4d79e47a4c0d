"""The command `acuscreen`: which command it is, its exit code, and what an error looks like.

An error of the user's or of the content is told in a line; anything else is our bug and keeps its
traceback.
"""

import gc
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from questionnaire.commands import DONE, STOPPED, UNWRITTEN, WRONG, UsageError
from questionnaire.content import ROOT, Content, read_content
from questionnaire.files import ReadError, WriteError
from questionnaire.jsonfile import AnswersError
from questionnaire.options import parse
from rules import EngineError, RulesError

_SELDOM = 50_000
"""Things more than before, after which garbage is looked for; Python's own 700 is for less memory.
Nearly all that is loaded stays: looking takes 4 % of the time to the first question."""

Command = Callable[[Content, Namespace], int]

COMMANDS = {
    "interview": "talks.interview",
    "enter": "talks.enter",
    "result": "results.result",
    "report": "results.report",
    "batch": "results.batch",
    "explain": "results.explain",
    "read": "results.give_back",
    "workbook": "editors.workbook",
    "check": "editors.check",
    "compare": "editors.compare",
}
"""By name: where in `commands` it is; loaded when called, as some take longer than a question."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    gc.set_threshold(_SELDOM)
    options = parse(arguments)
    try:
        return _command(options.command)(read_content(options.content or ROOT), options)
    except AnswersError as error:
        return _fail(WRONG, *(f"{options.file or 'the code'}: {fault}" for fault in error.faults))
    except (ReadError, RulesError, EngineError, UsageError) as error:
        return _fail(WRONG, str(error))
    except WriteError as error:
        return _fail(UNWRITTEN, str(error))
    except KeyboardInterrupt as stop:
        return _fail(STOPPED, str(stop) or "stopped.")
    except BrokenPipeError:
        return DONE  # whoever read our output has seen enough


def _command(name: str) -> Command:
    module, _, function = COMMANDS[name].partition(".")
    command: Command = getattr(import_module(f"questionnaire.commands.{module}"), function)
    return command


def _fail(code: int, *messages: str) -> int:
    for message in messages:
        sys.stderr.write(f"acuscreen: {message}\n")
    return code
