"""Intakes: begun, answered, finished, corrected, seen and deleted.

A change is read, worked out and written in one transaction, so that none is lost; what a person
has been told is kept is on the disk.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from questionnaire.conclusion.case import case_of
from questionnaire.content.content import Content
from questionnaire.interview.flow import Said
from questionnaire.web.desk.records.clock import clinic_day, now
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Intake, Version, new_id
from questionnaire.web.desk.records.settings import keys
from questionnaire.web.desk.records.visit_json import Page, from_text, to_text
from questionnaire.web.visits import Visit

URGENT = ("emergency", "today")
"""Tiers of warning signs that cannot wait, the most urgent first."""

STATUSES = ("done", "answering", "invited", "seen")
"""In the order of the queue."""

_BOXES = ("box", "origin")
"""What a queue does not show, and so does not read."""

ContentOf = Callable[[Visit], Content]


class StaleError(Exception):
    """Somebody else has changed the intake since the page was shown."""


@dataclass(frozen=True)
class Kept:
    """An intake as it stands.  `label` is a name, or a number of the clinic's own."""

    id: str
    label: str
    day: date
    made: datetime
    changed: datetime
    finished: datetime | None
    status: str
    need: str
    way: str
    revision: int
    page: Page


def begin(  # noqa: PLR0913  an intake is all of this
    who: str,
    way: str,
    label: str,
    visit: Visit,
    *,
    status: str = "answering",
    need: str = "",
    origin: bytes = b"",
    given: Mapping[str, str] | None = None,
) -> str:
    """Make an intake, and give its id; `origin` is what another program said of the person.

    `given`: when each answer was given; now, unless that is known.
    """
    moment, held = now(), keys()
    given = given or dict.fromkeys(visit.state.said, moment.isoformat(timespec="seconds"))
    page = Page(visit, given)
    with transaction.atomic():
        made = Intake.objects.create(
            id=new_id(),
            day=clinic_day(moment),
            made=moment,
            changed=moment,
            status=status,
            need=need,
            way=way,
            origin=held.seal(origin) if origin else "",
            label=held.seal(label.encode()),
            box=held.seal(to_text(page)),
        )
        note(who, "made", made.id, way)
    return made.id


def read(intake: str) -> Kept | None:
    """The intake of this id; None when there is none."""
    row = Intake.objects.filter(pk=intake).first()
    return _kept(row) if row else None


def origin_of(intake: str) -> bytes:
    """What another program said of the person; empty where none did."""
    box = Intake.objects.values_list("origin", flat=True).get(pk=intake)
    return keys().open(box) if box else b""


def change(
    intake: str, act: Callable[[Visit], Visit], content_of: ContentOf, who: str
) -> Visit | None:
    """The visit of an intake after `act`; None when there is no such intake.

    A visit that ends by it is done; one that was done, and is changed, leaves a version behind.
    `act` is called anew when somebody else was quicker: nobody waits while it is worked out.
    """
    while row := Intake.objects.filter(pk=intake).first():
        before = from_text(keys().open(row.box))
        after = act(before.visit)
        if after == before.visit or _is_written(row, before, after, content_of(after), who):
            return after
    return None


def _is_written(row: Intake, before: Page, after: Visit, content: Content, who: str) -> bool:
    """Write what was made of this row, unless it has changed since."""
    moment, was_over, is_over = now(), before.visit.state.over, after.state.over
    says_else = after.state.said != before.visit.state.said
    ends = is_over and not was_over
    changed: dict[str, object] = {
        "box": keys().seal(to_text(Page(after, given_when(before, after, moment)))),
        "revision": row.revision + 1,
        "changed": moment,
        "need": need_of(content, after.state.said),
        "status": _status(row.status, ends=ends, is_over=is_over, says_else=says_else),
    }
    if ends:
        changed["finished"] = moment
    with transaction.atomic():
        same = Intake.objects.filter(pk=row.pk, revision=row.revision)
        if not same.update(**changed):
            return False
        if was_over and says_else:
            _keep_version(row, who)
        if ends:
            note(who, "finished" if row.finished is None else "corrected", row.id)
    return True


def _status(before: str, *, ends: bool, is_over: bool, says_else: bool) -> str:
    if ends or (before == "seen" and says_else and is_over):
        return "done"
    return before if is_over and before != "invited" else "answering"


def _keep_version(row: Intake, who: str) -> None:
    Version.objects.create(
        id=new_id(), intake=row, revision=row.revision, kept=now(), who=who, box=row.box
    )


