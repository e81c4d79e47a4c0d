"""Other programs: let in by a token, for what an administrator allows, until it ends.

The token is shown once; the database knows its digest alone.
"""

import secrets
from collections.abc import Set as AbstractSet
from datetime import timedelta

from django.db import transaction

from questionnaire.errors import UsageError
from questionnaire.web.desk.people.tokens import digest_of
from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Program

RIGHTS = ("read", "send")
MOST_DAYS = 366
_LONGEST = 40


def add_program(name: str, rights: AbstractSet[str], days: str, who: str) -> str:
    """The token of a new program; UsageError with the key of the words that tell why not."""
    name = name.strip()
    taken = Program.objects.filter(name__iexact=name).exists()
    if not name or len(name) > _LONGEST or not name.isprintable() or taken:
        raise UsageError("program_name")
    if not rights or not rights <= {*RIGHTS}:
        raise UsageError("program_rights")
    if not (days.isascii() and days.isdecimal() and 1 <= int(days[:9]) <= MOST_DAYS):
        raise UsageError("program_days")
    secret, moment = secrets.token_urlsafe(32), now()
    with transaction.atomic():
        Program.objects.create(
            digest=digest_of(secret),
            name=name,
            made=moment,
            expires=moment + timedelta(days=int(days)),
            **{each: each in rights for each in RIGHTS},
        )
        note(who, "program added", more=f"{name}, {' and '.join(sorted(rights))}, {days} days")
    return secret


def revoke(program: Program, who: str) -> None:
    """Let a program in no more, from now on."""
    with transaction.atomic():
        if Program.objects.filter(pk=program.pk, revoked=None).update(revoked=now()):
            note(who, "program revoked", more=program.name)


def program_of(secret: str) -> Program | None:
    """The program with this token; None when there is none, or it has ended."""
    good = Program.objects.filter(digest=digest_of(secret), revoked=None, expires__gt=now())
    return good.first()


def rights_of(program: Program) -> frozenset[str]:
    """What it may do."""
    return frozenset(each for each in RIGHTS if getattr(program, each))
