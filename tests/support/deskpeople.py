"""People at a clinic's desk: staff who are signed in, whoever has a tablet, a phone or nothing."""

import time
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from browsers import served
from django.db import connections
from people import in_order
from vignettes import answers_of
from visitors import Visitor

from questionnaire.interview.conversation import Answered, GoOn, Skipped, State, reply
from questionnaire.interview.flow import SKIPPED
from questionnaire.report.settings import today
from questionnaire.web.desk.pages.frame import COOKIE
from questionnaire.web.desk.pages.strangers import COOKIE as STRANGER
from questionnaire.web.desk.pages.strangers import OPEN
from questionnaire.web.desk.people import onetime
from questionnaire.web.desk.people.passwords import kept
from questionnaire.web.desk.people.programs import add_program
from questionnaire.web.desk.people.staff import begin_codes, take_codes
from questionnaire.web.desk.people.tokens import new_token
from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.models import Person, Program
from questionnaire.web.desk.records.open_visits import OpenVisits
from questionnaire.web.visits import Visit

PASSWORD = "correct horse battery zebra"  # noqa: S105  made up
ROLES = ("desk", "practitioner", "administrator")


def staff(role):
    """The member of staff with this role, who has its name."""
    there = Person.objects.filter(name=role, role=role).first()
    return there or Person.objects.create(name=role, role=role, password=_hashed())


@cache
def _hashed():
    return kept(PASSWORD)


def with_codes(person):
    """Give somebody an authenticator; its key.  The code that set it up is used."""
    secret = begin_codes()
    assert take_codes(person, secret, onetime.code_at(secret, time.time() - 30))
    return secret


def program(right):
    """The program with this right alone, which has its name."""
    bearer(right)
    return Program.objects.get(name=right)


def bearer(right):
    """What a program with this right alone sends along; nothing for whoever is no program."""
    if right not in {"read", "send"}:
        return {}
    Program.objects.filter(name=right).delete()
    return {"HTTP_AUTHORIZATION": f"Bearer {add_program(right, {right}, '9', 'Ada')}"}


def finished(content, who="typical", label="7", *, way="staff", over=True):
    """The id of an intake with all answers of a person."""
    state = _state(content, who)
    intake = intakes.begin("Ada", way, label, Visit(state, content.version))
    if over:
        done = lambda visit: Visit(reply(content, visit.state, GoOn()), visit.version)  # noqa: E731
        intakes.change(intake, done, lambda _: content, "Ada")
    return intake


_STATES = {}


def _state(content, who):
    """Where somebody is who has answered everything, worked out once."""
    if who not in _STATES:
        state = State()
        for question, answer in in_order(content.questions, answers_of(who, content)):
            given = Skipped(question.id) if answer is SKIPPED else Answered(question.id, answer)
            state = reply(content, reply(content, state, given), GoOn())
        _STATES[who] = replace(state, over=False)
    return _STATES[who]


class Somebody(Visitor):
    """A browser at the desk."""

    def __init__(self, application, who="nobody", intake=None):
        super().__init__(application, comes_in=False)
        match who:
            case "nobody" | "read" | "send":
                secret = ""
            case "tablet" | "phone":
                secret = new_token(who, intake=intake)
            case "half":
                secret = new_token("staff", person=staff("desk"))
            case _:
                secret = new_token("staff", person=staff(who), full=True)
        if secret:
            self.cookies[COOKIE] = secret

    @property
    def token(self):
        """What forms of this browser must hold: as any of its pages has it."""
        page = self.page_at("/sign-in")
        return page.forms[-1].fields["csrfmiddlewaretoken"].given[0]

    def page_at(self, path):
        """A page, without going there."""
        before = dict(self.cookies), self.page, getattr(self, "response", None)
        page = self.get(path)
        self.page, self.response = before[1], before[2]
        return page

    def post(self, path, **values):
        """Send a form with these values; its response, wherever that leads."""
        return self.posts(path, [("csrfmiddlewaretoken", self.token), *values.items()])

    def signs_in(self, name, password=PASSWORD):
        return self.post("/sign-in", name=name, password=password)


class Stranger(Visitor):
    """A browser at the pages that stand open to the clinic's website."""

    root = OPEN

    def __init__(self, application):
        super().__init__(application, comes_in=False)

    def has_said(self, content, who, **said):
        """Be one who has answered everything as somebody, and looks at the result."""
        state = _state(content, who)
        state = reply(content, replace(state, said={**state.said, **said}), GoOn())
        self.cookies[STRANGER] = OpenVisits().begin(Visit(state, given=today()))
        return self

    def is_told_that_it_is_closed(self, path=OPEN):
        return self.get(path).h1 == ["These questions are not open just now"]

    def sends_it(self, label=""):
        """Send what was said to the desk; the page that comes."""
        self.get(f"{OPEN}send")
        return self.sends("yes", label=label)


@contextmanager
def desk_served(application):
    """The address of the desk meanwhile; no page leaves a connection to the database open.

    In a server they stay open; here the threads end, and nobody would close theirs.
    """
    kept = connections.databases["default"]
    usual = kept["CONN_MAX_AGE"]
    kept["CONN_MAX_AGE"] = 0
    try:
        with served(application) as address:
            yield address
    finally:
        kept["CONN_MAX_AGE"] = usual
