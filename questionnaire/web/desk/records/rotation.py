"""New keys for old: all that is sealed is sealed anew, and the old keys are good for nothing.

Old and new keys stand in the file together until all is done, so that it can be stopped at any
moment and started again, and so that the desk stays open meanwhile.
"""

from dataclasses import replace

from django.db import models, transaction

from questionnaire.errors import ReadError
from questionnaire.web.desk.records.encryption import Keys, new_key, read_keys, write_keys
from questionnaire.web.desk.records.log import note
from questionnaire.web.desk.records.models import Intake, OpenVisit, Person, Version
from questionnaire.web.desk.records.settings import places

_BOXES: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Intake, ("label", "box", "origin")),
    (Version, ("box",)),
    (Person, ("secret",)),
    (OpenVisit, ("box",)),
)
_ROUNDS = 10


def rotate() -> int:
    """Seal everything with a new key, and give how many rows that were; ReadError, WriteError."""
    path = places().key
    both = _begun(read_keys(path))
    write_keys(path, both)
    newest = replace(both, answers=both.answers[:1])
    count = 0
    for _ in range(_ROUNDS):
        renewed = _renew_all(both, newest)
        count += renewed
        if not renewed:
            write_keys(path, newest)
            note("command line", "keys changed", more=f"{count} rows")
            return count
    raise ReadError("rotate-key: others went on with the old key; start it again.")


def _begun(held: Keys) -> Keys:
    """The keys with a new one first; those of a rotation that was stopped, as they are."""
    if len(held.answers) > 1:
        return held
    return replace(held, answers=(new_key(), *held.answers))


def _renew_all(both: Keys, newest: Keys) -> int:
    count = 0
    for table, fields in _BOXES:
        ids = table._default_manager.order_by("pk").values_list("pk", flat=True)  # noqa: SLF001  Django's documented name
        count += sum(_renew(table, pk, fields, both, newest) for pk in list(ids))
    return count


def _renew(
    table: type[models.Model], pk: object, fields: tuple[str, ...], both: Keys, newest: Keys
) -> bool:
    """Whether a row was sealed with an old key; it is not any more."""
    with transaction.atomic():
        row = table._default_manager.select_for_update().filter(pk=pk).first()  # noqa: SLF001  as above
        boxes = {each: getattr(row, each) for each in fields if row and getattr(row, each)}
        old = {each: box for each, box in boxes.items() if not _opens(newest, box)}
        if row is not None and old:
            for each, box in old.items():
                setattr(row, each, both.renew(box))
            row.save(update_fields=list(old))
        return bool(old)


def _opens(held: Keys, box: str) -> bool:
    try:
        held.open(box)
    except ReadError:
        return False
    return True
