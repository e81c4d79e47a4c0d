"""What the desk keeps: sealed, never lost, gone when its time is over."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import DatabaseError, connection, transaction
from parts import later
from people import in_order
from vignettes import EVERYONE, answers_of

from questionnaire.errors import ReadError, UsageError
from questionnaire.interview.conversation import Answered, GoOn, Skipped, State, reply
from questionnaire.interview.flow import SKIPPED
from questionnaire.web.desk.records import intakes, log, retention, rotation
from questionnaire.web.desk.records.backup import back_up, restore
from questionnaire.web.desk.records.database import writable
from questionnaire.web.desk.records.encryption import make_keys, new_key, read_keys, write_keys
from questionnaire.web.desk.records.log import faults, newest, note
from questionnaire.web.desk.records.models import Intake, LogLine, Setting, Version
from questionnaire.web.desk.records.options import option, set_option
from questionnaire.web.desk.records.settings import KEY, keys
from questionnaire.web.desk.records.visit_json import Page, from_text, to_text
from questionnaire.web.visits import Visit

NAME, WORDS = "Wilhelmina Ackerbrook", "Quetzalcoatlus in my garden"


@pytest.fixture
def held(content):
    """What gives the content of a visit."""
    return lambda _: content


def answered(content, who, held, *, way="staff", label=NAME):
    """An intake with all answers of a person, given one by one; its id."""
    state = State()
    for question, answer in in_order(content.questions, answers_of(who, content)):
        given = Skipped(question.id) if answer is SKIPPED else Answered(question.id, answer)
        state = reply(content, reply(content, state, given), GoOn())
    state = replace(state, over=False)
    intake = intakes.begin("Ada", way, label, Visit(state))
    intakes.change(intake, lambda visit: step(content, visit, GoOn()), held, "Ada")
    return intake


def step(content, visit, given):
    return replace(visit, state=reply(content, visit.state, given))


def with_note(content):
    return State(said={"name": NAME, "notes": WORDS})


@pytest.mark.parametrize("who", EVERYONE)
def test_a_conversation_comes_back_from_its_box_as_it_was(content, who):
    state = State()
    for question, answer in in_order(content.questions, answers_of(who, content)):
        for said in (Answered(question.id, "\0"), Answered(question.id, answer)):
            given = Skipped(question.id) if answer is SKIPPED else said
            state = reply(content, state, given)
            page = Page(Visit(state, "2026.1", ("once",)), {question.id: "2026-11-25T10:00:00"})
            back = from_text(to_text(page))
            assert back.visit == page.visit
            assert back.given == page.given


def test_what_was_confirmed_is_there_with_when_it_was_given(clinic, content, held):
    intake = answered(content, "typical", held)
    kept = intakes.read(intake)
    said = kept.page.visit.state.said
    assert {
        k: v for k, v in answers_of("typical", content).items() if k in said
    }.items() <= said.items()
    assert set(kept.page.given) == set(said)
    assert (kept.status, kept.label, kept.need) == ("done", NAME, "")


def test_an_answer_that_is_not_changed_keeps_its_time(clinic, content, held):
    intake = answered(content, "typical", held)
    before = intakes.read(intake).page.given
    intakes.reopen(intake, "Ada", intakes.read(intake).revision)
    old = {**before, "sleep_quality": "2026-01-01T00:00:00+00:00"}
    page = Page(intakes.read(intake).page.visit, old)
    Intake.objects.filter(pk=intake).update(box=keys().seal(to_text(page)))
    intakes.change(intake, lambda v: step(content, v, Answered("pain_average", 1)), held, "Ada")
    after = intakes.read(intake).page.given
    assert after["sleep_quality"] == "2026-01-01T00:00:00+00:00"


def test_an_urgent_sign_stands_at_the_top_as_soon_as_it_is_told(clinic, content, held):
    done = answered(content, "plain", held)
    urgent = intakes.begin("Ada", "tablet", "7", Visit())
    said = {"country": "uk", **answers_of("emergency", content)}
    for question, answer in in_order(content.questions, said):
        given = Skipped(question.id) if answer is SKIPPED else Answered(question.id, answer)
        intakes.change(urgent, lambda v, s=given: step(content, v, s), held, "tablet")
        if intakes.read(urgent).need == "emergency":
            break
    rows = intakes.rows_of(intakes.clinic_day())
    assert [row.id for row in rows] == [urgent, done]
    assert rows[0].status == "answering"


def test_a_correction_leaves_what_was_said_before(clinic, content, held):
    intake = answered(content, "typical", held)
    before = intakes.read(intake).page.visit.state.said
    intakes.reopen(intake, "Ada", intakes.read(intake).revision)
    for given in (Answered("pain_average", 1), GoOn()):
        intakes.change(intake, lambda v, s=given: step(content, v, s), held, "Ada")
    assert intakes.read(intake).page.visit.state.said["pain_average"] == 1
    ((_, page),) = intakes.versions(intake)
    assert page.visit.state.said == before
    assert "corrected" in LogLine.objects.values_list("what", flat=True)


def test_two_at_one_intake_lose_nothing_and_the_slower_is_told(clinic, content, held):
    intake = answered(content, "typical", held)
    revision = intakes.read(intake).revision
    intakes.mark_seen(intake, "Ada", revision)
    for act in (intakes.mark_seen, intakes.reopen):
        with pytest.raises(intakes.StaleError):
            act(intake, "Bob", revision)


def test_changes_at_the_same_time_all_count(clinic, content, held):
    intake = intakes.begin("Ada", "staff", "7", Visit())
    ids = [f"q{number}" for number in range(8)]

    def add(question):
        def act(visit):
            return replace(
                visit, state=replace(visit.state, said={**visit.state.said, question: "x"})
            )

        intakes.change(intake, act, held, question)
        connection.close()

    threads = [Thread(target=add, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(intakes.read(intake).page.visit.state.said) == set(ids)
    assert intakes.read(intake).revision == len(ids)


def places_of(clinic, tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_no_file_holds_a_word_of_a_person(clinic, content, tmp_path):
    intakes.begin("Ada", "staff", NAME, Visit(with_note(content)))
    back_up(tmp_path / "clinic.backup")
    found = places_of(clinic, tmp_path)
    assert len(found) >= 2
    for path in found:
        raw = path.read_bytes()
        for word in (NAME, "Wilhelmina", WORDS, "Quetzalcoatlus"):
            assert word.encode() not in raw, path
            assert word.encode("utf-16-le") not in raw, path


def test_files_are_their_owners_alone(clinic, tmp_path):
    intakes.begin("Ada", "staff", NAME, Visit())
    back_up(tmp_path / "clinic.backup")
    assert {path.stat().st_mode & 0o077 for path in places_of(clinic, tmp_path)} <= {0}


def test_with_another_key_nothing_is_read(clinic, tmp_path, monkeypatch):
    intake = intakes.begin("Ada", "staff", NAME, Visit())
    monkeypatch.setenv(KEY, str(tmp_path / "other.key"))
    with pytest.raises(ReadError, match="missing"):
        intakes.read(intake)
    make_keys(tmp_path / "other.key")
    with pytest.raises(ReadError, match="key"):
        intakes.read(intake)


def test_keys_that_others_can_read_are_refused(clinic):
    clinic.key.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        read_keys(clinic.key)


def test_keys_are_never_written_over(clinic):
    before = clinic.key.read_bytes()
    with pytest.raises(Exception, match="is there already"):
        make_keys(clinic.key)
    assert clinic.key.read_bytes() == before


def test_after_the_keys_are_changed_the_old_ones_open_nothing(clinic, content, held):
    old = keys()
    intake = answered(content, "typical", held)
    rotation.rotate()
    row = Intake.objects.get(pk=intake)
    with pytest.raises(ReadError):
        old.open(row.box)
    assert intakes.read(intake).label == NAME
    assert len(read_keys(clinic.key).answers) == 1
    assert not list(faults())


def test_a_change_of_keys_that_was_stopped_goes_on(clinic, content):
    intakes.begin("Ada", "staff", NAME, Visit())
    both = replace(keys(), answers=(new_key(), *keys().answers))
    write_keys(clinic.key, both)
    other = intakes.begin("Ada", "staff", "second", Visit())
    rotation.rotate()
    assert read_keys(clinic.key).answers == both.answers[:1]
    assert intakes.read(other).label == "second"


def test_a_whole_log_has_no_fault(clinic):
    assert not list(faults())
    for number in range(5):
        note("Ada", "seen", more=str(number))
    assert not list(faults())
    assert not list(faults(newest()))


@pytest.mark.parametrize("field", ["at", "who", "what", "intake", "more", "seal"])
def test_a_changed_line_is_found(clinic, field):
    for number in range(5):
        note("Ada", "seen", "abc", str(number))
    with Unlocked():
        LogLine.objects.filter(number=3).update(**{field: "x"})
    assert any("line 3" in fault for fault in faults())


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_line_taken_out_is_found(clinic, number):
    for _ in range(5):
        note("Ada", "seen")
    with Unlocked():
        LogLine.objects.filter(number=number).delete()
    assert list(faults())


def test_a_line_added_is_found(clinic):
    for _ in range(3):
        note("Ada", "seen")
    last = LogLine.objects.get(number=3)
    last.number, last.what = 4, "deleted"
    last.save(force_insert=True)
    assert list(faults())


def test_a_log_that_was_set_back_is_found_with_what_was_noted(clinic):
    note("Ada", "seen")
    head = Setting.objects.get(key="log_head").value
    note("Ada", "deleted")
    noted = newest()
    with Unlocked():
        LogLine.objects.filter(number=2).delete()
    Setting.objects.filter(key="log_head").update(value=head)
    assert not list(faults())
    assert list(faults(noted))


def test_the_database_itself_refuses_to_change_the_log(clinic):
    note("Ada", "seen")
    for change in (
        LogLine.objects.filter(number=1).delete,
        lambda: LogLine.objects.update(who="x"),
    ):
        with pytest.raises(DatabaseError, match="appended only"):
            change()


class Unlocked:
    """The log open to change, as to somebody who has the database's password."""

    def __enter__(self):
        self.parts = [transaction.atomic(), writable()]
        for part in self.parts:
            part.__enter__()

    def __exit__(self, *how):
        for part in reversed(self.parts):
            part.__exit__(*how)


