"""What may be typed behind `acuscreen clinic`: what to do, and how the desk is reached."""

import argparse
from collections.abc import Callable
from pathlib import Path

from questionnaire.cli.options import add_carrying, add_content, add_country, add_force, add_paper

VERBS = {
    "serve": "open the desk; the first time, make its records, its keys and a user",
    "status": "say where all lies, and whether it can be used",
    "users": "list the users, or make or mend one",
    "backup": "write all records to FILE, sealed",
    "restore": "put the records in FILE back",
    "move": "carry all records to the database in FILE's place, such as postgresql://…",
    "rotate-key": "seal all records with a new key",
    "purge": "delete now what was kept long enough",
    "verify-log": "check that no line of the log was changed, taken out or added",
}

_LAST_PORT = 65535
_MOST_WORKERS = 64


def add_clinic(parser: argparse.ArgumentParser) -> None:
    """The verbs and the options of the desk."""
    told = "\n".join(f"  {verb:<12}{about}" for verb, about in VERBS.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = (
        "The front desk of a clinic, with records that are kept encrypted; docs/clinic.md tells "
        f"how.\n\n{told}"
    )
    parser.epilog = "example:\n  acuscreen clinic backup clinic.backup"
    parser.set_defaults(command="clinic", verb="serve", target="")
    parser.add_argument("verb", nargs="?", choices=tuple(VERBS), default="serve", help="see above")
    parser.add_argument("target", nargs="?", default="", metavar="FILE", help="of a backup")
    _add_line(parser)
    _add_people(parser)
    add_force(parser)
    add_content(parser)
    add_paper(parser)
    add_country(parser)
    add_carrying(parser)


def _add_line(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", metavar="HOST", help="listen there")
    parser.add_argument(
        "--port", type=_up_to(_LAST_PORT), default=8080, metavar="N", help="8080 unless given"
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="a name by which other computers call this one; may be repeated",
    )
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="encrypt with it (PEM)")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the key of the certificate")
    parser.add_argument(
        "--behind-proxy", action="store_true", help="a proxy on this computer encrypts"
    )
    parser.add_argument(
        "--workers",
        type=_up_to(_MOST_WORKERS),
        default=1,
        metavar="N",
        help="so many processes answer, over a network",
    )


def _add_people(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--add", metavar="USER", help="users: make one; asks for a password")
    parser.add_argument(
        "--role",
        choices=("desk", "practitioner", "administrator"),
        default="desk",
        help="users: what the new one may do",
    )
    parser.add_argument(
        "--reset",
        metavar="USER",
        help="users: another password, no one-time codes, and let in again",
    )
    parser.add_argument(
        "--noted", default="", metavar="LINE", help="verify-log: the last line as it once was"
    )


def _up_to(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"a whole number from 1 to {most}")
        return int(text)

    return number
