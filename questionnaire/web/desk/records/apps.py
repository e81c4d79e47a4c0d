"""What Django is told about the records."""

from django.apps import AppConfig


class Records(AppConfig):
    """The records as an app of Django's, which makes and changes their tables."""

    name = "questionnaire.web.desk.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
