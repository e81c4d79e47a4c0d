"""What may be typed behind the commands on answers that are there."""

import argparse
import re
from pathlib import Path

from questionnaire.cli.options import (
    Parser,
    add_brief,
    add_carrying,
    add_content,
    add_country,
    add_file,
    add_large_print,
    add_making,
    add_output,
    add_paper,
    describe,
)

_MOST_WORKERS = 512


def add_result(parser: Parser) -> None:
    """What follows from answers."""
    about = "Print what follows from an answers file."
    describe(parser, about, "acuscreen result answers.json --json")
    parser.set_defaults(command="result")
    add_file(parser)
    add_content(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    add_country(parser)


def add_report(parser: Parser) -> None:
    """The report on answers, or a form."""
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
    add_making(parser)


def add_batch(parser: Parser) -> None:
    """Reports on many people's answers."""
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


def add_explain(parser: Parser) -> None:
    """Why this was found, and that was not."""
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


def add_read(parser: Parser) -> None:
    """Answers back out of a report."""
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


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {_MOST_WORKERS}")
    return int(text)


def _address(text: str) -> str:
    if not re.fullmatch(r"(tcp|tls)://[^\s/]+:\d+", text):
        raise argparse.ArgumentTypeError("tls://HOST:PORT or tcp://HOST:PORT")
    return text
