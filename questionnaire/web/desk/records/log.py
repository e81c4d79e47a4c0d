"""The log: who saw, printed, changed, exported or deleted what, and when.

Lines are added only, and each is bound to the one before.  No answer and no name of a patient is
ever in it.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from questionnaire.web.desk.records.clock import now
from questionnaire.web.desk.records.encryption import Keys
from questionnaire.web.desk.records.models import LogLine, Setting
from questionnaire.web.desk.records.settings import keys

_HEAD = "log_head"
"""The setting that holds how many lines there are and the seal of the last, marked."""

_LONGEST = 200


def note(who: str, what: str, intake: str = "", more: str = "") -> LogLine:
    """Add a line: it is there once the change that it tells of is."""
    with transaction.atomic():
        held = keys()
        head = _locked_head()
        number, before = _last(head.value)
        line = LogLine(
            number=number + 1,
            at=now().isoformat(timespec="milliseconds"),
            who=who,
            what=what,
            intake=intake,
            more=more[:_LONGEST],
        )
        line.seal = _seal(held, line, before)
        line.save(force_insert=True)
        head.value = _head(held, line.number, line.seal)
        head.save()
        return line


def _locked_head() -> Setting:
    """The head, which nobody else changes before this transaction ends."""
    Setting.objects.get_or_create(key=_HEAD, defaults={"value": ""})
    return Setting.objects.select_for_update().get(key=_HEAD)


def _last(value: str) -> tuple[int, str]:
    if not value:
        return 0, ""
    number, seal, _ = value.split(":")
    return int(number), seal


def _head(held: Keys, number: int, seal: str) -> str:
    text = f"{number}:{seal}"
    return f"{text}:{held.mark(text)}"


def _seal(held: Keys, line: LogLine, before: str) -> str:
    told = (before, line.number, line.at, line.who, line.what, line.intake, line.more)
    return held.mark("\n".join(repr(each) for each in told))


def times() -> Iterator[datetime]:
    """When each line was written, the newest first."""
    lines = LogLine.objects.order_by("-number").values_list("at", flat=True)
    yield from map(datetime.fromisoformat, lines.iterator())


def newest() -> str:
    """The number of the last line and its seal: noted elsewhere, it shows if the end is cut off."""
    head = Setting.objects.filter(key=_HEAD).first()
    number, seal = _last(head.value if head else "")
    return f"{number}:{seal[:16]}"


def faults(noted: str = "") -> Iterator[str]:
    """What is wrong with the log, a line each; `noted` is what `newest` once was."""
    held, before, expected = keys(), "", 1
    wanted, _, prefix = noted.partition(":")
    seen = not noted
    for line in LogLine.objects.order_by("number").iterator():
        if line.number != expected:
            yield f"lines {expected} to {line.number - 1} have been taken out"
        elif line.seal != _seal(held, line, before):
            yield f"line {line.number} was changed or added, or the line before it was"
        seen = seen or (str(line.number) == wanted and line.seal.startswith(prefix))
        before, expected = line.seal, line.number + 1
    yield from _faults_of_end(held, expected - 1, before)
    if not seen:
        yield f"line {wanted} is not the one that was noted: lines were taken out or changed"


def _faults_of_end(held: Keys, count: int, seal: str) -> Iterator[str]:
    head = Setting.objects.filter(key=_HEAD).first()
    if (head.value if head else "") != (_head(held, count, seal) if count else ""):
        yield f"the end, after line {count}, was cut off or changed"


def lines(before: int = 0, count: int = 100) -> list[LogLine]:
    """The last lines, the newest first; those before a number."""
    found = LogLine.objects.order_by("-number")
    if before:
        found = found.filter(number__lt=before)
    return list(found[:count])
