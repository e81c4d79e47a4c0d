"""The options that several commands have in common.

An option that may stand before a command and behind it has its default before it only: so the
default of the command does not undo what was typed.
"""

import argparse
import sys
import textwrap
from pathlib import Path
from typing import Any, Never

from questionnaire.system.output import print_aside, print_text

WIDTH = 78
_ABOUT_QUESTIONS = {"plain"}
"""Does no harm before a command that asks none, or that always asks so."""


class Parser(argparse.ArgumentParser):
    """Knows what may be typed, which argparse itself tells nobody, and prints as we do."""

    def __init__(self, *named: Any, **how: Any) -> None:  # noqa: ANN401  as argparse has it
        """`taken` comes first: argparse adds --help at once."""
        self.taken: list[argparse.Action] = []
        super().__init__(*named, **how)

    def add_argument(self, *names: str, **how: Any) -> argparse.Action:  # noqa: ANN401  the same
        """Add it, and note it; what is added to a group is noted by whoever adds it."""
        self.taken.append(super().add_argument(*names, **how))
        return self.taken[-1]

    def print_help(self, file: object = None) -> None:  # noqa: ARG002  help is always asked for
        """Print what may be typed."""
        print_text(self.format_help())

    def print_usage(self, file: object = None) -> None:  # noqa: ARG002  it goes with an error alone
        """Print, in short and on the side, what may be typed."""
        print_aside(self.format_usage())

    def exit(self, status: int = 0, message: str | None = None) -> Never:
        """End the program, with a last word on the side."""
        print_aside(message or "")
        sys.exit(status)


def describe(parser: argparse.ArgumentParser, about: str, example: str) -> None:
    """What a command does, with an example."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = textwrap.fill(about, WIDTH)
    parser.epilog = f"example:\n  {example}"


def add_wishes(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """The files that a talk reads and writes."""
    for names, dest, about in (
        (["--save"], "save", "keep a draft in FILE as you go"),
        (["--resume"], "file", "go on with the draft in FILE"),
        (["--answers"], "answers", "write the answers to FILE"),
        (["-o", "--output"], "output", "put the report in FILE"),
    ):
        parser.add_argument(
            *names, dest=dest, type=Path, metavar="FILE", default=default, help=about
        )


def add_file(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
    """The answers file."""
    parser.add_argument(
        "file", metavar="ANSWERS", nargs=nargs, help='the answers file; "-" reads it from a pipe'
    )


def add_content(parser: argparse.ArgumentParser) -> None:
    """Another content than ours."""
    parser.add_argument(
        "--content",
        type=Path,
        metavar="DIR",
        help="another folder, which holds questionnaire, rules and report_templates",
    )


def add_output(parser: argparse.ArgumentParser, about: str) -> None:
    """Where the file goes that the command is called for."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=about)


def add_examples(parser: argparse.ArgumentParser) -> None:
    """Where example patients go."""
    parser.add_argument(
        "--examples", type=Path, metavar="DIR", help="write the patients who show it to DIR"
    )


def add_force(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Leave to write over a file."""
    parser.add_argument(
        "--force", action="store_true", default=default, help="write over a file that is there"
    )


def add_paper(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """The paper."""
    parser.add_argument(
        "--paper", choices=("a4", "letter"), default=default, help="a4 unless given"
    )


def add_large_print(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Large print."""
    parser.add_argument(
        "--large-print",
        action="store_true",
        default=default,
        help="in letters of 18 points and more, in one column",
    )


def add_forms(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Large print, and a page for a browser."""
    add_large_print(parser, default)
    parser.add_argument(
        "--html",
        action="store_true",
        default=default,
        help="as a page for a browser instead of a PDF",
    )


def add_brief(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Without the last part."""
    parser.add_argument(
        "--brief",
        action="store_true",
        default=default,
        help="leave out the last part of the report: all answers, the references, and what did "
        "not come up; the data in the PDF still holds it all",
    )


def add_country(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Whose emergency numbers are named."""
    parser.add_argument(
        "--country",
        action="append",
        default=default,
        metavar="ID",
        help="answer where the person is: uk, ie, eu, us, ca, au, nz or elsewhere, and print the "
        "numbers of that country alone; may be given more than once, to print those of several",
    )


def add_carrying(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """What the report holds of the answers, for programs."""
    parser.add_argument(
        "--no-data",
        dest="data",
        action="store_false",
        default=default,
        help="put no answers file into the PDF",
    )
    parser.add_argument(
        "--no-qr",
        dest="code",
        action="store_false",
        default=default,
        help="print no code that holds the answers",
    )


def refuse_ignored(whole: Parser, used: Parser, options: argparse.Namespace) -> None:
    """End the program where an option stands before a command that does not have it."""
    taken = {each.dest for each in used.taken} | _ABOUT_QUESTIONS
    for each in whole.taken:
        given = getattr(options, each.dest, each.default)
        if each.option_strings and each.dest not in taken and given != each.default:
            used.error(f"{each.option_strings[-1]} does nothing here; leave it out")


def add_making(parser: Parser) -> None:
    """How one report is made: on which paper, in which form, and what it carries."""
    add_force(parser)
    add_paper(parser)
    add_forms(parser)
    add_brief(parser)
    add_country(parser)
    add_carrying(parser)
