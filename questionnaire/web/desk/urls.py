"""The addresses of the desk.  None of them holds a name or an answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from questionnaire.web.assets import static
from questionnaire.web.desk.fhir import capability, resources, taking
from questionnaire.web.desk.pages import (
    administration,
    answering,
    changes,
    coming,
    door,
    intake,
    programs,
    queue,
    website,
)
from questionnaire.web.pages import emergency, question, review
from questionnaire.web.pages import urls as pages
from questionnaire.web.pages.printing import PDFS


def health(_: HttpRequest) -> HttpResponse:
    """That the desk answers; no more."""
    return HttpResponse("ok\n", content_type="text/plain")


_DESK = [
    path("", queue.start, name="start"),
    path("sign-in", door.sign_in, name="sign_in"),
    path("code", door.code, name="code"),
    path("authenticator", door.authenticator, name="authenticator"),
    path("sign-out", door.sign_out, name="sign_out"),
    path("password", door.password, name="password"),
    path("locked", answering.locked, name="locked"),
    path("open", website.to_start, name="open"),
    path("i/<str:secret>", answering.invited, name="invited"),
    path("queue", queue.queue, name="queue"),
    path("queue/rows", queue.rows, name="rows"),
    path("yesterday", queue.yesterday, name="yesterday"),
    path("search", queue.search, name="search"),
    path("week", queue.week, name="week"),
    path("new", coming.new, name="new"),
    path("brought", coming.brought, name="brought"),
    path("intake/<str:intake>", intake.intake, name="intake"),
    path("intake/<str:intake>/revision", intake.revision, name="revision"),
    path("intake/<str:intake>/report", intake.report, name="report"),
    path("intake/<str:intake>/why", intake.why, name="why"),
    path("intake/<str:intake>/answers", intake.answers, name="answers"),
    path("intake/<str:intake>/answers.json", intake.export, name="export"),
    re_path(
        rf"^intake/(?P<intake>[^/]+)/(?P<name>{'|'.join(PDFS)})\.pdf$", intake.paper, name="paper"
    ),
    path("intake/<str:intake>/hand-over", coming.hand_over, name="hand_over"),
    path("intake/<str:intake>/invite", coming.invite, name="invite"),
    path("intake/<str:intake>/correct", changes.correct, name="correct"),
    path("intake/<str:intake>/seen", changes.seen, name="seen"),
    path("intake/<str:intake>/rename", changes.rename, name="rename"),
    path("intake/<str:intake>/delete", changes.delete, name="delete"),
    path("users", administration.users, name="users"),
    path("users/<str:person>", administration.user, name="user"),
    path("programs", programs.programs, name="programs"),
    path("programs/<str:program>", programs.program, name="program"),
    path("settings", administration.settings, name="settings"),
    path("settings/website", administration.open_website, name="open_website"),
    path("log", administration.log, name="log"),
]

_VISIT = [
    path("", answering.start, name="start"),
    path("leave", answering.leave, name="leave"),
    path("question/<int:number>", question.question, name="question"),
    path("emergency", emergency.emergency, name="emergency"),
    path("review", review.review, name="review"),
    path("result", answering.result, name="result"),
]


def _of_intake(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a conversation, which learns from the guard whose it is."""

    def called(request: HttpRequest, intake: str, **parts: object) -> HttpResponse:
        del intake
        return view(request, **parts)

    return called


_FILL = [
    path("", answering.fill_start, name="start"),
    path("leave", answering.fill_result, name="leave"),
    path("question/<int:number>", _of_intake(question.question), name="question"),
    path("emergency", _of_intake(emergency.emergency), name="emergency"),
    path("review", _of_intake(review.review), name="review"),
    path("result", answering.fill_result, name="result"),
]

_OPEN = [
    re_path(rf"^(?P<name>{'|'.join(PDFS)})\.pdf$", website.pdf, name="pdf"),
    *(each for each in pages.urlpatterns if each.name != "pdf"),
    path("send", website.send, name="send"),
    path("sent", website.sent, name="sent"),
]

_FHIR = [
    path("metadata", capability.metadata, name="metadata"),
    path("Questionnaire", resources.questionnaires, name="questionnaires"),
    path("Questionnaire/<str:key>", resources.questionnaire, name="questionnaire"),
    path("QuestionnaireResponse", taking.send, name="send"),
    path("QuestionnaireResponse/<str:key>", resources.response, name="response"),
    path("Bundle/<str:key>", resources.bundle, name="bundle"),
    path("DocumentReference/<str:key>", resources.document, name="document"),
]

urlpatterns = [
    path("static/<str:digest>/<str:name>", static, name="static"),
    path("health", health, name="health"),
    path("fhir/", include((_FHIR, "fhir"))),
    path("visit/", include((_VISIT, "visit"))),
    path("open/", include((_OPEN, "open"))),
    path("intake/<str:intake>/fill/", include((_FILL, "fill"))),
    path("", include((_DESK, "desk"))),
]

handler400 = "questionnaire.web.desk.pages.wrong.unreadable"
handler403 = "questionnaire.web.desk.pages.wrong.forged"
handler404 = "questionnaire.web.desk.pages.wrong.unknown"
handler500 = "questionnaire.web.desk.pages.wrong.failed"
