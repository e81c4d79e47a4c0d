"""The command around the desk of a clinic: sets Django up, and then loads what knows its tables."""

import argparse

from questionnaire.content.content import Content
from questionnaire.web.desk.setup import configure


def clinic(content: Content, options: argparse.Namespace) -> int:
    """Do what the verb says."""
    configure()
    from questionnaire.cli.clinic_verbs import act  # noqa: PLC0415  see the module's first line

    return act(content, options)
