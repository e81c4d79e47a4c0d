"""What is done at the desk of a clinic, once Django is set up."""

import argparse
import getpass
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from questionnaire.cli.exit_codes import DONE, FOUND, WRONG
from questionnaire.cli.settings import settings_of
from questionnaire.content.content import Content
from questionnaire.errors import UsageError
from questionnaire.system.files import refuse_existing
from questionnaire.system.output import print_aside, print_text
from questionnaire.system.scratch import scratch_folder
from questionnaire.web.desk import start
from questionnaire.web.desk.pages.frame import words
from questionnaire.web.desk.people import staff
from questionnaire.web.desk.records.backup import back_up, restore
from questionnaire.web.desk.records.database import require
from questionnaire.web.desk.records.log import faults, newest
from questionnaire.web.desk.records.models import Intake, Person
from questionnaire.web.desk.records.options import option
from questionnaire.web.desk.records.retention import purge
from questionnaire.web.desk.records.rotation import rotate
from questionnaire.web.desk.records.settings import DATABASE, keys, places
from questionnaire.web.desk.serve import Line, refuse_open, serve

_NEED_FILE = {"backup", "restore", "move"}


def act(content: Content, options: argparse.Namespace) -> int:
    """Do what the verb says."""
    if options.verb in _NEED_FILE and not options.target:
        raise UsageError(f"clinic {options.verb}: name a file, or for move a database.")
    if options.verb == "serve":
        return _serve(content, options)
    if options.verb == "status":
        return _status()
    if options.verb == "restore":
        start.make_ready()
    keys()
    require(places())
    return _look_after(options)


def _look_after(options: argparse.Namespace) -> int:
    """What is done to records that are there, and up to date."""
    acts: Mapping[str, Callable[[], int]] = {
        "users": lambda: _users(options),
        "backup": lambda: _back_up(Path(options.target), force=options.force),
        "restore": lambda: _restore(Path(options.target), force=options.force),
        "move": lambda: _move(options.target),
        "rotate-key": _rotate,
        "purge": _purge,
        "verify-log": lambda: _verify(options.noted),
    }
    return acts[options.verb]()


def _serve(content: Content, options: argparse.Namespace) -> int:
    line = Line(
        options.host,
        options.port,
        tuple(options.name),
        options.certificate,
        options.key,
        options.behind_proxy,
        options.workers,
    )
    refuse_open(line)
    start.make_ready()
    _make_first_user()
    folder = str(Path(options.content).resolve()) if options.content else ""
    serve(content, settings_of(content, options), line, folder)
    return DONE


def _make_first_user() -> None:

    if not Person.objects.exists():
        print_text(words()["first_user"] + "\n")
        _add_user(_typed("Name: "), "administrator")
        print_text(words()["next_user"] + "\n")


def _add_user(name: str, role: str) -> None:

    password = _new_password()
    try:
        staff.add_person(name, role, password, "command line")
    except UsageError as error:
        raise UsageError(words()[str(error)]) from None


def _new_password() -> str:
    password = _secret("Password (12 characters or more): ")
    if password != _secret("The same once more: "):
        raise UsageError("The two passwords differ; start again.")
    return password


def _typed(prompt: str) -> str:
    print_aside(prompt)
    return sys.stdin.readline().strip()


def _secret(prompt: str) -> str:
    """Typed without being seen; from a pipe, the next line."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")


def _users(options: argparse.Namespace) -> int:

    if options.add:
        _add_user(options.add, options.role)
    if options.reset:
        person = Person.objects.filter(name__iexact=options.reset).first()
        if person is None:
            raise UsageError(f"{options.reset}: there is no user of this name.")
        try:
            staff.set_password(person, _new_password(), "command line")
        except UsageError as error:
            raise UsageError(words()[str(error)]) from None
        staff.forget_codes(person, "command line")
        staff.set_active(person, "command line", active=True)
    for person in Person.objects.order_by("name"):
        codes = "with codes" if person.secret else "without codes"
        print_text(
            f"{person.name}: {person.role}, {codes}{'' if person.active else ', shut out'}\n"
        )
    return DONE


def _back_up(path: Path, *, force: bool) -> int:

    if not force:
        refuse_existing(path)
    grown = path.with_name(f"{path.name}.new")  # the one before stays until this one is whole
    count = back_up(grown)
    grown.replace(path)
    print_text(
        f"{path}: {count} rows. It opens only with the keys in {places().key}: keep a copy of "
        f"them elsewhere.\nThe log ends with line {newest()}.\n"
    )
    return DONE


def _restore(path: Path, *, force: bool) -> int:

    print_text(f"{places().told}: {restore(path, force=force)} rows restored from {path}.\n")
    return DONE


def _move(target: str) -> int:
    """By a sealed backup that is never kept."""
    path = scratch_folder() / "moved.backup"
    count = back_up(path)
    command = [sys.executable, "-m", "questionnaire", "clinic", "restore", str(path)]
    done = subprocess.run(command, env={**os.environ, DATABASE: target}, check=False)  # noqa: S603  our own program
    path.unlink()
    if done.returncode:
        return done.returncode
    print_text(f"{count} rows moved. From now on start with {DATABASE} set to the new database.\n")
    return DONE


def _rotate() -> int:

    print_text(
        f"{rotate()} rows sealed anew. Copy {places().key} again: "
        "backups made before open with the old copy alone.\n"
    )
    return DONE


def _purge() -> int:

    gone = purge("command line")
    print_text(
        f"{gone.old} kept long enough and {gone.unfinished} never finished are deleted. "
        "Backups still hold them: delete old ones too.\n"
    )
    return DONE


def _verify(noted: str) -> int:

    found = list(faults(noted))
    for fault in found:
        print_text(f"{fault}\n")
    if not found:
        print_text(f"The log is whole. It ends with line {newest()}: note it elsewhere.\n")
    return FOUND if found else DONE


def _status() -> int:
    where = places()
    print_text(f"records: {where.told}\nkeys: {where.key}\n")
    try:
        keys()
        require(where)
    except Exception as error:  # noqa: BLE001  whatever it is, it is what was asked for
        print_aside(f"acuscreen: {error}\n")
        return WRONG

    print_text(
        f"intakes: {Intake.objects.count()}, kept for {option('days_kept')} days\n"
        f"users: {Person.objects.count()}\nlog: ends with line {newest()}\n"
    )
    return DONE
