"""The addresses of a conversation's pages.  A place includes them under its own namespace."""

from django.urls import path, re_path

from questionnaire.web.pages import bring, emergency, ends, files, question, result, review
from questionnaire.web.pages.printing import PDFS

_NAMES = "|".join(PDFS)

urlpatterns = [
    path("", ends.start, name="start"),
    path("bring", bring.bring, name="bring"),
    path("leave", ends.leave, name="leave"),
    path("erased", ends.erased, name="erased"),
    path("question/<int:number>", question.question, name="question"),
    path("emergency", emergency.emergency, name="emergency"),
    path("review", review.review, name="review"),
    path("result", result.result, name="result"),
    path("report", result.report, name="report"),
    re_path(rf"^(?P<name>{_NAMES})\.pdf$", files.pdf, name="pdf"),
    path("acuscreen-draft.json", files.draft, name="draft"),
    path("answers.json", files.answers, name="answers"),
    path("result.json", files.result_json, name="result_json"),
    path("acuscreen-code.svg", files.code, name="code"),
]
