"""What may be typed behind `acuscreen`: its commands, their options, and an example of each.

By argparse: click takes three times as long to load, and the first question would wait for it.
"""

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from questionnaire.cli.clinic_options import add_clinic
from questionnaire.cli.options import (
    Parser,
    add_brief,
    add_carrying,
    add_content,
    add_country,
    add_examples,
    add_file,
    add_force,
    add_forms,
    add_large_print,
    add_output,
    add_paper,
    add_wishes,
    describe,
    refuse_ignored,
)
from questionnaire.cli.options_fhir import add_fhir
from questionnaire.system.output import print_text

_MOST_WORKERS = 512
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
        (_add_result, "result", "print what follows from an answers file"),
        (_add_report, "report", "write the report on an answers file"),
        (_add_batch, "batch", "write the reports on many people's answers"),
        (_add_enter, "enter", "type in what was filled in on paper"),
        (_add_web, "web", "ask the questions in a browser, on this computer alone"),
        (add_clinic, "clinic", "the front desk of a clinic: serve it, and look after its records"),
        (_add_workbook, "workbook", "write out the content for a clinician to review"),
        (_add_check, "check", "check the questions and the rules, for editors"),
        (_add_compare, "compare", "tell what another content concludes"),
        (_add_explain, "explain", "say why this was found, and that was not"),
        (_add_read, "read", "get the answers back out of a report"),
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
    add_force(parser)
    add_paper(parser)
    add_forms(parser)
    add_brief(parser)
    add_country(parser)
    add_carrying(parser)


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


def _add_result(parser: Parser) -> None:
    about = "Print what follows from an answers file."
    describe(parser, about, "acuscreen result answers.json --json")
    parser.set_defaults(command="result")
    add_file(parser)
    add_content(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    add_country(parser)


def _add_report(parser: Parser) -> None:
    about = (
        "Write the report on an answers file as a PDF, or as a page for a browser; or the "
        "questions as a form for paper."
    )
    describe(parser, about, "acuscreen report answers.json -o report.pdf")
    parser.set_defaults(command="report")
    add_file(parser, nargs="?")
    parser.add_argument(
        "--blank", action="store_true", help="the questions as a form to fill in; no ANSWERS then"
    )
    add_content(parser)
    add_output(
        parser,
        'the report; a page for a browser where the name ends in .html; "-" prints it',
    )
    parser.add_argument(
        "--practitioner", action="store_true", help="the one page for the practitioner alone"
    )
    add_force(parser)
    add_paper(parser)
    add_forms(parser)
    add_brief(parser)
    add_country(parser)
    add_carrying(parser)


def _add_batch(parser: Parser) -> None:
    about = (
        "Write a report for each answers file in a folder, or for each line of NDJSON or CSV, and "
        "a summary table. Started again it goes on where it stopped; no report is written over."
    )
    describe(parser, about, "acuscreen batch answers.csv reports")
    parser.set_defaults(command="batch")
    parser.add_argument("rows", type=Path, metavar="IN", help="a folder, or a file with many rows")
    parser.add_argument("folder", type=Path, metavar="OUT", help="the folder for the reports")
    add_content(parser)
    makers = parser.add_mutually_exclusive_group()
    makers.add_argument(
        "--workers",
        type=_number,
        metavar="N",
        help="make so many reports at once; one for each processor unless given",
    )
    makers.add_argument(
        "--scheduler",
        type=_address,
        metavar="ADDRESS",
        help="let a Dask cluster make them, as docs/cluster.md tells: tls://HOST:PORT, or tcp:// "
        "in a network that nobody else is in",
    )
    add_paper(parser)
    add_large_print(parser)
    add_brief(parser)
    add_country(parser)
    add_carrying(parser)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {_MOST_WORKERS}")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _LAST_PORT):
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {_LAST_PORT}")
    return int(text)


def _address(text: str) -> str:
    if not re.fullmatch(r"(tcp|tls)://[^\s/]+:\d+", text):
        raise argparse.ArgumentTypeError("tls://HOST:PORT or tcp://HOST:PORT")
    return text


def _add_workbook(parser: Parser) -> None:
    about = (
        "Write out every rule and every question, with example people, for a clinician to sign off."
    )
    describe(parser, about, "acuscreen workbook -o workbook.pdf")
    parser.set_defaults(command="workbook")
    add_output(parser, "the workbook; a PDF, or a table where the name ends in .csv")
    add_content(parser)
    add_force(parser)
    add_paper(parser)


def _add_check(parser: Parser) -> None:
    about = (
        "Check the content: its names, its words, and, by proof, what follows in every possible "
        "interview."
    )
    describe(parser, about, "acuscreen check --examples examples")
    parser.set_defaults(command="check")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    add_content(parser)
    add_examples(parser)
    add_force(parser)


def _add_compare(parser: Parser) -> None:
    about = "Tell who gets another result from the content in NEW than from that in OLD."
    describe(parser, about, "acuscreen compare 2026.1 edited-content")
    parser.set_defaults(command="compare")
    parser.add_argument(
        "old", metavar="OLD", help="the content before: a folder, or a released version"
    )
    parser.add_argument("new", metavar="NEW", help="the content after: the same")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    add_examples(parser)
    add_force(parser)


def _add_explain(parser: Parser) -> None:
    about = (
        "Say why the answers lead where they do: what each finding rests on, which smallest change "
        "of answers would bring up a benefit, and what decided the outcome."
    )
    describe(parser, about, "acuscreen explain answers.json")
    parser.set_defaults(command="explain")
    add_file(parser)
    add_content(parser)
    parser.add_argument("--rule", metavar="ID", default="", help="this rule alone, found or not")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")


def _add_read(parser: Parser) -> None:
    about = (
        "Get the answers back out of a report: its PDF, a picture of the page with its code, or "
        "what a hand scanner types when it reads the code. Say whether they are as they were."
    )
    describe(parser, about, "acuscreen read report.pdf --json")
    parser.set_defaults(command="read")
    given = parser.add_mutually_exclusive_group(required=True)
    file = given.add_argument(
        "file",
        metavar="REPORT",
        nargs="?",
        help='the PDF, or a picture (PNG, JPEG and others); "-" reads it from a pipe',
    )
    parser.taken.append(file)
    given.add_argument(
        "--qr",
        metavar="TEXT",
        help='the text of the code; "-" waits for a scanner or reads a pipe, and is better: '
        "what stands in a command is seen by others on this computer, and kept",
    )
    parser.add_argument("--json", action="store_true", help="the answers file alone")
    add_content(parser)
