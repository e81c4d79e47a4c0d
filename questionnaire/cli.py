"""The command `acuscreen`: what each command does, its exit code, and what an error looks like.

An error of the user's or of the content is told in a line; anything else is our bug and keeps its
traceback.
"""

import argparse
import os
import sys
import termios
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from questionnaire.allowed import quoted
from questionnaire.answers import edition_of, read_answers
from questionnaire.content import ROOT, Content, read_content
from questionnaire.conversation import Voice
from questionnaire.entering import enter
from questionnaire.explaining import explain
from questionnaire.explanation import to_json as explanation_to_json
from questionnaire.files import (
    ReadError,
    WriteError,
    make_folder,
    print_text,
    read_file,
    refuse_existing,
    write_to_stdout,
    write_whole,
)
from questionnaire.interview import Said, facts
from questionnaire.jsonfile import LARGEST, AnswersError
from questionnaire.options import WIDTH, parse
from questionnaire.plain import Plain
from questionnaire.recovering import recover
from questionnaire.result import to_json
from questionnaire.session import INTERVIEW, Session, Way, Wishes
from questionnaire.telling import (
    Settings,
    explained,
    given_back,
    is_page,
    to_blank,
    to_file,
    to_pdf,
    to_text,
    to_workbook,
    today,
)
from questionnaire.versions import content_of, notice, read_named
from rules import EngineError, RulesError

DONE, FOUND, WRONG, UNWRITTEN, STOPPED = 0, 1, 2, 3, 130


