"""The command `acuscreen`: its options, its exit codes, and what an error looks like.

An error of the user's or of the content is told in a line; anything else is our bug and keeps its
traceback.
"""

import argparse
import os
import sys
import termios
import textwrap
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from questionnaire.allowed import quoted
from questionnaire.answers import read_answers
from questionnaire.content import Content, read_content
from questionnaire.conversation import Voice
from questionnaire.files import (
    ReadError,
    WriteError,
    read_file,
    refuse_existing,
    write_to_stdout,
    write_whole,
)
from questionnaire.interview import Said, facts
from questionnaire.jsonfile import LARGEST, AnswersError
from questionnaire.plain import Plain
from questionnaire.result import to_json
from questionnaire.session import Session, Wishes
from questionnaire.telling import Settings, to_pdf, to_text, today
from rules import EngineError, RulesError

DONE, FOUND, WRONG, UNWRITTEN, STOPPED = 0, 1, 2, 3, 130

_WIDTH = 78


class UsageError(Exception):
    """The command was called in a way that it does not understand."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except AnswersError as error:
        return _fail(WRONG, *(f"{options.file}: {fault}" for fault in error.faults))
    except (ReadError, RulesError, EngineError, UsageError) as error:
        return _fail(WRONG, str(error))
    except WriteError as error:
        return _fail(UNWRITTEN, str(error))
    except KeyboardInterrupt:
        return _fail(STOPPED, "stopped.")
    except BrokenPipeError:
        # Whoever read our output has seen enough; without this Python complains at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _fail(code: int, *messages: str) -> int:
    for message in messages:
        sys.stderr.write(f"acuscreen: {message}\n")
    return code


def _run(options: argparse.Namespace) -> int:
    content = read_content()
    code: int = options.run(content, options)
    return code


def _interview(content: Content, options: argparse.Namespace) -> int:
    if Path("-") in {options.output, options.answers, options.save, options.file}:
        raise UsageError('"-" is for commands without questions; give the file a name.')
    if not (sys.stdin and sys.stdout):
        raise UsageError("the questions need standard input and output, and one of them is closed.")
    wishes = Wishes(
        save=options.save,
        resume=options.file,
        answers=options.answers,
        report=options.output,
        force=options.force,
        interactive=sys.stdin.isatty(),
    )
    voice = _voice(content, plain=options.plain)
    _forget_keys()
    return Session(content, voice, _settings(content, options), wishes).run()


def _result(content: Content, options: argparse.Namespace) -> int:
    settings = _settings(content, options)
    said = _said(content, options.file)
    if options.json:
        write_to_stdout(to_json(content, content.conclude(facts(content.questions, said))))
    else:
        write_to_stdout(to_text(content, said, settings, _WIDTH).encode())
    return DONE


def _report(content: Content, options: argparse.Namespace) -> int:
    settings = _settings(content, options)
    to_stdout = str(options.output) == "-"
    if not to_stdout and not options.force:
        refuse_existing(options.output)
    pdf = to_pdf(content, _said(content, options.file), settings)
    if to_stdout:
        write_to_stdout(pdf)
    else:
        write_whole(options.output, pdf, force=options.force)
    return DONE


def _said(content: Content, file: str) -> Said:
    sheet = read_answers(read_file(file, LARGEST), content)
    if sheet.version and sheet.version != content.version:
        words = content.words["content_differs"]
        sys.stderr.write(f"{words.format(theirs=quoted(sheet.version), ours=content.version)}\n")
    return sheet.said


def _settings(content: Content, options: argparse.Namespace) -> Settings:
    known = [country.id for country in content.countries]
    for country in options.country:
        if country not in known:
            words = content.words["unknown_country"]
            raise UsageError(words.format(country=country, countries=", ".join(known)))
    return Settings(today(), options.paper, tuple(options.country))


def _voice(content: Content, *, plain: bool) -> Voice:
    """Plain lines where they were asked for, or where there is no screen to draw on."""
    simple = os.environ.get("TERM", "dumb") == "dumb" or os.environ.get("ACCESSIBLE", "0") != "0"
    if plain or simple or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Plain(content.words)
    from questionnaire.terminal import Terminal  # noqa: PLC0415  plain lines do without it

    return Terminal(content.words)


def _forget_keys() -> None:
    """What was typed before the first question, while the set-up ran, answers none."""
    if sys.stdin.isatty():
        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _parser() -> argparse.ArgumentParser:
    parser = _command(
        argparse.ArgumentParser(prog="acuscreen"),
        "Questions about your pain, and a report to take along when you see an acupuncturist. "
        "Without a command it asks the questions.",
        "acuscreen --plain",
    )
    installed = f"acuscreen {version('acuscreen')} ({Path(__file__).resolve().parent.parent})"
    parser.add_argument("--version", action="version", version=installed)
    _add_interview(parser)
    commands = parser.add_subparsers(title="commands", metavar="")
    _add_result(commands)
    _add_report(commands)
    return parser


def _command(parser: argparse.ArgumentParser, about: str, example: str) -> argparse.ArgumentParser:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = textwrap.fill(about, _WIDTH)
    parser.epilog = f"example:\n  {example}"
    return parser


def _add_interview(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_interview)
    parser.add_argument(
        "--plain", action="store_true", help="ask in plain numbered lines, for screen readers"
    )
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep a draft in FILE as you go")
    parser.add_argument(
        "--resume", dest="file", type=Path, metavar="FILE", help="go on with the draft in FILE"
    )
    parser.add_argument("--answers", type=Path, metavar="FILE", help="write the answers to FILE")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="put the report in FILE")
    _add_force(parser)
    _add_settings(parser)


def _add_result(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "Print what follows from an answers file."
    parser = commands.add_parser("result", help=about)
    _command(parser, about, "acuscreen result answers.json --json").set_defaults(run=_result)
    _add_file(parser)
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    parser.set_defaults(paper="a4")
    _add_country(parser)


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "Write the report on an answers file as a PDF."
    parser = commands.add_parser("report", help=about)
    _command(parser, about, "acuscreen report answers.json -o report.pdf").set_defaults(run=_report)
    _add_file(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help='the PDF; "-" prints it'
    )
    _add_force(parser)
    _add_settings(parser)


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="ANSWERS", help='the answers file; "-" reads it from a pipe'
    )


def _add_force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="a4 unless given")
    _add_country(parser)


def _add_country(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--country",
        action="append",
        default=[],
        metavar="ID",
        help="print the emergency number of this country alone: uk, eu, us, ca, au or nz; "
        "may be given more than once",
    )