def test_no_answer_and_no_name_is_in_the_log(clinic, content, held):
    intake = answered(content, "typical", held)
    intakes.mark_seen(intake, "Ada", intakes.read(intake).revision)
    intakes.delete(intake, "Ada")
    told = "\n".join(" ".join(map(str, line)) for line in LogLine.objects.values_list())
    said = answers_of("typical", content)
    assert not [each for each in (NAME, said["name"], said["notes"], "joints") if each in told]
    assert intake in told


def age(intake, **time):
    row = Intake.objects.get(pk=intake)
    moved = timedelta(**time)
    Intake.objects.filter(pk=intake).update(
        changed=row.changed - moved, finished=row.finished and row.finished - moved
    )


def test_what_was_kept_long_enough_is_gone_and_the_rest_is_there(clinic, content, held):
    old, young, half, fresh = (
        answered(content, "plain", held),
        answered(content, "plain", held),
        intakes.begin("Ada", "tablet", "1", Visit()),
        intakes.begin("Ada", "tablet", "2", Visit()),
    )
    for intake, days in ((old, 31), (young, 29), (half, 2)):
        age(intake, days=days)
    assert retention.purge() == retention.Purged(1, 1)
    assert set(Intake.objects.values_list("pk", flat=True)) == {young, fresh}
    assert not Version.objects.filter(intake_id=old).exists()


