"""Several processes at one work: the order, the losses, and that none outlives its starter."""

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from random import Random
from resource import RLIMIT_NOFILE, getrlimit, setrlimit

import pytest

from questionnaire.errors import WriteError
from questionnaire.system import workers
from questionnaire.system.lookahead import Died, in_order
from questionnaire.system.scratch import scratch_folder
from questionnaire.system.workers import METHOD, Processes, available

# From 3.12 on Python warns where there are threads, as in the processes of pytest-xdist.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")


def pairs(act, pieces, number=2, method=METHOD):
    """Each piece with its result."""
    with closing(Processes(act, number, method)) as crew:
        yield from in_order(crew, pieces, lambda piece, result: (piece, result))


def results(act, pieces, number=2, method=METHOD):
    return [result for _, result in pairs(act, pieces, number, method)]


def test_the_results_come_in_order_whoever_is_quicker():
    def slow_when_even(number):
        time.sleep(0.05 if number % 2 == 0 else 0)
        return number, os.getpid()

    done = results(slow_when_even, range(12))
    assert [number for number, _ in done] == list(range(12))
    assert len({process for _, process in done}) == 2


def test_each_result_is_finished_at_once_and_not_when_its_turn_has_come():
    """So a run that is killed has lost nothing but what was in hand."""
    finished = []
    with closing(Processes(lambda number: time.sleep(number == 0), 2)) as crew:
        for _ in in_order(crew, range(6), lambda number, _: finished.append(number)):
            pass
    assert finished == [1, 2, 3, 4, 5, 0]


def test_no_more_processes_are_started_than_there_is_work_for():
    with closing(Processes(abs, 50)) as crew:
        turns = in_order(crew, range(1), lambda *_: multiprocessing.active_children())
        assert [len(running) for running in turns] == [1]
    assert results(len, [], 50) == []


def test_a_process_that_is_killed_loses_its_piece_and_no_other():
    def die_at_three(number):
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    done = results(die_at_three, range(8))
    assert [each for each in done if not isinstance(each, Died)] == [0, 1, 2, 4, 5, 6, 7]
    assert "killed, perhaps for want of memory" in done[3].why


def test_a_process_that_ends_by_itself_loses_its_piece_and_no_other():
    done = results(lambda number: number or os._exit(7), range(3))
    assert (done[0], done[1:]) == (Died("the process that made it ended (exit code 7)"), [1, 2])


@pytest.mark.exhaustive
def test_however_many_are_killed_at_any_moment_each_loses_one_piece_at_most():
    """Between two pieces too, and while it hands over 100 kB, which no pipe takes at once."""
    killed, is_over, chance = [], threading.Event(), Random(0)  # noqa: S311  any will do

    def kill_one_now_and_then():
        while not is_over.wait(chance.expovariate(20)):
            for process in multiprocessing.active_children()[:1]:
                process.kill()
                killed.append(process.pid)

    killer = threading.Thread(target=kill_one_now_and_then)
    killer.start()
    try:
        done = results(lambda number: (number, bytes(100_000), time.sleep(0.01)), range(300))
    finally:
        is_over.set()
        killer.join()
    assert all(isinstance(each, Died) or each[0] == number for number, each in enumerate(done))
    assert 0 < sum(isinstance(each, Died) for each in done) <= len(killed)
    assert multiprocessing.active_children() == []


def test_what_goes_wrong_in_the_work_is_raised_and_ends_it():
    with pytest.raises(ZeroDivisionError):
        results(lambda number: 1 // number, range(3))
    assert multiprocessing.active_children() == []


def test_a_process_is_replaced_before_it_has_grown_too_large(monkeypatch):
    monkeypatch.setattr(workers, "LIFETIME", 3)
    done = results(lambda number: (number, os.getpid()), range(8), 1)
    assert [number for number, _ in done] == list(range(8))
    processes = [process for _, process in done]
    assert [len({*processes[at : at + 3]}) for at in (0, 3, 6)] == [1, 1, 1]
    assert len({*processes}) == 3


def test_what_takes_far_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(workers, "PATIENCE", 0.3)
    done = results(lambda number: time.sleep(60) if number == 1 else number, range(4))
    assert (done[0], done[2:]) == (0, [2, 3])
    assert "took longer" in done[1].why


def test_pieces_are_asked_for_only_as_they_are_needed():
    asked = []
    endless = (asked.append(number) or number for number in count())
    done = pairs(abs, endless)
    assert [number for number, _ in islice(done, 20)] == list(range(20))
    assert len(asked) <= 20 + 2 * 8 + 1
    done.close()
    assert multiprocessing.active_children() == []


def test_where_a_process_cannot_be_forked_it_is_started_afresh():
    assert results(len, ["a", "bb", "ccc"], 1, "spawn") == [1, 2, 3]


def test_a_process_leaves_ctrl_c_to_its_starter_and_ends_when_it_is_told_to():
    assert results(lambda _: os.kill(os.getpid(), signal.SIGINT), range(2)) == [None, None]
    (told,) = results(lambda _: os.kill(os.getpid(), signal.SIGTERM) or time.sleep(60), range(1))
    assert "the process that made it ended" in told.why
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()


def test_temporary_files_of_processes_lie_in_the_folder_that_goes_with_their_starter():
    made = results(lambda _: tempfile.mkstemp()[1], range(3))
    assert all(Path(each).is_relative_to(scratch_folder()) for each in made)


def test_where_no_process_can_be_started_that_is_told(tmp_path):
    soft, hard = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (len([*Path("/proc/self/fd").iterdir()]) + 8, hard))
    try:
        with pytest.raises(WriteError, match="no process can be started for them"):
            results(lambda _: time.sleep(1), range(50), 50)
    finally:
        setrlimit(RLIMIT_NOFILE, (soft, hard))
    assert multiprocessing.active_children() == []


def test_there_is_at_least_one_processor():
    assert 1 <= available() <= os.cpu_count()


SLEEPERS = r"""
import os, sys, time
from questionnaire.system.lookahead import in_order
from questionnaire.system.workers import Processes

def act(number):
    os.write(1, b"%d\n" % os.getpid())
    time.sleep(0.5)

for _ in in_order(Processes(act, 2), range(100), max):
    pass
"""


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_processes_leave_when_their_starter_is_killed():
    with subprocess.Popen([sys.executable, "-c", SLEEPERS], stdout=subprocess.PIPE) as starter:
        processes = [int(starter.stdout.readline()) for _ in range(2)]
        starter.kill()
        until = time.monotonic() + 100
        while any(map(is_alive, processes)):
            assert time.monotonic() < until
            time.sleep(0.05)
