"""The commands on answers that are there: what follows from them, why, and the report.

What only one of them takes is imported in it: it would delay the others.  By plain imports, which
every checker sees; the LazyLoader of Python cannot do `from … import`.
"""

import argparse
from pathlib import Path

from questionnaire.answers.jsonfile import LARGEST
from questionnaire.cli.exit_codes import DONE, FOUND
from questionnaire.cli.options import WIDTH
from questionnaire.cli.settings import settings_of
from questionnaire.conclusion.case import Case, case_of
from questionnaire.conclusion.result import to_json
from questionnaire.content.content import Content
from questionnaire.content.versions import content_of, notice
from questionnaire.errors import UsageError, WriteError, quoted
from questionnaire.fhir.either import read_answers, stamp_of
from questionnaire.report.documents import explained, given_back, to_blank, to_file, to_pdf, to_text
from questionnaire.report.settings import Settings, is_page
from questionnaire.system.files import place_of, read_file, refuse_existing, write_whole
from questionnaire.system.output import print_aside, print_text, write_to_stdout


def result(content: Content, options: argparse.Namespace) -> int:
    """Print what follows from the answers."""
    settings = settings_of(content, options)
    case = _read(content, options)
    if options.json:
        write_to_stdout(to_json(case))
    else:
        print_text(to_text(case, settings, WIDTH))
    return DONE


def report(content: Content, options: argparse.Namespace) -> int:
    """Write the report, or the form to fill in by hand."""
    settings = settings_of(content, options)
    _refuse_report(content, settings, options)
    case = None if options.blank else _read(content, options)
    to_stdout = str(options.output) == "-"
    if not to_stdout and not options.force:
        refuse_existing(options.output)
    report = _made(case, settings, options) if case else to_blank(content, settings)
    if to_stdout:
        write_to_stdout(report)
    else:
        write_whole(options.output, report, force=options.force)
    return DONE


def _refuse_report(content: Content, settings: Settings, options: argparse.Namespace) -> None:
    """UsageError where it is not told what to write, or that cannot be."""
    if options.blank == bool(options.file):
        raise UsageError("report: name either the answers file, or --blank for the empty form.")
    as_page = is_page(options.output, wished=options.html)
    as_report = settings.large or settings.summary_only or settings.brief
    if options.blank and (as_page or as_report):
        raise UsageError(content.word("blank_alone"))
    if options.file not in {None, "-"} and place_of(Path(options.file)) == place_of(options.output):
        raise UsageError(f"{options.file}: holds the answers; name another file for the report.")


def _made(case: Case, settings: Settings, options: argparse.Namespace) -> bytes:
    """The report; where no PDF can be made, the message says what can."""
    as_page = is_page(options.output, wished=options.html)
    try:
        return to_file(case, settings, as_page=as_page)
    except WriteError as error:
        raise WriteError(f"{error} {case.content.word('page_works')}") from error


def batch(content: Content, options: argparse.Namespace) -> int:
    """Write the reports on many people's answers."""
    from questionnaire.batch import run as batch  # noqa: PLC0415  see the module's first lines
    from questionnaire.batch import task as filing  # noqa: PLC0415  see the module's first lines

    settings = settings_of(content, options)
    if place_of(options.folder) == place_of(options.rows):
        raise UsageError(f"{options.folder}: holds the answers; name another folder for reports.")
    reporter = filing.Reporter(content, settings, to_pdf, is_fixed=bool(options.content))
    if options.scheduler:
        from questionnaire.batch.cluster import on_cluster  # noqa: PLC0415  see the module's first lines

        _warn_unencrypted(options.scheduler)
        work = on_cluster(options.scheduler, options.content and Path(place_of(options.content)))
    else:
        work = batch.on_this_computer(options.workers)
    tally = batch.run(options.rows, options.folder, reporter, work)
    print_text(f"{options.folder}: {tally}\n")
    return FOUND if tally.bad else DONE


def _warn_unencrypted(address: str) -> None:
    scheme, _, host = address.rpartition(":")[0].partition("://")
    if scheme == "tcp" and host not in {"localhost", "127.0.0.1", "[::1]"}:
        print_aside(
            f"acuscreen: {address}: whoever is in that network can read the answers; "
            "docs/cluster.md tells how to encrypt them.\n"
        )


def explain(content: Content, options: argparse.Namespace) -> int:
    """Say why this was found, and that was not."""
    from questionnaire.conclusion import explain as explaining  # noqa: PLC0415  see the module's first lines
    from questionnaire.conclusion import explain_json as explanation  # noqa: PLC0415  see the module's first lines

    case = _read(content, options)
    _refuse_unknown_rule(case.content, options.rule)
    reasons = explaining.explain(case, options.rule)
    if options.json:
        write_to_stdout(explanation.to_json(reasons))
    else:
        print_text(explained(case.content, reasons, WIDTH))
    return DONE


def _refuse_unknown_rule(content: Content, rule_id: str) -> None:
    from difflib import get_close_matches  # noqa: PLC0415  see the module's first lines

    known = [rule.id for rule in content.rulebook.rules]
    if rule_id and rule_id not in known:
        near = ", ".join(get_close_matches(rule_id, known)) or "none; see the files in rules/"
        raise UsageError(f"{quoted(rule_id)} is not a rule here; names like it: {near}.")


def give_back(content: Content, options: argparse.Namespace) -> int:
    """Get the answers back out of a report."""
    from questionnaire.handover.recover import recover  # noqa: PLC0415  see the module's first lines

    recovered = recover(content, options.file, options.qr)
    if options.json:
        write_to_stdout(recovered.file)
    else:
        print_text(given_back(recovered, WIDTH))
    return DONE


def _read(present: Content, options: argparse.Namespace) -> Case:
    return case_in(read_file(options.file, LARGEST), present, options)


def case_in(raw: bytes, present: Content, options: argparse.Namespace) -> Case:
    """The case in an answers file, under the content that it names; a folder decides otherwise."""
    content = present if options.content else content_of(stamp_of(raw), present)
    known = content.answers_of_country(getattr(options, "country", ()))
    sheet = read_answers(raw, content, known)
    if told := notice(sheet.version, content):
        print_aside(f"{told}\n")
    return case_of(content, sheet.said, sheet.given)
