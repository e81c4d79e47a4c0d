"""What may be typed behind `acuscreen fhir`."""

import argparse
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from questionnaire.cli.options import (
    Parser,
    add_content,
    add_country,
    add_file,
    add_force,
    add_output,
    add_paper,
    describe,
)

_PATIENT = re.compile(r"(https?://[^\s|#]+/)?Patient/[A-Za-z0-9.-]{1,64}")
_TIME = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?", re.ASCII)
_WHOLE = "0001-01-01T00:00:00Z"
"""What completes a time that is told to the year, the month or the day alone."""


def add_fhir(parser: Parser) -> Mapping[str, Parser]:
    """The commands behind `fhir`, by both words."""
    about = (
        "The questionnaire, the answers and what follows from them as FHIR R4 resources. A "
        "QuestionnaireResponse is also taken wherever an answers file is."
    )
    describe(parser, about, "acuscreen fhir questionnaire -o questionnaire.json")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add, name, about in (
        (_add_questionnaire, "questionnaire", "the questions, as a Questionnaire"),
        (_add_codes, "codes", "the codes that are ours, as CodeSystems"),
        (_add_response, "response", "answers, as a QuestionnaireResponse"),
        (_add_bundle, "bundle", "answers, result and report, as a Bundle to post"),
    ):
        add(commands.add_parser(name, help=about))
    return {f"fhir {name}": each for name, each in commands.choices.items()}


def _add_questionnaire(parser: argparse.ArgumentParser) -> None:
    about = "Write the questions as a FHIR Questionnaire."
    describe(parser, about, "acuscreen fhir questionnaire -o questionnaire.json")
    parser.set_defaults(command="fhir questionnaire", file=None)
    _add_release(parser)
    _add_place(parser)


def _add_codes(parser: argparse.ArgumentParser) -> None:
    about = "Write the code systems of the options, and of what is found, as a Bundle to post."
    describe(parser, about, "acuscreen fhir codes -o codes.json")
    parser.set_defaults(command="fhir codes", file=None)
    _add_release(parser)
    _add_place(parser)


def _add_response(parser: argparse.ArgumentParser) -> None:
    about = "Write the answers that count as a FHIR QuestionnaireResponse."
    describe(parser, about, "acuscreen fhir response answers.json -o response.json")
    parser.set_defaults(command="fhir response")
    add_file(parser)
    add_content(parser)
    _add_circumstances(parser)
    _add_place(parser)


def _add_bundle(parser: argparse.ArgumentParser) -> None:
    about = (
        "Write the answers, the outcome, each warning and caution, and the report as a FHIR Bundle "
        "that a record can take as it is."
    )
    describe(parser, about, "acuscreen fhir bundle answers.json -o bundle.json")
    parser.set_defaults(command="fhir bundle")
    add_file(parser)
    add_content(parser)
    _add_circumstances(parser)
    add_output(parser, "where the Bundle goes")
    add_force(parser)
    add_paper(parser)
    add_country(parser)


def _add_release(parser: argparse.ArgumentParser) -> None:
    add_content(parser)
    parser.add_argument(
        "--release", metavar="VERSION", default="", help="a released version of the content"
    )


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where it goes; printed unless given"
    )
    add_force(parser)


def _add_circumstances(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--patient",
        type=_patient,
        metavar="REFERENCE",
        help="whom the answers are about in the record, as in Patient/42; what stands in a command "
        "is seen by others on this computer, and kept",
    )
    parser.add_argument(
        "--authored",
        type=_time,
        metavar="TIME",
        help="when the answers were given, as in 2026-11-25 or 2026-11-25T10:30:00Z; unless given, "
        "when their file was last changed",
    )


def _patient(text: str) -> str:
    if not _PATIENT.fullmatch(text):
        raise argparse.ArgumentTypeError("Patient/ID, or its whole address (https://…/Patient/ID)")
    return text


def _time(text: str) -> str:
    try:
        datetime.fromisoformat(text + _WHOLE[len(text) :])
    except ValueError:
        text = ""
    if not _TIME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            "a day (2026-11-25), or a time with its zone (…T10:30:00Z)"
        )
    return text
