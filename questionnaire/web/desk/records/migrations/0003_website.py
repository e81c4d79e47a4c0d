"""The clinic's website: conversations of strangers, and what they have sent."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """A table for open visits, and an index by which what came from the website is found."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("records", "0002_programs")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(fields=["way", "status"], name="intake_way"),
        ),
        migrations.CreateModel(
            name="OpenVisit",
            fields=[
                ("mark", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("box", models.TextField()),
                ("last", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["last"], name="open_visit_last")]},
        ),
    ]