class UsageError(Exception):
    """The command was called in a way that it does not understand."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = parse(arguments)
    try:
        return COMMANDS[options.command](read_content(_root(options)), options)
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


def _fail(code: int, *messages: str) -> int:
    for message in messages:
        sys.stderr.write(f"acuscreen: {message}\n")
    return code


def _interview(content: Content, options: argparse.Namespace) -> int:
    _refuse_without_people(options)
    return _session(content, options, _voice(content, plain=options.plain), INTERVIEW)


def _enter(content: Content, options: argparse.Namespace) -> int:
    _refuse_without_people(options)
    voice = Plain(content.words)
    way = Way("acuscreen enter", "codes_welcome", partial(enter, voice.line))
    return _session(content, options, voice, way)


def _refuse_without_people(options: argparse.Namespace) -> None:
    if Path("-") in {options.output, options.answers, options.save, options.file}:
        raise UsageError('"-" is for commands without questions; give the file a name.')
    if not (sys.stdin and sys.stdout):
        raise UsageError("the questions need standard input and output, and one of them is closed.")


def _session(content: Content, options: argparse.Namespace, voice: Voice, way: Way) -> int:
    wishes = Wishes(
        save=options.save,
        resume=options.file,
        answers=options.answers,
        report=options.output,
        html=options.html,
        force=options.force,
        interactive=sys.stdin.isatty(),
    )
    _forget_keys()
    return Session(content, voice, _settings(content, options), wishes, way).run()


def _result(content: Content, options: argparse.Namespace) -> int:
    settings = _settings(content, options)
    content, said = _read(content, options)
    if options.json:
        write_to_stdout(to_json(content, content.conclude(facts(content.questions, said))))
    else:
        write_to_stdout(to_text(content, said, settings, WIDTH).encode())
    return DONE


def _report(content: Content, options: argparse.Namespace) -> int:
    settings = _settings(content, options)
    if options.blank == bool(options.file):
        raise UsageError("report: name either the answers file, or --blank for the empty form.")
    content, said = (content, {}) if options.blank else _read(content, options)
    to_stdout = str(options.output) == "-"
    if not to_stdout and not options.force:
        refuse_existing(options.output)
    report = (
        to_blank(content, settings) if options.blank else _made(content, said, settings, options)
    )
    if to_stdout:
        write_to_stdout(report)
    else:
        write_whole(options.output, report, force=options.force)
    return DONE


def _batch(content: Content, options: argparse.Namespace) -> int:
    # What makes many reports at once takes a while to load.
    from questionnaire import batch, filing  # noqa: PLC0415

    settings = _settings(content, options)
    if options.folder.resolve() == options.rows.resolve():
        raise UsageError(f"{options.folder}: holds the answers; name another folder for reports.")
    desk = filing.Desk(content, settings, options.folder, to_pdf, is_fixed=bool(options.content))
    tally = batch.run(options.rows, options.folder, desk, batch.crew(options.workers))
    print_text(f"{options.folder}: {tally}\n")
    return FOUND if tally.bad else DONE


def _made(content: Content, said: Said, settings: Settings, options: argparse.Namespace) -> bytes:
    """The report; where no PDF can be made, the message says what can."""
    as_page = is_page(options.output, wished=options.html)
    try:
        return to_file(content, said, settings, as_page=as_page)
    except WriteError as error:
        raise WriteError(f"{error} {content.words['page_works']}") from error


def _workbook(content: Content, options: argparse.Namespace) -> int:
    if not options.force:
        refuse_existing(options.output)
    kind = options.output.suffix.lower()
    if kind not in {".csv", ".pdf"}:
        raise UsageError(f"{options.output}: a workbook is a .pdf or a .csv; end its name so.")
    from questionnaire.proof import checking, edition  # noqa: PLC0415  as below

    claims = checking.claims(edition.read_edition(_root(options)))
    file, unshown = to_workbook(content, claims, options.paper, as_table=kind == ".csv")
    write_whole(options.output, file, force=options.force)
    for rule in unshown:
        sys.stderr.write(f"acuscreen: rule '{rule}': no example person was found.\n")
    return FOUND if unshown else DONE


def _check(content: Content, options: argparse.Namespace) -> int:
    # The solver takes a while to load, and nobody else needs it.
    from questionnaire.proof import checking, edition  # noqa: PLC0415

    found = list(checking.flaws(edition.read_edition(_root(options))))
    _write_examples(checking.examples(content, found), options)
    if options.json:
        write_to_stdout(checking.to_json(content, found))
    else:
        print_text(checking.to_text(content, found))
    return FOUND if found else DONE


def _compare(content: Content, options: argparse.Namespace) -> int:
    from questionnaire.proof import comparing  # noqa: PLC0415  as above

    old, new = (read_named(each, content) for each in (options.old, options.new))
    found = list(comparing.differences(old, new))
    _write_examples(comparing.examples(old, new, found), options)
    if options.json:
        write_to_stdout(comparing.to_json(old, new, found))
    else:
        print_text(comparing.to_text(found))
    return FOUND if found else DONE


def _write_examples(files: Iterable[tuple[str, bytes]], options: argparse.Namespace) -> None:
    """Write the answers files into the folder that was named, if one was."""
    if options.examples:
        make_folder(options.examples)
        for name, answers in files:
            write_whole(options.examples / name, answers, force=options.force)


def _root(options: argparse.Namespace) -> Path:
    """The folder of the content: our own, unless another is named."""
    return getattr(options, "content", None) or ROOT


def _explain(content: Content, options: argparse.Namespace) -> int:
    content, said = _read(content, options)
    _refuse_unknown_rule(content, options.rule)
    explanation = explain(content, said, options.rule)
    if options.json:
        write_to_stdout(explanation_to_json(explanation))
    else:
        write_to_stdout(explained(content, explanation, WIDTH).encode())
    return DONE


def _give_back(content: Content, options: argparse.Namespace) -> int:
    recovered = recover(content, options.file, options.qr)
    write_to_stdout(recovered.file if options.json else given_back(recovered, WIDTH).encode())
    return DONE


def _refuse_unknown_rule(content: Content, rule_id: str) -> None:
    known = [rule.id for rule in content.rulebook.rules]
    if rule_id and rule_id not in known:
        near = ", ".join(get_close_matches(rule_id, known)) or "none; see the files in rules/"
        raise UsageError(f"{quoted(rule_id)} is not a rule here; names like it: {near}.")


def _read(present: Content, options: argparse.Namespace) -> tuple[Content, Said]:
    """The content to read the answers under, and what they say; a folder that is named decides."""
    raw = read_file(options.file, LARGEST)
    content = present if options.content else content_of(edition_of(raw), present)
    sheet = read_answers(raw, content)
    if told := notice(sheet.version, content):
        sys.stderr.write(f"{told}\n")
    return content, sheet.said


def _settings(content: Content, options: argparse.Namespace) -> Settings:
    _refuse_what_does_not_go_together(content, options)
    return Settings(
        today(),
        options.paper,
        tuple(options.country),
        large=options.large_print,
        summary_only=options.practitioner,
        data=options.data,
        code=options.code,
    )


def _refuse_what_does_not_go_together(content: Content, options: argparse.Namespace) -> None:
    words, known = content.words, [country.id for country in content.countries]
    for country in options.country:
        if country not in known:
            text = words["unknown_country"]
            raise UsageError(text.format(country=country, countries=", ".join(known)))
    if options.large_print and options.practitioner:
        raise UsageError(words["practitioner_large"])
    if options.html and options.output and options.output.suffix.lower() == ".pdf":
        raise UsageError(words["page_named_pdf"].format(path=options.output))


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


COMMANDS: Mapping[str, Callable[[Content, argparse.Namespace], int]] = {
    "interview": _interview,
    "result": _result,
    "report": _report,
    "batch": _batch,
    "enter": _enter,
    "workbook": _workbook,
    "check": _check,
    "compare": _compare,
    "explain": _explain,
    "read": _give_back,
}
