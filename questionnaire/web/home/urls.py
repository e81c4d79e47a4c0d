"""The addresses at home."""

from django.urls import include, path

from questionnaire.web.assets import static
from questionnaire.web.home import views
from questionnaire.web.pages import urls as pages

_HOME = [
    path("enter/<str:key>", views.enter, name="enter"),
    *pages.urlpatterns,
]

urlpatterns = [
    path("static/<str:digest>/<str:name>", static, name="static"),
    path("", include((_HOME, "home"))),
]

handler400 = "questionnaire.web.problems.unreadable"
handler403 = "questionnaire.web.problems.forged"
handler404 = "questionnaire.web.problems.not_found"
handler500 = "questionnaire.web.problems.failed"
