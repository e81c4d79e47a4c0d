"""The command that asks the questions in a browser."""

import argparse
from pathlib import Path

from questionnaire.cli.exit_codes import DONE
from questionnaire.cli.settings import settings_of
from questionnaire.content.content import Content
from questionnaire.web.serve import serve


def web(content: Content, options: argparse.Namespace) -> int:
    """Serve the pages until Ctrl-C."""
    folder = str(Path(options.content).resolve()) if options.content else ""
    serve(content, settings_of(content, options), options.port, folder, browser=options.browser)
    return DONE