def test_what_was_deleted_is_in_no_file_of_the_database_any_more(
    clinic, in_a_file, content, tmp_path
):
    intake = intakes.begin("Ada", "staff", NAME, Visit(with_note(content)))
    row = Intake.objects.get(pk=intake)
    assert holders(row.box, tmp_path)
    age(intake, days=40)
    retention.purge()
    assert not holders(row.box, tmp_path)


def holders(box, tmp_path):
    return [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and box[:60].encode() in path.read_bytes()
    ]


def test_a_clock_that_was_set_back_loses_nothing(clinic, content, held):
    intake = answered(content, "plain", held)
    age(intake, days=-400)
    retention.purge()
    assert intakes.read(intake).status == "done"


def test_a_clock_that_leapt_ahead_deletes_nothing_for_a_day(clinic, content, held, monkeypatch):
    intake = answered(content, "plain", held)
    real = retention.now()

    def stands(**ahead):
        for module in (retention, log):
            monkeypatch.setattr(module, "now", lambda: real + timedelta(**ahead))

    for hours in (0, 1, 12, 23):
        stands(days=365, hours=hours)
        assert retention.purge_by_clock() is None
        assert intakes.read(intake)
    assert LogLine.objects.filter(what="waited").count() == 1
    stands(hours=1)  # somebody has set it right
    note("Ada", "saw", intake)
    stands(days=1, hours=2)
    assert retention.purge_by_clock() == retention.Purged(0, 0)
    assert intakes.read(intake)


