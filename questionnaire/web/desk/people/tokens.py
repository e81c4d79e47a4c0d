"""Who a browser is: a cookie by chance, of which the database knows the digest alone.

A new one is given at each step up, so that a cookie which was planted is worth nothing.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.models import Person, Token
from questionnaire.web.desk.records.options import option

LONGEST = {"staff": timedelta(hours=12), "tablet": timedelta(hours=4), "phone": timedelta(hours=4)}
IDLE = {"tablet": timedelta(minutes=30), "phone": timedelta(hours=1)}
"""How long a token is good at most, and without a page; staff's idle time is the clinic's."""

MOST = 5
"""Browsers in which one person is signed in; the oldest is signed out."""

_GLANCE = timedelta(seconds=20)


def new_token(
    kind: str, *, person: Person | None = None, intake: str | None = None, full: bool = False
) -> str:
    """Let a browser in, and give what its cookie holds."""
    secret, moment = secrets.token_urlsafe(32), now()
    with transaction.atomic():
        Token.objects.create(
            digest=digest_of(secret),
            kind=kind,
            person=person,
            intake_id=intake,
            full=full,
            made=moment,
            last=moment,
        )
        if person is not None:
            mine = (
                Token.objects.filter(person=person).order_by("-made").values_list("pk", flat=True)
            )
            Token.objects.filter(pk__in=list(mine[MOST:])).delete()
    return secret


def token_of(secret: str) -> Token | None:
    """The token of a cookie; None when it is none, or over."""
    found = Token.objects.select_related("person").filter(digest=digest_of(secret)).first()
    if found is None or not _is_good(found):
        return None
    if found.person is not None and not found.person.active:
        return None
    return found


def _is_good(token: Token) -> bool:
    moment = now()
    idle = IDLE.get(token.kind) or timedelta(minutes=option("idle_minutes"))
    return (
        token.made <= moment + _GLANCE  # a clock that was set back ends no session, nor keeps one
        and moment - token.made < LONGEST[token.kind]
        and moment - token.last < idle
    )


def touch(token: Token) -> None:
    """Note that somebody is there; a page that looks by itself is nobody."""
    if now() - token.last > _GLANCE:
        Token.objects.filter(pk=token.pk).update(last=now())


def end_token(token: Token) -> None:
    """Let this browser in no more."""
    Token.objects.filter(pk=token.pk).delete()


def end_tokens_of(intake: str) -> None:
    """Let nobody in to an intake any more but staff."""
    Token.objects.filter(intake_id=intake).delete()


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()
