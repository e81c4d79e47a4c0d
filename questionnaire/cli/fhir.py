"""The commands that write FHIR resources.

What they take is loaded with this module, as half a second would delay all others.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from questionnaire.answers.given import day_in
from questionnaire.answers.jsonfile import LARGEST, parsed
from questionnaire.cli.exit_codes import DONE
from questionnaire.cli.results import case_in
from questionnaire.cli.settings import settings_of
from questionnaire.content.content import Content
from questionnaire.content.versions import read_named, released_versions
from questionnaire.errors import UsageError, quoted
from questionnaire.fhir.bundle import bundle
from questionnaire.fhir.codes import code_systems
from questionnaire.fhir.either import is_resource
from questionnaire.fhir.header import circumstances_of
from questionnaire.fhir.models import checked
from questionnaire.fhir.names import Resource
from questionnaire.fhir.questionnaire import questionnaire
from questionnaire.fhir.response import Circumstances, response
from questionnaire.report.documents import to_pdf
from questionnaire.system.files import place_of, read_file, refuse_existing, write_whole
from questionnaire.system.json import json_file
from questionnaire.system.output import write_to_stdout


def write_questionnaire(content: Content, options: argparse.Namespace) -> int:
    """Write the Questionnaire."""
    return _write(questionnaire(_released(content, options)), options)


def write_codes(content: Content, options: argparse.Namespace) -> int:
    """Write the code systems."""
    return _write(code_systems(_released(content, options)), options)


def write_response(content: Content, options: argparse.Namespace) -> int:
    """Write the answers as a QuestionnaireResponse."""
    _refuse_answers(options)
    raw = read_file(options.file, LARGEST)
    case = case_in(raw, content, options)
    return _write(response(case, _circumstances(raw, options)), options)


def write_bundle(content: Content, options: argparse.Namespace) -> int:
    """Write the Bundle with everything."""
    settings = settings_of(content, options)
    _refuse_answers(options)
    raw = read_file(options.file, LARGEST)
    case = case_in(raw, content, options)
    pdf = to_pdf(case, settings)
    return _write(bundle(case, pdf, _circumstances(raw, options), _now()), options)


def _refuse_answers(options: argparse.Namespace) -> None:
    """UsageError where what is written would take the place of the answers."""
    to_file = options.output and str(options.output) != "-"
    if to_file and place_of(Path(options.file)) == place_of(options.output):
        raise UsageError(f"{options.file}: holds the answers; name another file with -o.")
    if to_file and not options.force:
        refuse_existing(options.output)


def _released(content: Content, options: argparse.Namespace) -> Content:
    if not options.release:
        return content
    if options.release not in released_versions():
        known = ", ".join(released_versions())
        raise UsageError(f"{quoted(options.release)} is no released version; there are: {known}.")
    return read_named(options.release, content)


def _circumstances(raw: bytes, options: argparse.Namespace) -> Circumstances:
    """As the options say, else as the file says; one that tells no day, when it was changed."""
    read, _ = parsed(raw)
    table = read if isinstance(read, dict) else {}
    if is_resource(raw):
        known = circumstances_of(table)
    else:
        known = Circumstances(_given(table) or _changed(options.file))
    subject: Mapping[str, object] = (
        {"subject": {"reference": options.patient}} if options.patient else {}
    )
    return replace(
        known, authored=options.authored or known.authored, kept={**known.kept, **subject}
    )


def _given(table: Mapping[str, object]) -> str:
    """The day on which the answers were given, as the file tells it; empty where it does not."""
    day = day_in(table)
    return day.isoformat() if day else ""


def _changed(file: str) -> str:
    """When a file was last changed; of what comes through a pipe, now."""
    path = Path(file)
    return _told(path.stat().st_mtime) if file != "-" and path.is_file() else _now()


def _now() -> str:
    return _told(datetime.now(UTC).timestamp())


def _told(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")


def _write(resource: Resource, options: argparse.Namespace) -> int:
    file = json_file(checked(resource))
    if options.output is None or str(options.output) == "-":
        write_to_stdout(file)
    else:
        write_whole(options.output, file, force=options.force)
    return DONE
