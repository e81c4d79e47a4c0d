"""The command `acuscreen`: which command it is, its exit code, and what an error looks like.

An error of the user's or of the content is told in a line; anything else is our bug and keeps its
traceback.
"""

import gc
from argparse import Namespace
from collections.abc import Callable, Sequence

from questionnaire.cli.exit_codes import DONE, STOPPED, UNWRITTEN, WRONG
from questionnaire.cli.parser import parse
from questionnaire.content.content import ROOT, Content, read_content
from questionnaire.errors import AnswersError, ReadError, UsageError, WriteError
from questionnaire.system.output import print_aside
from rules import EngineError, RulesError

_SELDOM = 50_000
"""Things more than before, after which garbage is looked for; Python's own 700 is for less memory.
Nearly all that is loaded stays: looking takes 4 % of the time to the first question."""

Command = Callable[[Content, Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    gc.set_threshold(_SELDOM)
    try:
        return _run(parse(arguments))
    except (ReadError, RulesError, EngineError, UsageError) as error:
        return _fail(WRONG, str(error))
    except WriteError as error:
        return _fail(UNWRITTEN, str(error))
    except KeyboardInterrupt as stop:
        return _fail(STOPPED, str(stop) or "stopped.")
    except BrokenPipeError:
        return DONE  # whoever read our output has seen enough


def _run(options: Namespace) -> int:
    try:
        return _command(options.command)(read_content(options.content or ROOT), options)
    except AnswersError as error:
        return _fail(WRONG, *(f"{options.file or 'the code'}: {fault}" for fault in error.faults))


def _command(name: str) -> Command:
    """What carries a command out; loaded when called, as some take longer than a question."""
    match name:
        case "interview":
            from questionnaire.cli.interview import interview as command
        case "enter":
            from questionnaire.cli.interview import enter as command
        case "result":
            from questionnaire.cli.results import result as command
        case "report":
            from questionnaire.cli.results import report as command
        case "batch":
            from questionnaire.cli.results import batch as command
        case "explain":
            from questionnaire.cli.results import explain as command
        case "read":
            from questionnaire.cli.results import give_back as command
        case "clinic":
            from questionnaire.cli.clinic import clinic as command
        case "web":
            from questionnaire.cli.web import web as command
        case "workbook":
            from questionnaire.cli.editors import workbook as command
        case "check":
            from questionnaire.cli.editors import check as command
        case "compare":
            from questionnaire.cli.editors import compare as command
        case "fhir questionnaire":
            from questionnaire.cli.fhir import write_questionnaire as command
        case "fhir codes":
            from questionnaire.cli.fhir import write_codes as command
        case "fhir response":
            from questionnaire.cli.fhir import write_response as command
        case "fhir bundle":
            from questionnaire.cli.fhir import write_bundle as command
    return command


def _fail(code: int, *messages: str) -> int:
    for message in messages:
        print_aside(f"acuscreen: {message}\n")
    return code
