"""The tables.  In clear stands only what the queue needs; what a person said is in boxes.

A box is text that `encryption` has sealed.  Ids cannot be guessed, and tell nothing of anybody.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import ClassVar

from django.db import models

ID = 24
"""Characters of an id at most."""


def new_id() -> str:
    """An id that nobody can guess: 96 bits by chance."""
    return secrets.token_urlsafe(12)


class Intake(models.Model):
    """One person's answers at the clinic.

    `status` is invited, answering, done or seen; `need` is emergency, today or nothing; `way` is
    how the answers came in; `day` is the clinic's own; `revision` counts the changes.
    `origin` is the box with what another program said of the person, empty without.
    """

    id: models.CharField[str, str] = models.CharField(
        primary_key=True, max_length=ID, default=new_id
    )
    day: models.DateField[date, date] = models.DateField()
    made: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    changed: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    finished: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    status: models.CharField[str, str] = models.CharField(max_length=12)
    need: models.CharField[str, str] = models.CharField(max_length=12, default="")
    way: models.CharField[str, str] = models.CharField(max_length=12)
    revision: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    label: models.TextField[str, str] = models.TextField()
    box: models.TextField[str, str] = models.TextField()
    origin: models.TextField[str, str] = models.TextField(default="")

    objects: ClassVar[models.Manager[Intake]] = models.Manager()

    class Meta:
        """The queue asks for a day, and for what came in by one way; the purge for what was not
        touched for long.
        """

        indexes = (
            models.Index(fields=["day", "status"], name="intake_day"),
            models.Index(fields=["changed"], name="intake_changed"),
            models.Index(fields=["way", "status"], name="intake_way"),
        )

    def __str__(self) -> str:
        """The id alone: this may stand in an error."""
        return self.id


class Version(models.Model):
    """What an intake said before it was corrected, and who had written that."""

    id: models.CharField[str, str] = models.CharField(
        primary_key=True, max_length=ID, default=new_id
    )
    intake: models.ForeignKey[Intake, Intake] = models.ForeignKey(
        Intake, on_delete=models.CASCADE, related_name="versions"
    )
    intake_id: str
    revision: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    kept: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    who: models.CharField[str, str] = models.CharField(max_length=60)
    box: models.TextField[str, str] = models.TextField()

    objects: ClassVar[models.Manager[Version]] = models.Manager()

    def __str__(self) -> str:
        """The id alone."""
        return self.id


class Person(models.Model):
    """A member of staff.  `secret` is the box with the key of one-time codes, empty without.

    `failures` are wrong passwords and codes since the last right one; `last_step` is the time step
    of the last one-time code, which is good once.
    """

    id: models.CharField[str, str] = models.CharField(
        primary_key=True, max_length=ID, default=new_id
    )
    name: models.CharField[str, str] = models.CharField(max_length=60, unique=True)
    role: models.CharField[str, str] = models.CharField(max_length=16)
    password: models.TextField[str, str] = models.TextField()
    secret: models.TextField[str, str] = models.TextField(default="")
    last_step: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    failures: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    locked_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    active: models.BooleanField[bool, bool] = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[Person]] = models.Manager()

    def __str__(self) -> str:
        """The name, which is no patient's."""
        return self.name


class Invite(models.Model):
    """A link for one person's own phone, by the digest of its secret."""

    digest: models.CharField[str, str] = models.CharField(primary_key=True, max_length=64)
    intake: models.ForeignKey[Intake, Intake] = models.ForeignKey(Intake, on_delete=models.CASCADE)
    intake_id: str
    expires: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Invite]] = models.Manager()

    def __str__(self) -> str:
        """Nothing that lets anybody in."""
        return f"invite to {self.intake_id}"


class Token(models.Model):
    """A browser that was let in, by the digest of its cookie.

    `kind` is staff, tablet or phone.  Staff have a `person`, who is `full` once the one-time code
    was right too; the others have one intake.
    """

    digest: models.CharField[str, str] = models.CharField(primary_key=True, max_length=64)
    kind: models.CharField[str, str] = models.CharField(max_length=8)
    person: models.ForeignKey[Person | None, Person | None] = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True
    )
    person_id: str | None
    intake: models.ForeignKey[Intake | None, Intake | None] = models.ForeignKey(
        Intake, on_delete=models.CASCADE, null=True
    )
    intake_id: str | None
    full: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    made: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    last: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    objects: ClassVar[models.Manager[Token]] = models.Manager()

    def __str__(self) -> str:
        """Nothing that lets anybody in."""
        return f"{self.kind} token"


class OpenVisit(models.Model):
    """A stranger's conversation on the clinic's website, by the mark of its cookie.

    `last` is when they were last there.  The box is empty once what it held was sent to the desk.
    """

    mark: models.CharField[str, str] = models.CharField(primary_key=True, max_length=64)
    box: models.TextField[str, str] = models.TextField()
    last: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    objects: ClassVar[models.Manager[OpenVisit]] = models.Manager()

    class Meta:
        """Those that have ended are looked for."""

        indexes = (models.Index(fields=["last"], name="open_visit_last"),)

    def __str__(self) -> str:
        """Nothing that lets anybody in."""
        return "open visit"


class Program(models.Model):
    """Another program that was let in, by the digest of its token.

    It may `read`, `send`, or both, until it `expires` or was `revoked`.
    """

    id: models.CharField[str, str] = models.CharField(
        primary_key=True, max_length=ID, default=new_id
    )
    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=40, unique=True)
    read: models.BooleanField[bool, bool] = models.BooleanField()
    send: models.BooleanField[bool, bool] = models.BooleanField()
    made: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    expires: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    revoked: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    objects: ClassVar[models.Manager[Program]] = models.Manager()

    def __str__(self) -> str:
        """As the log names it."""
        return f"program {self.name}"


class LogLine(models.Model):
    """Who did what, and when.  Its seal binds it to the line before; no line is ever changed."""

    number: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    at: models.CharField[str, str] = models.CharField(max_length=40)
    who: models.CharField[str, str] = models.CharField(max_length=60)
    what: models.CharField[str, str] = models.CharField(max_length=40)
    intake: models.CharField[str, str] = models.CharField(max_length=ID)
    more: models.CharField[str, str] = models.CharField(max_length=200)
    seal: models.CharField[str, str] = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[LogLine]] = models.Manager()

    def __str__(self) -> str:
        """As `clinic verify-log` names it."""
        return f"line {self.number}"


class Setting(models.Model):
    """What the clinic has set, by its key."""

    key: models.CharField[str, str] = models.CharField(primary_key=True, max_length=40)
    value: models.TextField[str, str] = models.TextField()

    objects: ClassVar[models.Manager[Setting]] = models.Manager()

    def __str__(self) -> str:
        """The key."""
        return self.key