def given_when(before: Page, after: Visit, moment: datetime) -> Mapping[str, str]:
    """When each answer was given: now, where it has changed."""
    old, stamp = before.visit.state.said, moment.isoformat(timespec="seconds")
    return {
        each: before.given.get(each, stamp) if each in old and old[each] == answer else stamp
        for each, answer in after.state.said.items()
    }


def need_of(content: Content, said: Said) -> str:
    """The most urgent sign among the answers so far; empty without one."""
    conclusion = case_of(content, said).conclusion
    return next((tier for tier in URGENT if conclusion.of("warning", tier)), "")


def reopen(intake: str, who: str, revision: int) -> None:
    """Let a finished intake be corrected with the person; StaleError when it has changed since."""
    with transaction.atomic():
        row = _current(intake, revision)
        page = from_text(keys().open(row.box))
        if not page.visit.state.over:
            return
        _keep_version(row, who)
        state = replace(page.visit.state, over=False)
        row.box = keys().seal(to_text(replace(page, visit=replace(page.visit, state=state))))
        row.status, row.revision, row.changed = "answering", row.revision + 1, now()
        row.save()
        note(who, "opened to correct", row.id)


def mark_seen(intake: str, who: str, revision: int) -> None:
    """The practitioner has seen it; StaleError when it has changed since."""
    with transaction.atomic():
        row = _current(intake, revision)
        row.status, row.revision, row.changed = "seen", row.revision + 1, now()
        row.save()
        note(who, "marked as seen", row.id)


def relabel(intake: str, who: str, revision: int, label: str) -> None:
    """Give it another name or number; StaleError when it has changed since."""
    with transaction.atomic():
        row = _current(intake, revision)
        row.label = keys().seal(label.encode())
        row.revision, row.changed = row.revision + 1, now()
        row.save()
        note(who, "renamed", row.id)


def delete(intake: str, who: str, why: str = "") -> bool:
    """Delete an intake with all its versions, links and tokens; False when there is none."""
    with transaction.atomic():
        gone, _ = Intake.objects.filter(pk=intake).delete()
        if gone:
            note(who, "deleted", intake, why)
    return bool(gone)


def versions(intake: str) -> list[tuple[Version, Page]]:
    """What it said before it was corrected, the newest first."""
    found = Version.objects.filter(intake_id=intake).order_by("-revision")
    return [(each, from_text(keys().open(each.box))) for each in found]


def rows_of(day: date) -> list[Kept]:
    """The intakes of a day, in order of need."""
    found = _all_kept(Intake.objects.filter(day=day).defer(*_BOXES))
    return sorted(found, key=in_order_of_need)


def in_order_of_need(kept: Kept) -> tuple[int, int, datetime]:
    """First who cannot wait, unless a practitioner has seen it; then who is done; who waits longer
    first.
    """
    urgent = kept.need in URGENT and kept.status != "seen"
    first = URGENT.index(kept.need) if urgent else len(URGENT)
    return first, STATUSES.index(kept.status), kept.finished or kept.made


def find(words: str, *, day: date | None = None) -> list[Kept]:
    """The intakes whose name or number holds these words, the newest first; of a day alone."""
    found = Intake.objects.order_by("-made").defer(*_BOXES)
    if day:
        found = found.filter(day=day)
    kept = _all_kept(found.iterator())
    return [each for each in kept if is_called(each, words)][:100]


def is_called(kept: Kept, words: str) -> bool:
    """Whether its name or number holds all of these words."""
    return all(word in kept.label.casefold() for word in words.casefold().split())


def listed(rows: Iterable[Intake]) -> list[Kept]:
    """Intakes as a queue shows them, without what was said."""
    return list(_all_kept(rows))


def _locked(intake: str) -> Intake | None:
    return Intake.objects.select_for_update().filter(pk=intake).first()


def _current(intake: str, revision: int) -> Intake:
    row = _locked(intake)
    if row is None or row.revision != revision:
        raise StaleError
    return row


def _all_kept(rows: Iterable[Intake]) -> Iterable[Kept]:
    held, nothing = keys(), Page(Visit())
    for row in rows:
        yield _of_row(row, held.open(row.label).decode(), nothing)


def _kept(row: Intake) -> Kept:
    held = keys()
    return _of_row(row, held.open(row.label).decode(), from_text(held.open(row.box)))


def _of_row(row: Intake, label: str, page: Page) -> Kept:
    names = ("id", "day", "made", "changed", "finished", "status", "need", "way", "revision")
    return Kept(**{name: getattr(row, name) for name in names}, label=label, page=page)
