"""How a report is wished for, by the options that several commands share."""

import argparse

from questionnaire.content.content import Content
from questionnaire.errors import UsageError
from questionnaire.report.settings import Settings, today


def settings_of(content: Content, options: argparse.Namespace) -> Settings:
    """How the report is to be made; UsageError when the wishes do not go together."""
    _refuse_what_does_not_go_together(content, options)
    return Settings(
        today(),
        options.paper,
        tuple(options.country),
        large=options.large_print,
        summary_only=options.practitioner,
        brief=options.brief,
        data=options.data,
        code=options.code,
    )


def _refuse_what_does_not_go_together(content: Content, options: argparse.Namespace) -> None:
    known = [country.id for country in content.countries]
    for country in options.country:
        if country not in known:
            text = content.word("unknown_country")
            raise UsageError(text.format(country=country, countries=", ".join(known)))
    if options.large_print and options.practitioner:
        raise UsageError(content.word("practitioner_large"))
    if options.html and options.output and options.output.suffix.lower() == ".pdf":
        raise UsageError(content.word("page_named_pdf").format(path=options.output))
