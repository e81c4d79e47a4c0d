"""Members of staff: made, let in with a password and a code, locked out after wrong ones."""

from datetime import timedelta

from django.db import transaction

from questionnaire.errors import UsageError
from questionnaire.web.desk.people.onetime import new_secret, step_of
from questionnaire.web.desk.people.passwords import fault_of, is_right, kept
from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Person, Token
from questionnaire.web.desk.records.settings import keys

ROLES = ("desk", "practitioner", "administrator")
TRIES = 5
LOCKED = timedelta(minutes=15)
"""Wrong passwords or codes in a row, and how long nobody is let in by that name after them."""

_LONGEST = 60


def add_person(name: str, role: str, password: str, who: str) -> Person:
    """A new member of staff; UsageError with the key of the words that tell why not."""
    name = name.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise UsageError("name_bad")
    if role not in ROLES:
        raise UsageError("role_bad")
    if Person.objects.filter(name__iexact=name).exists():
        raise UsageError("name_taken")
    _refuse_weak(password, name)
    with transaction.atomic():
        person = Person.objects.create(name=name, role=role, password=kept(password))
        note(who, "user added", more=f"{name}, {role}")
    return person


def set_password(person: Person, password: str, who: str) -> None:
    """Another password, which ends all sessions; UsageError as above."""
    _refuse_weak(password, person.name)
    with transaction.atomic():
        fresh = _locked(person)
        fresh.password, fresh.failures, fresh.locked_until = kept(password), 0, None
        fresh.save()
        Token.objects.filter(person=person).delete()
        note(who, "password changed", more=person.name)


def _refuse_weak(password: str, name: str) -> None:
    if fault := fault_of(password, name):
        raise UsageError(fault)


def set_active(person: Person, who: str, *, active: bool) -> None:
    """Let somebody in again, or no more, and end all sessions."""
    with transaction.atomic():
        fresh = _locked(person)
        fresh.active, fresh.failures, fresh.locked_until = active, 0, None
        fresh.save()
        Token.objects.filter(person=person).delete()
        note(who, "user let in again" if active else "user shut out", more=person.name)


def forget_codes(person: Person, who: str) -> None:
    """Take the authenticator from somebody who has lost it, and end all sessions."""
    with transaction.atomic():
        fresh = _locked(person)
        fresh.secret, fresh.last_step = "", 0
        fresh.save()
        Token.objects.filter(person=person).delete()
        note(who, "one-time codes taken away", more=person.name)


def begin_codes() -> str:
    """The key of a new authenticator; it counts once a code of it was right."""
    return new_secret()


def take_codes(person: Person, secret: str, code: str) -> bool:
    """Keep the authenticator, if this is a code of it."""
    step = step_of(secret, code, 0)
    if not step:
        return False
    with transaction.atomic():
        fresh = _locked(person)
        fresh.secret, fresh.last_step = keys().seal(secret.encode()), step
        fresh.save()
        note(person.name, "one-time codes set up")
    return True


def with_password(name: str, password: str) -> Person | None:
    """Whoever has this name and password; None also while locked out, told by nothing."""
    person = Person.objects.filter(name__iexact=name.strip()[:_LONGEST]).first()
    right = is_right(password, person.password if person else "")
    if person is None:
        note("nobody", "sign-in failed")
        return None
    return _counted(person, right=right, last=not person.secret)


def with_code(person: Person, code: str) -> bool:
    """Whether the one-time code is right; each is good once."""
    with transaction.atomic():
        fresh = _locked(person)
        secret = keys().open(fresh.secret).decode() if fresh.secret else ""
        step = step_of(secret, code, fresh.last_step) if secret else 0
        if step:
            fresh.last_step = step
            fresh.save()
    return _counted(person, right=bool(step), last=True) is not None


def _counted(person: Person, *, right: bool, last: bool) -> Person | None:
    """Count a wrong try, or begin anew after a right one that is the last; nobody is let in while
    locked out.
    """
    with transaction.atomic():
        fresh = _locked(person)
        if not fresh.active or (fresh.locked_until and fresh.locked_until > now()):
            note(fresh.name, "sign-in refused")
            return None
        if right and last:
            fresh.failures, fresh.locked_until = 0, None
        if not right:
            _count_wrong(fresh)
        fresh.save()
        return fresh if right else None


def _count_wrong(person: Person) -> None:
    person.failures += 1
    note(person.name, "sign-in failed")
    if person.failures % TRIES == 0:
        person.locked_until = now() + LOCKED
        note(person.name, "locked out")


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
