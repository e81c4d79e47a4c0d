"""Invitations: a link for a person's own phone, good once and for some hours."""

import secrets
from datetime import timedelta

from django.db import transaction

from questionnaire.web.desk.people.tokens import digest_of, new_token
from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Invite
from questionnaire.web.desk.records.options import option


def invite(intake: str, who: str) -> str:
    """The secret of a new link to an intake; those before are worthless from now on."""
    secret = secrets.token_urlsafe(18)
    with transaction.atomic():
        Invite.objects.filter(intake_id=intake, used=None).update(used=now())
        Invite.objects.create(
            digest=digest_of(secret),
            intake_id=intake,
            expires=now() + timedelta(hours=option("invite_hours")),
        )
        note(who, "invited", intake)
    return secret


def is_open(secret: str) -> bool:
    """Whether a link can still be used."""
    return Invite.objects.filter(digest=digest_of(secret), used=None, expires__gt=now()).exists()


def accept(secret: str) -> tuple[str, str] | None:
    """Use a link: what the cookie of the phone holds, and the intake; None when it is worthless."""
    with transaction.atomic():
        unused = Invite.objects.filter(digest=digest_of(secret), used=None, expires__gt=now())
        if not unused.update(used=now()):
            return None
        intake = Invite.objects.get(digest=digest_of(secret)).intake_id
        note("invited person", "link opened", intake)
        return new_token("phone", intake=intake), intake
