"""Other programs, and what they say of the person whose answers they send."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

import questionnaire.web.desk.records.models


class Migration(migrations.Migration):
    """A table for programs, and a box beside the answers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("records", "0001_first")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(model_name="intake", name="origin", field=models.TextField(default="")),
        migrations.CreateModel(
            name="Program",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=questionnaire.web.desk.records.models.new_id,
                        max_length=24,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=40, unique=True)),
                ("read", models.BooleanField()),
                ("send", models.BooleanField()),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("revoked", models.DateTimeField(null=True)),
            ],
        ),
    ]
