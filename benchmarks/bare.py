"""A bare Django site, the baseline of the pages: one view that reads a session and shows a form.

All that `startproject` switches on for a page, with sessions in a database in memory.
"""

from collections.abc import Callable

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from benchmarks.asking import Asking

_PAGE = "<!doctype html><title>bare</title><form method=post>{% csrf_token %}{{ said }}</form>"
_COMMON = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def _view(request: HttpRequest) -> HttpResponse:
    said = request.session.setdefault("said", "nothing yet")
    page = engines["django"].from_string(_PAGE).render({"said": said}, request)
    return HttpResponse(page)


urlpatterns = [path("", _view)]


def page() -> Callable[[], object]:
    """A page of somebody who has a session; for a process that does nothing else."""
    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="bare",  # noqa: S106  it keeps nothing
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.sessions"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        MIDDLEWARE=_COMMON,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    somebody = Asking(WSGIHandler())
    somebody.get("/")
    return lambda: somebody.get("/")
