"""Django set up for the desk: before this nothing that knows a table can be loaded."""

from questionnaire.web import settings as django
from questionnaire.web.desk.records.settings import desk_settings, places
from questionnaire.web.settings import FIRST, SECURITY

PAGES = {
    "MIDDLEWARE": [
        *FIRST,
        "questionnaire.web.desk.fhir.gate.answered",  # other programs get no page, and no cookie
        *SECURITY[len(FIRST) :],
        "questionnaire.web.desk.pages.guard.guarded",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    "ROOT_URLCONF": "questionnaire.web.desk.urls",
    "CSRF_FAILURE_VIEW": "questionnaire.web.desk.pages.wrong.forged",
}
"""What Django serves the desk with."""


def configure() -> None:
    """Set Django up for the desk, unless it is."""
    django.configure(**PAGES, **desk_settings(places()))
