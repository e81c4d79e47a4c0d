"""The first tables."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

import questionnaire.web.desk.records.models


class Migration(migrations.Migration):
    """All tables of the first version."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="LogLine",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=40)),
                ("who", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=40)),
                ("intake", models.CharField(max_length=24)),
                ("more", models.CharField(max_length=200)),
                ("seal", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
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
                ("name", models.CharField(max_length=60, unique=True)),
                ("role", models.CharField(max_length=16)),
                ("password", models.TextField()),
                ("secret", models.TextField(default="")),
                ("last_step", models.BigIntegerField(default=0)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                ("active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Intake",
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
                ("day", models.DateField()),
                ("made", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                ("finished", models.DateTimeField(null=True)),
                ("status", models.CharField(max_length=12)),
                ("need", models.CharField(default="", max_length=12)),
                ("way", models.CharField(max_length=12)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("label", models.TextField()),
                ("box", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day", "status"], name="intake_day"),
                    models.Index(fields=["changed"], name="intake_changed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invite",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("expires", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="records.intake"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("full", models.BooleanField(default=False)),
                ("made", models.DateTimeField()),
                ("last", models.DateTimeField()),
                (
                    "intake",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="records.intake"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="records.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
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
                ("revision", models.PositiveIntegerField()),
                ("kept", models.DateTimeField()),
                ("who", models.CharField(max_length=60)),
                ("box", models.TextField()),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="records.intake",
                    ),
                ),
            ],
        ),
    ]
