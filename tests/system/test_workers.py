"""Several processes at one work: the order, the losses, and that none outlives its starter."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from itertools import count, islice

import pytest

from questionnaire.system import workers
from questionnaire.system.workers import Died, available, in_order, serve

# From 3.12 on Python warns where there are threads, as in the processes of pytest-xdist.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning")


def results(act, pieces, number=2):
    return [result for _, result in in_order(act, pieces, number)]


def test_the_results_come_in_order_whoever_is_quicker():
    def slow_when_even(number):
        time.sleep(0.05 if number % 2 == 0 else 0)
        return number, os.getpid()

    done = results(slow_when_even, range(12))
    assert [number for number, _ in done] == list(range(12))
    assert len({process for _, process in done}) == 2


def test_no_more_processes_are_started_than_there_is_work_for():
    assert len({*results(lambda _: os.getpid(), range(1), 50)}) == 1
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
    done = in_order(abs, endless, 2)
    assert [number for number, _ in islice(done, 20)] == list(range(20))
    assert len(asked) <= 20 + 2 * 8 + 1
    done.close()
    assert multiprocessing.active_children() == []


def test_where_a_process_cannot_be_forked_it_is_started_afresh():
    done = [result for _, result in in_order(len, ["a", "bb", "ccc"], 1, "spawn")]
    assert done == [1, 2, 3]


def test_a_process_works_until_its_pipe_is_closed(tmp_path):
    ours, theirs = multiprocessing.Pipe()
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    ours.send("abc")
    strange, _ = multiprocessing.Pipe()
    child = os.fork()
    if child == 0:
        ours.close()
        serve(len, theirs, str(tmp_path), [strange])
        os._exit(0)
    theirs.close()
    assert ours.recv() == 3
    ours.close()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == before


def test_there_is_at_least_one_processor():
    assert 1 <= available() <= os.cpu_count()


SLEEPERS = r"""
import os, sys, time
from questionnaire.system.workers import in_order

def act(number):
    os.write(1, b"%d\n" % os.getpid())
    time.sleep(0.5)

for _ in in_order(act, range(100), 2):
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
        until = time.monotonic() + 20
        while any(map(is_alive, processes)):
            assert time.monotonic() < until
            time.sleep(0.05)
