"""Users, settings and the log, for administrators, who see no answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from questionnaire.errors import UsageError
from questionnaire.web.desk.pages.frame import clinic_of, name_of, show, to, words
from questionnaire.web.desk.pages.strangers import OPEN
from questionnaire.web.desk.people import staff
from questionnaire.web.desk.records import website
from questionnaire.web.desk.records.log import faults, lines, newest, note
from questionnaire.web.desk.records.models import Person
from questionnaire.web.desk.records.options import (
    COUNTRY,
    NUMBERS,
    RANGES,
    country,
    option,
    set_country,
    set_option,
)

_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def users(request: HttpRequest) -> HttpResponse:
    """Everybody, and somebody new."""
    wrong: tuple[str, ...] = ()
    if request.method == "POST":
        form = request.POST
        try:
            staff.add_person(
                form.get("name", ""),
                form.get("role", ""),
                form.get("password", ""),
                name_of(request),
            )
        except UsageError as error:
            wrong = (words()[str(error)],)
        else:
            return to("users")
    people = Person.objects.order_by("name")
    status = 422 if wrong else 200
    return show(request, "users.html", status, people=people, roles=staff.ROLES, faults=wrong)


@require_POST
def user(request: HttpRequest, person: str) -> HttpResponse:
    """Shut somebody out, let them in again, or take a lost authenticator away."""
    found, who = Person.objects.filter(pk=person).first(), name_of(request)
    if found is None:
        raise Http404
    match request.POST.get("act"):
        case "shut_out" if found.name != who:
            staff.set_active(found, who, active=False)
        case "let_in":
            staff.set_active(found, who, active=True)
        case "forget_codes" if found.name != who:
            staff.forget_codes(found, who)
    return to("users")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What the clinic may set."""
    wrong = _kept(request) if request.method == "POST" else []
    if request.method == "POST" and not wrong:
        return to("settings")
    return _settings(request, *wrong)


def _kept(request: HttpRequest) -> list[str]:
    """Keep what the form says; what is wrong with it is kept as it was, and told."""
    wrong = []
    for key in (*NUMBERS, COUNTRY):
        try:
            _set(request, key)
        except UsageError as error:
            wrong.append(str(error))
    return wrong


def _set(request: HttpRequest, key: str) -> None:
    value, before = request.POST.get(key), country() if key == COUNTRY else str(option(key))
    if value is None or value == before:
        return
    if key == COUNTRY:
        set_country(value, {each.id for each in clinic_of(request).content.countries})
    else:
        set_option(key, value)
    note(name_of(request), "setting changed", more=f"{key}: {value or 'none'}")


def _settings(request: HttpRequest, *wrong: str) -> HttpResponse:
    return show(
        request,
        "settings.html",
        422 if wrong else 200,
        rows=[(key, option(key), *RANGES[key]) for key in NUMBERS],
        faults=wrong,
        own=country(),
        countries=clinic_of(request).content.countries,
        website=website.is_open(),
        website_address=request.build_absolute_uri(OPEN),
    )


@require_POST
def open_website(request: HttpRequest) -> HttpResponse:
    """Open the pages to the clinic's website, or close them."""
    website.turn(name_of(request), to_open=request.POST.get("website") == "open")
    return to("settings")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The last lines, those before, or what is wrong with it."""
    before = request.GET.get("before", "")
    shown = lines(int(before) if before.isascii() and before.isdecimal() else 0, _PAGE)
    wrong = list(faults())[:_PAGE] if "verify" in request.GET else None
    return show(
        request,
        "log.html",
        lines=shown,
        more=len(shown) == _PAGE,
        wrong=wrong,
        newest=newest(),
        faults=(),
    )
