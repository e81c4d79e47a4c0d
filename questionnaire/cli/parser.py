"""What may be typed behind `acuscreen`: its commands, their options, and an example of each.

By argparse: click takes three times as long to load, and the first question would wait for it.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from questionnaire.cli.options import (
    Parser,
    add_brief,
    add_carrying,
    add_content,
    add_country,
    add_force,
    add_forms,
    add_making,
    add_paper,
    add_wishes,
    describe,
    refuse_ignored,
)
from questionnaire.cli.options_clinic import add_clinic
from questionnaire.cli.options_editors import add_check, add_compare, add_workbook
from questionnaire.cli.options_fhir import add_fhir
from questionnaire.cli.options_results import (
    add_batch,
    add_explain,
    add_read,
    add_report,
    add_result,
)
from questionnaire.system.output import print_text

_LAST_PORT = 65535


class _Version(argparse.Action):
    """Tell the version, and where it lies; looked up only when asked, as that takes a while."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415  see above

        where = Path(__file__).resolve().parent.parent.parent
        print_text(f"acuscreen {version('acuscreen')} ({where})\n")
        parser.exit()


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options as typed; `command` names the command.  Wrong usage ends the program with 2."""
    whole = Parser(prog="acuscreen")
    _add_interview(whole)
    commands = _add_commands(whole)
    options, strange = whole.parse_known_args(arguments)
    used = commands.get(options.command, whole)
    refuse_ignored(whole, used, options)
    if strange:
        used.error(f"unrecognized arguments: {' '.join(strange)}")
    return options


def _add_commands(whole: Parser) -> Mapping[str, Parser]:
    commands = whole.add_subparsers(title="commands", metavar="[COMMAND]")
    for add, name, about in (
        (add_result, "result", "print what follows from an answers file"),
        (add_report, "report", "write the report on an answers file"),
        (add_batch, "batch", "write the reports on many people's answers"),
        (_add_enter, "enter", "type in what was filled in on paper"),
        (_add_web, "web", "ask the questions in a browser, on this computer alone"),
        (add_clinic, "clinic", "the front desk of a clinic: serve it, and look after its records"),
        (add_workbook, "workbook", "write out the content for a clinician to review"),
        (add_check, "check", "check the questions and the rules, for editors"),
        (add_compare, "compare", "tell what another content concludes"),
        (add_explain, "explain", "say why this was found, and that was not"),
        (add_read, "read", "get the answers back out of a report"),
    ):
        add(commands.add_parser(name, help=about))
    fhir = commands.add_parser("fhir", help="the questionnaire, answers and results in FHIR")
    return {**commands.choices, **add_fhir(fhir)}


def _add_interview(parser: Parser) -> None:
    about = (
        "Questions about your pain, and a report to take along when you see an acupuncturist. "
        "Without a command it asks the questions."
    )
    describe(parser, about, "acuscreen --plain")
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="say which version this is, and where it lies"
    )
    parser.set_defaults(command="interview", content=None, practitioner=False)
    parser.add_argument(
        "--plain", action="store_true", help="ask in plain numbered lines, for screen readers"
    )
    add_wishes(parser, default=None)
    add_force(parser, default=False)
    add_paper(parser, default="a4")
    add_forms(parser, default=False)
    add_brief(parser, default=False)
    add_country(parser, default=[])
    add_carrying(parser, default=True)


def _add_enter(parser: Parser) -> None:
    about = (
        "Type in what was filled in on paper: the letters and numbers, one answer a line or many. "
        "Then it goes on as after the questions."
    )
    describe(parser, about, "acuscreen enter --answers answers.json -o report.pdf")
    parser.set_defaults(command="enter")
    add_wishes(parser)
    add_making(parser)


def _add_web(parser: Parser) -> None:
    about = (
        "Ask the questions in a browser. The pages are for this computer alone; nothing is kept "
        "once the command ends."
    )
    describe(parser, about, "acuscreen web --port 8000")
    parser.set_defaults(command="web")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="serve the pages on this port"
    )
    parser.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="open no browser; the address is printed",
    )
    add_content(parser)
    add_paper(parser)
    add_country(parser)
    add_carrying(parser)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _LAST_PORT):
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {_LAST_PORT}")
    return int(text)
