"""Other programs that are let in, for administrators: made, limited, named and revoked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from questionnaire.errors import UsageError
from questionnaire.web.desk.pages.frame import name_of, show, to, words
from questionnaire.web.desk.people.programs import MOST_DAYS, RIGHTS, add_program, revoke
from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.models import Program


@require_http_methods(["GET", "HEAD", "POST"])
def programs(request: HttpRequest) -> HttpResponse:
    """Every program, and a new one, whose token is shown this once."""
    if request.method != "POST":
        return _shown(request)
    form = request.POST
    rights = {each for each in RIGHTS if form.get(each)}
    try:
        token = add_program(form.get("name", ""), rights, form.get("days", ""), name_of(request))
    except UsageError as error:
        return _shown(request, words()[str(error)])
    address = request.build_absolute_uri("/fhir")
    name = form.get("name", "").strip()
    return show(request, "program_made.html", name=name, token=token, address=address)


def _shown(request: HttpRequest, *faults: str) -> HttpResponse:
    return show(
        request,
        "programs.html",
        422 if faults else 200,
        programs=Program.objects.order_by("name"),
        rights=RIGHTS,
        most=MOST_DAYS,
        now=now(),
        faults=faults,
    )


@require_POST
def program(request: HttpRequest, program: str) -> HttpResponse:
    """Revoke its token."""
    found = Program.objects.filter(pk=program).first()
    if found is None:
        raise Http404
    revoke(found, name_of(request))
    return to("programs")
