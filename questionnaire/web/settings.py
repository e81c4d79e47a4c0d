"""How Django is set up for our pages: in code, with nothing that we do not use.

No database, no sessions of Django's, no log.  A place with more of its own adds to `common`.
"""

import logging
import secrets
from typing import Any

import django
from django.conf import settings

from questionnaire.web.limits import LARGEST_FORM, LARGEST_UPLOAD, SPARE

_NOTHING = ("'none'",)
_OURS = ("'self'",)

POLICY = {
    "DIRECTIVES": {
        "default-src": _NOTHING,
        "style-src": _OURS,
        "script-src": _OURS,
        "connect-src": _OURS,
        "font-src": _OURS,
        "img-src": _OURS,
        "form-action": _OURS,
        "base-uri": _NOTHING,
        "frame-ancestors": _NOTHING,
    }
}

FIRST = ("questionnaire.web.security.pinned", "questionnaire.web.security.private")
"""What every request passes before all else."""

SECURITY = (
    *FIRST,
    "questionnaire.web.security.limited",
    "csp.middleware.CSPMiddleware",
)
"""What every request for a page passes first, wherever the pages are served."""

HOME = (
    *SECURITY,
    "questionnaire.web.home.entrance.admitted",
    "django.middleware.csrf.CsrfViewMiddleware",
)


def common() -> dict[str, Any]:
    """The settings of Django that every place needs."""
    return {
        "DEBUG": False,
        "SECRET_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": ["*"],  # pinned, with the port, in `security`
        "INSTALLED_APPS": [],
        "MIDDLEWARE": list(HOME),
        "ROOT_URLCONF": "questionnaire.web.home.urls",
        "APPEND_SLASH": False,
        "USE_I18N": False,
        "USE_TZ": True,
        "LOGGING_CONFIG": None,
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "OPTIONS": {"environment": "questionnaire.web.environment.environment"},
            }
        ],
        "CSRF_USE_SESSIONS": True,
        "CSRF_FAILURE_VIEW": "questionnaire.web.problems.forged",
        "CONTENT_SECURITY_POLICY": POLICY,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_FORM,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": LARGEST_UPLOAD + SPARE,
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
    }


def configure(**more: Any) -> None:  # noqa: ANN401  settings are of any type
    """Set Django up, once in a process, with these settings beside the common ones."""
    if settings.configured:
        return
    settings.configure(**{**common(), **more})
    silence("django", "waitress")
    django.setup(set_prefix=False)


def silence(*names: str) -> None:
    """Let these loggers say nothing: what they would say may hold an address, or an answer."""
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
