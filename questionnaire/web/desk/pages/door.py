"""The door: signing in with a password and a one-time code, and out again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from questionnaire.errors import UsageError
from questionnaire.handover.qr import code_for
from questionnaire.web.desk.pages.frame import name_of, show, to, token_in, words
from questionnaire.web.desk.pages.guard import give_cookie
from questionnaire.web.desk.pages.rights import ADMINISTRATOR
from questionnaire.web.desk.people import onetime, staff
from questionnaire.web.desk.people.passwords import is_right
from questionnaire.web.desk.people.tokens import end_token, new_token
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Person, Token

CLEARED = '"cache", "storage"'
"""What a browser is to clear when somebody else gets it."""


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password.  On a tablet this ends what the person was doing there."""
    if request.method != "POST":
        return show(request, "sign_in.html", faults=())
    person = staff.with_password(request.POST.get("name", ""), request.POST.get("password", ""))
    if person is None:
        return show(request, "sign_in.html", 422, faults=(words()["wrong_sign_in"],))
    due = bool(person.secret) or person.role == ADMINISTRATOR
    return _let_in(request, person, full=not due)


def _let_in(request: HttpRequest, person: Person, *, full: bool) -> HttpResponse:
    if before := token_in(request):
        end_token(before)
    if full:
        note(person.name, "signed in")
    response = to("start") if full else to("code" if person.secret else "authenticator")
    give_cookie(request, response, new_token("staff", person=person, full=full))
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time code, once the password was right."""
    person = _person(request)
    if not person.secret:
        return to("authenticator")
    if request.method != "POST":
        return show(request, "code.html", faults=())
    if not staff.with_code(person, request.POST.get("code", "")):
        return show(request, "code.html", 422, faults=(words()["wrong_code"],))
    return _let_in(request, person, full=True)


@require_http_methods(["GET", "HEAD", "POST"])
def authenticator(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator: administrators must, all others may.

    Whoever has one needs a code of it to get in, and so to get here.
    """
    token, person = _token(request), _person(request)
    if person.secret and not token.full:
        return to("code")
    secret = request.POST.get("secret") or staff.begin_codes()
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        if staff.take_codes(person, secret, request.POST.get("code", "")):
            return _let_in(request, Person.objects.get(pk=person.pk), full=True)
        faults = (words()["wrong_code"],)
    drawn = code_for(onetime.address(secret, person.name))
    return show(
        request,
        "authenticator.html",
        422 if faults else 200,
        faults=faults,
        secret=secret,
        drawn=drawn,
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let this browser in no more, and have it forget what it has seen."""
    note(name_of(request), "signed out")
    end_token(_token(request))
    response = to("sign_in")
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password, which ends all other sessions."""
    if request.method != "POST":
        return show(request, "password.html", faults=())
    person = _person(request)
    faults = _refused(request, person)
    if faults:
        return show(request, "password.html", 422, faults=faults)
    return _let_in(request, Person.objects.get(pk=person.pk), full=True)


def _refused(request: HttpRequest, person: Person) -> tuple[str, ...]:
    if not is_right(request.POST.get("old", ""), person.password):
        note(person.name, "wrong password")
        return (words()["wrong_old"],)
    try:
        staff.set_password(person, request.POST.get("new", ""), person.name)
    except UsageError as error:
        return (words()[str(error)],)
    return ()


def _token(request: HttpRequest) -> Token:
    token = token_in(request)
    if token is None:
        raise LookupError("the guard lets nobody in here without a token")
    return token


def _person(request: HttpRequest) -> Person:
    person = _token(request).person
    if person is None:
        raise LookupError("the guard lets staff in here alone")
    return person
