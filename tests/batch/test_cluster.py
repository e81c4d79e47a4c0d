"""A batch on a real Dask cluster, started by the commands of docs/cluster.md."""

import json
import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

settings = pytest.importorskip("dask.config", reason="./run setup cluster installs Dask")

from distributed import Client, LocalCluster, Security  # noqa: E402  see above

from questionnaire.answers.rows import Row  # noqa: E402
from questionnaire.batch.cluster import Order, attempt, equipment  # noqa: E402
from questionnaire.batch.task import Task  # noqa: E402
from questionnaire.cli.main import main  # noqa: E402
from questionnaire.content.content import read_content  # noqa: E402
from questionnaire.errors import UsageError, WriteError  # noqa: E402
from questionnaire.report.documents import Settings  # noqa: E402
from questionnaire.system import cluster  # noqa: E402
from questionnaire.system.cluster import Cluster  # noqa: E402
from questionnaire.system.lookahead import Died, in_order  # noqa: E402

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
OPENSSL = shutil.which("openssl")
COMMANDS = re.findall(r"^    (\S.*)$", DOCUMENT, re.MULTILINE)
PATIENCE = 60
TASK = Task(Row("line 1", "row-1"), is_there=False)
PRIVATE = "zebra"
"""What somebody wrote: it is to be in reports, and nowhere else."""


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


