"""People at a clinic's desk: staff who are signed in, whoever has a tablet, a phone or nothing."""

import time
from dataclasses import replace
from functools import cache

from people import in_order
from vignettes import answers_of
from visitors import Visitor

from questionnaire.interview.conversation import Answered, GoOn, Skipped, State, reply
from questionnaire.interview.flow import SKIPPED
from questionnaire.web.desk.pages.frame import COOKIE
from questionnaire.web.desk.people import onetime
from questionnaire.web.desk.people.passwords import kept
from questionnaire.web.desk.people.programs import add_program
from questionnaire.web.desk.people.staff import begin_codes, take_codes
from questionnaire.web.desk.people.tokens import new_token
from questionnaire.web.desk.records import intakes
from questionnaire.web.desk.records.models import Person, Program
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
