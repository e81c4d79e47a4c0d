"""The commands for those who edit, compare and review the content."""

import argparse
from collections.abc import Iterable

from questionnaire.check import compare as comparison
from questionnaire.check import run
from questionnaire.check.edition import read_edition
from questionnaire.cli.exit_codes import DONE, FOUND
from questionnaire.content.content import ROOT, Content
from questionnaire.content.versions import read_named
from questionnaire.errors import UsageError
from questionnaire.report.documents import to_workbook
from questionnaire.system.files import make_folder, refuse_existing, write_whole
from questionnaire.system.output import print_aside, print_text, write_to_stdout


def workbook(content: Content, options: argparse.Namespace) -> int:
    """Write out the content for a clinician to review."""
    if not options.force:
        refuse_existing(options.output)
    kind = options.output.suffix.lower()
    if kind not in {".csv", ".pdf"}:
        raise UsageError(f"{options.output}: a workbook is a .pdf or a .csv; end its name so.")
    claims = run.claims(read_edition(options.content or ROOT))
    file, unshown = to_workbook(content, claims, options.paper, as_table=kind == ".csv")
    write_whole(options.output, file, force=options.force)
    for rule in unshown:
        print_aside(f"acuscreen: rule '{rule}': no example person was found.\n")
    return FOUND if unshown else DONE


def check(content: Content, options: argparse.Namespace) -> int:
    """Check the content, and prove what follows from it."""
    found = list(run.flaws(read_edition(options.content or ROOT)))
    _write_examples(run.examples(content, found), options)
    if options.json:
        write_to_stdout(run.to_json(content, found))
    else:
        print_text(run.to_text(content, found))
    return FOUND if found else DONE


def compare(content: Content, options: argparse.Namespace) -> int:
    """Tell who gets another result from another content."""
    old, new = (read_named(each, content) for each in (options.old, options.new))
    found = list(comparison.differences(old, new))
    _write_examples(comparison.examples(old, new, found), options)
    if options.json:
        write_to_stdout(comparison.to_json(old, new, found))
    else:
        print_text(comparison.to_text(found))
    return FOUND if found else DONE


def _write_examples(files: Iterable[tuple[str, bytes]], options: argparse.Namespace) -> None:
    """Write the answers files into the folder that was named, if one was."""
    if options.examples:
        make_folder(options.examples)
        for name, answers in files:
            write_whole(options.examples / name, answers, force=options.force)