def until(holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


class Started:
    """A scheduler and three workers on this computer, started by the document's commands."""

    def __init__(self, folder, scheme):
        self.folder, self.scheme, self.port = folder, scheme, free_port()
        self.address = f"{scheme}://127.0.0.1:{self.port}"
        self.log = folder / "log"
        self.processes = []
        (folder / "docs").symlink_to(ROOT / "docs")
        (folder / ".venv").symlink_to(sys.prefix)

    def command(self, *parts):
        """The first command of the document that has these parts, as it is typed here."""
        told = next(each for each in COMMANDS if all(part in each for part in parts))
        here = re.sub(r"10\.0\.0\.\d", "127.0.0.1", told).replace("8786", self.port)
        here = re.sub(r"--nworkers \d", "--nworkers 3", here)
        return "exec env " + here.replace("./run", f"{sys.executable} -m questionnaire")

    def start(self):
        config = "DASK_CONFIG=docs/cluster" + (" " if self.scheme == "tls" else "/memory.yaml ")
        for who in ("dask scheduler", "dask worker"):
            self.processes.append(self.run(self.command(who, config)))
        until(lambda: self.told().count("Registered to") == 3)

    def run(self, command):
        with self.log.open("ab") as log:
            return subprocess.Popen(
                ["sh", "-c", command],
                cwd=self.folder,
                env=os.environ | {"DASK_TEMPORARY_DIRECTORY": str(self.folder / "scratch")},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def batch(self, source, out, changed=str):
        """The document's command, for these answers; as the leader of a group of its own."""
        command = changed(self.command("batch", f"--scheduler {self.scheme}"))
        return subprocess.Popen(
            ["sh", "-c", command.replace("answers.csv reports", f"{source} {out}")],
            cwd=self.folder,
            env=os.environ | {"SOURCE_DATE_EPOCH": "1790000000"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def told(self):
        return self.log.read_text()

    def end(self):
        for process in reversed(self.processes):
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            process.wait()


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    """In a private network, or as if: with certificates, where this computer can make some."""
    started = Started(tmp_path_factory.mktemp("cluster"), "tls" if OPENSSL else "tcp")
    if OPENSSL:
        for each in ("mkdir", "openssl"):
            started.run(started.command(each)).wait()
    try:
        started.start()
        yield started
    finally:
        started.end()


@pytest.fixture
def client(dask):
    """Looks into the cluster."""
    keys = dask.folder / "cluster-keys"
    cert, key = str(keys / "cluster.pem"), str(keys / "cluster.key")
    security = Security(tls_ca_file=cert, tls_client_cert=cert, tls_client_key=key)
    with Client(dask.address, security=security if OPENSSL else None) as client:
        yield client


def in_file(answers):
    return json.dumps({"format": "acuscreen-answers/1", "answers": answers})


@pytest.fixture
def many(tmp_path, baseline):
    """Eight people, seven of them with short reports, and a bad row."""
    short = {"age_group": "under_18", "notes": PRIVATE}
    people = [baseline | {"notes": PRIVATE}, *({**short, "name": f"P{each}"} for each in range(7))]
    lines = [in_file(each) for each in people]
    path = tmp_path / "in.ndjson"
    path.write_text("\n".join([*lines[:4], f'{{"{PRIVATE}}}', *lines[4:]]))
    return path


def files(out):
    return {path.name: path.read_bytes() for path in out.iterdir()}


def reports(out):
    return len([*out.glob("*.pdf")])


@pytest.mark.exhaustive
def test_a_worker_that_is_killed_midway_costs_nothing(dask, client, many, tmp_path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    with dask.batch(many, together) as program:
        until(lambda: reports(together) >= 2)
        busy = next(worker for worker, pieces in client.processing().items() if pieces)
        (process,) = client.run(os.getpid, workers=[busy]).values()
        os.kill(process, signal.SIGKILL)
        assert reports(together) < 8
        told, errors = program.communicate(timeout=PATIENCE)
    assert program.returncode == 1
    assert (
        told == f"{together}: 8 reports made, 0 there before; 1 bad row, listed in problems.csv.\n"
    )
    assert errors.startswith(f"acuscreen: {many}: line 5: not JSON")
    with dask.batch(many, alone, lambda command: command.partition(" --scheduler")[0]) as program:
        assert program.wait() == 1
    assert files(together) == files(alone)
    assert len(files(together)) == 8 + 2
    assert {path.stat().st_mode & 0o777 for path in together.iterdir()} == {0o600}


@pytest.mark.exhaustive
def test_ctrl_c_ends_it_soon_and_takes_back_what_was_sent(dask, client, many, tmp_path):
    with dask.batch(many, tmp_path / "out") as program:
        until(lambda: reports(tmp_path / "out") >= 1)
        os.killpg(program.pid, signal.SIGINT)
        told, errors = program.communicate(timeout=PATIENCE)
    assert (program.returncode, told) == (130, "")
    assert re.fullmatch(r"acuscreen: stopped; .*/out holds \d reports?\. Start it .*\n", errors)
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf"}
    until(lambda: is_empty(client))


@pytest.mark.exhaustive
def test_when_the_starter_is_killed_the_cluster_forgets_all(dask, client, many, tmp_path):
    with dask.batch(many, tmp_path / "out") as program:
        until(lambda: reports(tmp_path / "out") >= 1)
        os.killpg(program.pid, signal.SIGKILL)
    until(lambda: is_empty(client))


def is_empty(client):
    """Whether the cluster has nothing of anybody in its memory."""
    tasks = client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))
    held = client.run(lambda dask_worker: len(dask_worker.data) + len(dask_worker.state.tasks))
    return tasks == 0 == sum(held.values())


@pytest.mark.exhaustive
def test_what_somebody_wrote_is_in_no_log_no_file_and_no_name_of_a_task(
    dask, client, many, tmp_path
):
    """Not even where a worker fails, which Dask logs with what it was given."""
    with dask.batch(many, tmp_path / "out") as program:
        until(lambda: reports(tmp_path / "out") >= 1)
        names = client.run_on_scheduler(lambda dask_scheduler: [*dask_scheduler.tasks])
        assert program.wait(timeout=PATIENCE) == 1
    assert names
    assert [each for each in names if not re.fullmatch(r"_do-[0-9a-f-]{36}", each)] == []
    assert is_empty(client)
    with pytest.raises(pickle.UnpicklingError):
        client.submit(cluster._do, cluster._Parcel(PRIVATE.encode()), pure=False).result()
    until(lambda: "Compute Failed" in dask.told())
    assert "_do" in dask.told()
    assert PRIVATE not in dask.told()
    left = [path for path in (dask.folder / "scratch").rglob("*") if path.is_file()]
    assert [path for path in left if PRIVATE.encode() in path.read_bytes()] == []


def test_a_worker_with_another_version_or_content_is_refused(content):
    for different, theirs in (
        ({"acuscreen": "0.9"}, f"acuscreen {version('acuscreen')}, and here it is 0.9"),
        ({"content": "1875.1 (0)"}, rf"content {content.version} .*, and here it is 1875\.1 \(0\)"),
        ({"Python": "2.7"}, "Python 3.*, and here it is 2.7"),
        ({"a package": "1"}, "a package not at all, and here it is 1"),
    ):
        with pytest.raises(UsageError, match=f"a worker has {theirs}; give all computers the same"):
            attempt(Order(Settings(date(2026, 11, 22)), None, different), TASK)


def test_another_content_is_read_where_the_worker_has_it(content, tmp_path):
    for each in ("questionnaire", "rules"):
        shutil.copytree(ROOT / each, tmp_path / each, ignore=shutil.ignore_patterns("*.py*"))
    about = tmp_path / "rules" / "content.toml"
    about.write_text(about.read_text().replace(content.version, "edited"))
    row = replace(TASK.row, raw=in_file({"age_group": "under_18"}).encode())
    there = Task(row, is_there=True)
    edited = equipment(read_content(tmp_path), tmp_path)
    order = Order(Settings(date(2026, 11, 22)), tmp_path, edited)
    assert attempt(order, there).filed.content == "edited"
    missing = replace(order, root=tmp_path / "missing")
    with pytest.raises(UsageError, match="a worker cannot read the content: "):
        attempt(missing, there)


def test_the_refusal_of_a_worker_ends_the_batch(dask, many, tmp_path, monkeypatch):
    """Here it is as if the program and all that it needs were of version 0.9."""
    older = "import questionnaire.batch.cluster as c; c.version = lambda _: '0.9'; "
    start = f'-c "{older}from questionnaire.cli.main import main; exit(main())"'
    with dask.batch(
        many, tmp_path / "out", lambda command: command.replace("-m questionnaire", start)
    ) as program:
        told, errors = program.communicate(timeout=PATIENCE)
    assert (program.returncode, told) == (2, "")
    assert f"a worker has acuscreen {version('acuscreen')}, and here it is 0.9; give" in errors


@pytest.mark.exhaustive
def test_the_commands_to_try_it_on_one_computer_work(many, tmp_path):
    (tmp_path / "trial").mkdir()
    trial = Started(tmp_path / "trial", "tcp")
    try:
        trial.start()
        with trial.batch(many, tmp_path / "out") as program:
            told, errors = program.communicate(timeout=PATIENCE)
    finally:
        trial.end()
    assert "8 reports made" in told
    assert errors.startswith(f"acuscreen: {many}: line 5: not JSON")


# Clusters in this process, for what seldom happens


@pytest.fixture(autouse=True)
def _scratch(tmp_path):
    with settings.set({"temporary-directory": str(tmp_path)}):
        yield


@contextmanager
def small(**options):
    """A cluster of threads, or of processes, with Dask's own settings but for disks and pages."""
    kept = {f"distributed.worker.memory.{each}": False for each in ("target", "spill")}
    with settings.set({**kept, **options.pop("settings", {})}):
        few = {"threads_per_worker": 1, "processes": False, "dashboard_address": None} | options
        with LocalCluster(protocol="tcp://", **few) as made:
            yield made


def results(made, act, pieces):
    with closing(Cluster(made.scheduler_address, act)) as crew:
        return [*in_order(crew, pieces, lambda piece, result: (piece, result))]


def test_results_come_in_order():
    with small(n_workers=2) as made:
        assert results(made, abs, range(40)) == [(each, each) for each in range(40)]


def test_a_cluster_without_workers_is_told(monkeypatch):
    monkeypatch.setattr(cluster, "_REACH", 1)
    with small(n_workers=0) as made, pytest.raises(WriteError, match="there has no workers"):
        results(made, abs, range(3))


def test_a_worker_that_may_write_answers_to_its_disk_is_refused():
    spilling = {"distributed.worker.memory.spill": 0.7}
    with (
        small(n_workers=1, settings=spilling, memory_limit="1GB") as made,
        pytest.raises(UsageError, match="may write answers to their disks; start them with DASK"),
    ):
        results(made, abs, range(3))


@pytest.mark.exhaustive
def test_what_takes_far_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with small(n_workers=2) as made:
        done = results(made, time.sleep, [0, 3])
    assert done == [(0, None), (3, Died("took longer than 1 seconds"))]


@pytest.mark.exhaustive
def test_a_piece_that_ends_its_processes_is_given_up_and_no_other():
    once = {"distributed.scheduler.allowed-failures": 0}
    with small(n_workers=2, processes=True, settings=once) as made:
        (_, lost), (_, well) = results(made, eval, ["__import__('os')._exit(7)", "6 * 7"])
    assert (lost, well) == (Died("the processes that made it ended, one after the other"), 42)


def test_of_what_fails_in_a_worker_the_kind_is_told_and_no_more():
    with (
        small(n_workers=1) as made,
        pytest.raises(WriteError, match=r"the cluster failed \(ValueError\)\. See whether") as told,
    ):
        results(made, int, [PRIVATE])
    assert PRIVATE not in str(told.value)


def test_a_scheduler_that_is_lost_meanwhile_is_told():
    with ExitStack() as alive:
        made = alive.enter_context(small(n_workers=1))
        with closing(Cluster(made.scheduler_address, time.sleep)) as crew:
            crew.start(0, 1)
            alive.close()
            with pytest.raises(WriteError, match="the scheduler is lost; start again to go on"):
                until(lambda: [*crew.done()])


def test_workers_that_have_all_gone_are_told(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with (
        small(n_workers=1) as made,
        closing(Cluster(made.scheduler_address, abs)) as crew,
        Client(made) as client,
    ):
        client.retire_workers()
        crew.start(0, 1)
        with pytest.raises(WriteError, match="has no workers any more; start again to go on"):
            until(lambda: [*crew.done()])


# Where there is none


@pytest.fixture
def sent(many, tmp_path, capsys, monkeypatch, content):
    """The exit code, and what is told, of a batch that is sent to an address."""
    monkeypatch.setattr(cluster, "_REACH", 1)

    def sent(address):
        code = main(["batch", str(many), str(tmp_path / "out"), "--scheduler", address])
        return code, capsys.readouterr().err

    return sent


def test_where_no_scheduler_answers_that_is_told_soon(sent):
    began = time.monotonic()
    address = f"tcp://127.0.0.1:{free_port()}"
    assert sent(address) == (3, f"acuscreen: {address}: no scheduler answers there.\n")
    assert time.monotonic() - began < PATIENCE


def test_without_certificates_nothing_is_sent(sent):
    told = "acuscreen: tls://127.0.0.1:9: no certificates are named; see docs/cluster.md.\n"
    assert sent("tls://127.0.0.1:9") == (2, told)
    missing = {f"distributed.comm.tls.{each}": "gone.pem" for each in ("ca-file", "client.cert")}
    with settings.set(missing):
        assert "its certificates cannot be read: No such file" in sent("tls://127.0.0.1:9")[1]
    with settings.set({"distributed.comm.require-encryption": True}):
        assert "ask for an address that begins with tls://" in sent("tcp://127.0.0.1:9")[1]


def test_who_sends_answers_unencrypted_to_another_computer_is_warned(sent):
    code, told = sent("tcp://192.0.2.1:9")
    assert code == 3
    assert told.startswith(
        "acuscreen: tcp://192.0.2.1:9: whoever is in that network can read the answers; "
        "docs/cluster.md tells how to encrypt them.\n"
    )


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://a:1", "tcp://a", "tls://a:b", ""])
def test_an_address_that_is_none_is_refused(address, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["batch", "in", "out", "--scheduler", address])
    assert "tls://HOST:PORT or tcp://HOST:PORT" in capsys.readouterr().err
