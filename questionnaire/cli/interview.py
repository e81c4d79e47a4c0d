"""The commands that talk with somebody: the interview, and typing in what is on paper."""

import argparse
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from questionnaire.cli.settings import settings_of
from questionnaire.content.content import Content
from questionnaire.errors import UsageError
from questionnaire.system.files import place_of, refuse_no_draft
from questionnaire.terminal.keyboard import forget_what_waits, is_terminal, take_any_bytes
from questionnaire.terminal.plain import Plain
from questionnaire.terminal.session import INTERVIEW, Face, Session, Wishes
from questionnaire.terminal.voice import Voice

_NO_SCREENS = {"", "dumb", "unknown", "emacs", "network", "dialup", "printer", "lp"}
"""Names of terminals on which nothing can be drawn: those that say so, and those without a name."""


def interview(content: Content, options: argparse.Namespace) -> int:
    """Ask the questions, and make the report."""
    _refuse_without_people(options)
    if options.plain or not _is_screen():
        return _session(content, options, Plain(content.words), INTERVIEW)
    # Plain lines do without a screen, and without the time to load what draws on it.
    from questionnaire.terminal.screen.modes import given_back  # noqa: PLC0415
    from questionnaire.terminal.screen.prompts import draw_anew  # noqa: PLC0415
    from questionnaire.terminal.screen.terminal import Terminal  # noqa: PLC0415

    with given_back(draw_anew):
        return _session(content, options, Terminal(content.words), INTERVIEW)


def enter(content: Content, options: argparse.Namespace) -> int:
    """Take the codes from a form on paper, and make the report."""
    _refuse_without_people(options)
    from questionnaire.terminal.entry import enter as enter_codes  # noqa: PLC0415  only this needs it

    voice = Plain(content.words)
    face = Face(
        "acuscreen enter", "codes_welcome", partial(enter_codes, voice.line), is_today=False
    )
    return _session(content, options, voice, face)


def _refuse_without_people(options: argparse.Namespace) -> None:
    if Path("-") in {options.output, options.answers, options.save, options.file}:
        raise UsageError('"-" is for commands without questions; give the file a name.')
    _refuse_one_name_for_two(options)
    if draft := options.save or options.file:
        refuse_no_draft(draft)
    if not (sys.stdin and sys.stdout):
        raise UsageError("the questions need standard input and output, and one of them is closed.")


def _refuse_one_name_for_two(options: argparse.Namespace) -> None:
    """A draft may be kept where it was taken up; anything else would write over the other."""
    drafts = {place_of(each) for each in (options.save, options.file) if each}
    others = [place_of(each) for each in (options.answers, options.output) if each]
    if len({*drafts, *others}) < len(drafts) + len(others):
        named = "--save, --resume" if options.file else "--save"
        raise UsageError(f"{named}, --answers and -o name one file; give each a name of its own.")


def _session(content: Content, options: argparse.Namespace, voice: Voice, face: Face) -> int:
    wishes = Wishes(
        save=options.save,
        resume=options.file,
        answers=options.answers,
        report=options.output,
        html=options.html,
        force=options.force,
        interactive=is_terminal(),
    )
    forget_what_waits()  # typed before the first question, while the set-up ran
    take_any_bytes()
    settings = settings_of(content, options)
    if known := content.answers_of_country(settings.countries):
        settings = replace(settings, countries=())  # from here on the answer decides
    return Session(content, voice, settings, wishes, face, known).run()


def _is_screen() -> bool:
    """Whether there is a screen to draw on, and nobody who asked for plain lines."""
    simple = os.environ.get("TERM", "") in _NO_SCREENS
    wished = os.environ.get("ACCESSIBLE", "0") != "0"
    return not (simple or wished) and sys.stdin.isatty() and sys.stdout.isatty()