def test_after_a_long_holiday_what_was_kept_long_enough_goes_a_day_later(
    clinic, content, held, monkeypatch
):
    intake, real = answered(content, "plain", held), retention.now()
    for module in (retention, log):
        monkeypatch.setattr(module, "now", lambda: real + timedelta(days=40, hours=hours))
    hours = 0
    assert retention.purge_by_clock() is None
    hours = 25
    assert retention.purge_by_clock() == retention.Purged(1, 0)
    assert intakes.read(intake) is None


@pytest.mark.parametrize("value", ["0", "-1", "x", "9999999", "", "1.5"])
def test_a_setting_takes_what_it_may_be(clinic, value):
    with pytest.raises(UsageError, match="days_kept"):
        set_option("days_kept", value)
    assert option("days_kept") == 30


def contents():
    tables = (Intake, Version, LogLine, Setting)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def test_a_backup_brings_everything_back(clinic, content, held, tmp_path):
    intake = answered(content, "typical", held)
    intakes.reopen(intake, "Ada", intakes.read(intake).revision)
    before = contents()
    back_up(tmp_path / "clinic.backup")
    intakes.delete(intake, "Ada")
    intakes.begin("Ada", "staff", "other", Visit())
    with pytest.raises(UsageError, match="--force"):
        restore(tmp_path / "clinic.backup")
    restore(tmp_path / "clinic.backup", force=True)
    after = contents()
    assert after["Intake"] == before["Intake"]
    assert after["Version"] == before["Version"]
    assert after["LogLine"][: len(before["LogLine"])] == before["LogLine"]
    assert not list(faults())


@pytest.mark.parametrize("backups", [2, *later(5)])
def test_a_backup_under_load_is_of_one_moment(backups, clinic, content, held, tmp_path):
    """Each intake is written twice in one transaction: no backup holds one of the two."""
    stop, begun = Event(), Event()

    def write():
        while not stop.wait(0.01):  # SQLite lets in whoever asks at the right moment, not in turn
            with transaction.atomic():
                intakes.begin("Ada", "staff", "one", Visit())
                intakes.begin("Ada", "staff", "two", Visit())
            begun.set()
        connection.close()

    thread = Thread(target=write)
    thread.start()
    assert begun.wait(20)
    try:
        for number in range(backups):
            back_up(tmp_path / f"{number}.backup")
    finally:
        stop.set()
        thread.join()
    for number in range(backups):
        restore(tmp_path / f"{number}.backup", force=True)
        assert Intake.objects.count() % 2 == 0
        assert not list(faults())
    assert Intake.objects.count() > 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-2],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw.replace(b"gAAAA", b"gAAAB", 1),
        lambda raw: b"\n".join([*raw.split(b"\n")[:1], *raw.split(b"\n")[2:]]),
        lambda raw: raw + raw.split(b"\n")[1] + b"\n",
        lambda raw: b"x" + raw,
        lambda _: b"",
    ],
    ids=["end", "half", "changed", "line out", "line added", "other", "empty"],
)
def test_a_damaged_backup_is_refused_and_changes_nothing(clinic, tmp_path, spoil):
    intakes.begin("Ada", "staff", "one", Visit())
    path = tmp_path / "clinic.backup"
    back_up(path)
    path.write_bytes(spoil(path.read_bytes()))
    before = contents()
    with pytest.raises(ReadError):
        restore(path, force=True)
    assert contents() == before


def test_a_writer_that_is_killed_leaves_no_half(clinic, in_a_file, tmp_path):
    for moment in (0.0, 0.05, 0.15):
        program = subprocess.Popen(
            [sys.executable, str(Path(__file__).parents[2] / "support" / "writer.py")],
            stdout=subprocess.PIPE,
            env=os.environ,
        )
        confirmed = [program.stdout.readline().decode().strip()]
        while len(confirmed) < 3 + moment * 100:
            confirmed.append(program.stdout.readline().decode().strip())
        program.kill()
        rest, _ = program.communicate()
        confirmed += rest.decode().split("\n")[:-1]
        there = {each: intakes.read(each) for each in confirmed}
        assert all(kept and kept.label == "confirmed" for kept in there.values())
        assert not list(faults())
        assert Intake.objects.count() == LogLine.objects.filter(what="made").count()
