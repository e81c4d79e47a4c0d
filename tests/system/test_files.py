"""Files with health answers: for the owner alone, whole or not at all, and nothing written over."""

import errno
import os
import re
import resource
import signal
import socket
import stat
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

import pytest

from questionnaire.content.content import ROOT
from questionnaire.errors import ReadError, WriteError
from questionnaire.system.files import growing, read_file, refuse_existing, write_whole

CONTENT = b"health answers\n" * 1000


@contextmanager
def umask(mask):
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.fixture(params=["without a name", "beside"])
def way(request, monkeypatch):
    """Both ways to write: Linux knows files without a name, other systems and old disks do not.

    The name of the flag is taken away, since no folder here lacks what it asks for.
    """
    if request.param == "beside":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    return request.param


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read_what_is_written(tmp_path, way, mask, force):
    path = tmp_path / "report.pdf"
    with umask(mask):
        write_whole(path, CONTENT, force=force)
    assert (path.read_bytes(), mode(path)) == (CONTENT, 0o600)


@pytest.mark.parametrize("force", [False, True])
def test_nothing_else_is_left_in_the_folder(tmp_path, way, force):
    write_whole(tmp_path / "report.pdf", CONTENT, force=force)
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    assert (tmp_path / "report.pdf").stat().st_nlink == 1


def test_an_existing_file_is_left_as_it_is(tmp_path, way):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    with pytest.raises(WriteError, match=r"report\.pdf: is there already; .* add --force"):
        write_whole(path, CONTENT)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_to_nowhere_is_there_too(tmp_path, way):
    """Writing through it would make a file that nobody chose."""
    path = tmp_path / "report.pdf"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match="is there already"):
        write_whole(path, CONTENT)
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_that_appears_meanwhile_is_left_as_it_is(tmp_path, way, monkeypatch):
    """It comes after the first look and before the new file gets its name."""
    path = tmp_path / "report.pdf"
    real_fsync = os.fsync

    def fsync_while_another_program_writes(descriptor):
        real_fsync(descriptor)
        path.write_bytes(b"mine")

    monkeypatch.setattr(os, "fsync", fsync_while_another_program_writes)
    with pytest.raises(WriteError, match="is there already"):
        write_whole(path, CONTENT)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_with_force_a_file_is_written_over_and_becomes_private(tmp_path, way):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_whole(path, CONTENT, force=True)
    assert (path.read_bytes(), mode(path)) == (CONTENT, 0o600)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("steps", [1, 3])
def test_with_force_what_a_link_points_to_is_written_and_the_link_stays(tmp_path, way, steps):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "report.pdf").write_bytes(b"old")
    (tmp_path / "1.pdf").symlink_to("far/report.pdf")
    for step in range(1, steps):
        (tmp_path / f"{step + 1}.pdf").symlink_to(f"{step}.pdf")
    write_whole(tmp_path / f"{steps}.pdf", CONTENT, force=True)
    assert (tmp_path / "far" / "report.pdf").read_bytes() == CONTENT
    assert all((tmp_path / f"{step}.pdf").is_symlink() for step in range(1, steps + 1))
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["report.pdf"]


def test_with_force_a_link_to_nowhere_gets_the_file_that_it_names(tmp_path, way):
    path = tmp_path / "report.pdf"
    path.symlink_to("elsewhere")
    write_whole(path, CONTENT, force=True)
    assert path.is_symlink()
    assert ((tmp_path / "elsewhere").read_bytes(), mode(tmp_path / "elsewhere")) == (CONTENT, 0o600)


@pytest.mark.parametrize("force", [False, True])
def test_a_link_that_cannot_be_followed_is_told_and_stays(tmp_path, way, force):
    circle, lost = tmp_path / "circle", tmp_path / "lost"
    circle.symlink_to("circle")
    lost.symlink_to("missing/report.pdf")
    for path, matter in ((circle, "symbolic links"), (lost, "no such file")):
        with pytest.raises(WriteError, match=matter if force else "is there already"):
            write_whole(path, CONTENT, force=force)
        assert path.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "lost"]


def test_the_other_name_of_a_file_keeps_what_it_had(tmp_path, way):
    """A hard link: the file is written whole, so not into the one that both names stand for."""
    (tmp_path / "kept.pdf").write_bytes(b"old")
    (tmp_path / "report.pdf").hardlink_to(tmp_path / "kept.pdf")
    write_whole(tmp_path / "report.pdf", CONTENT, force=True)
    assert (tmp_path / "kept.pdf").read_bytes() == b"old"
    assert (tmp_path / "report.pdf").read_bytes() == CONTENT


def test_a_file_that_is_protected_from_writing_stays_even_with_force(tmp_path, way, monkeypatch):
    """Whoever runs this as root may write anything, so the answer of the system is played here."""
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    path.chmod(0o400)
    if os.access(path, os.W_OK):
        monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(WriteError, match="permission denied"):
        write_whole(path, CONTENT, force=True)
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("through", ["itself", "a link"])
def test_with_force_a_pipe_is_written_into_and_stays_a_pipe(tmp_path, way, through):
    pipe, path = tmp_path / "pipe", tmp_path / "report.pdf"
    os.mkfifo(pipe)
    path.symlink_to(pipe)
    path = pipe if through == "itself" else path
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(WriteError, match="is there already"):
        write_whole(path, CONTENT)
    write_whole(path, CONTENT, force=True)
    assert os.read(reader, 100_000) == CONTENT
    os.close(reader)
    assert pipe.is_fifo()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["pipe", "report.pdf"]


def test_a_pipe_that_nobody_reads_is_told_and_not_waited_for(tmp_path, way):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="pipe: cannot be written: nobody reads from this pipe"):
        write_whole(tmp_path / "pipe", CONTENT, force=True)


def test_a_reader_that_goes_away_is_told(tmp_path, way):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    leaving = Timer(0.2, os.close, [reader])
    leaving.start()
    with pytest.raises(WriteError, match="cannot be written: broken pipe"):
        write_whole(tmp_path / "pipe", CONTENT * 100, force=True)
    leaving.join()


def test_with_force_a_terminal_is_written_into_and_stays(tmp_path, way):
    """A device like /dev/null, which is not risked here: as root it could be replaced."""
    ours, theirs = os.openpty()
    path = tmp_path / "report.txt"
    path.symlink_to(os.ttyname(theirs))
    write_whole(path, b"health answers", force=True)
    assert os.read(ours, 100) == b"health answers"
    assert stat.S_ISCHR(Path(os.ttyname(theirs)).stat().st_mode)
    assert path.is_symlink()
    os.close(ours)
    os.close(theirs)


HERE = {**os.environ, "PYTHONPATH": str(ROOT)}
WRITE_TO_OUTPUT = """
import os, sys
from pathlib import Path
from questionnaire.system.files import write_whole

if sys.argv[2]:
    os.unlink(sys.argv[2])
write_whole(Path(sys.argv[1]), b"answers", force=True)
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux has /proc")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("through", ["a pipe", "a file", "a file that is gone"])
def test_our_own_output_is_written_into_wherever_it_goes(tmp_path, name, through):
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    gone = through == "a file that is gone"
    with log.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        out = subprocess.PIPE if through == "a pipe" else file
        command = [sys.executable, "-c", WRITE_TO_OUTPUT, name, "log" if gone else ""]
        done = subprocess.run(command, cwd=tmp_path, env=HERE, stdout=out, check=True)
        file.seek(0)
        written = done.stdout if through == "a pipe" else file.read()
    assert written == (b"answers" if through == "a pipe" else b"before\nanswers")
    assert [each.name for each in tmp_path.iterdir()] == ([] if gone else ["log"])


def test_a_whole_disk_is_never_written(tmp_path, way):
    """A block device that no driver has: to open it fails, and so does any harm."""
    try:
        os.mknod(tmp_path / "disk", stat.S_IFBLK | 0o600, os.makedev(240, 0))
    except PermissionError:
        pytest.skip("only root can make a disk")
    with pytest.raises(WriteError, match="disk: cannot be written: is a whole disk"):
        write_whole(tmp_path / "disk", CONTENT, force=True)
    assert stat.S_ISBLK((tmp_path / "disk").stat().st_mode)


def test_a_socket_is_told_and_stays(tmp_path, way, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the names of sockets are short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        with pytest.raises(WriteError, match="socket: cannot be written: "):
            write_whole(Path("socket"), CONTENT, force=True)
    assert Path("socket").is_socket()


def test_a_file_that_grows_has_its_name_only_once_it_is_whole(tmp_path, way):
    path = tmp_path / "summary.csv"
    with growing(path) as file:
        for _ in range(3):
            file.write(CONTENT)
            file.flush()
            assert not path.exists()
    assert (path.read_bytes(), mode(path)) == (CONTENT * 3, 0o600)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_file_that_stops_growing_half_way_leaves_nothing(tmp_path, way, error):
    with suppress(error), growing(tmp_path / "summary.csv") as file:
        file.write(CONTENT)
        raise error
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_grew_takes_no_others_name(tmp_path, way):
    path = tmp_path / "summary.csv"
    with pytest.raises(WriteError, match="is there already"), growing(path):
        path.write_bytes(b"mine")
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_no_bytes_can_be_written(tmp_path, way):
    write_whole(tmp_path / "empty", b"")
    assert (tmp_path / "empty").read_bytes() == b""


def test_a_name_without_a_folder_is_in_the_folder_where_we_are(tmp_path, way, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_whole(Path("report.pdf"), CONTENT)
    assert (tmp_path / "report.pdf").read_bytes() == CONTENT


@pytest.mark.parametrize("name", ["with spaces", "żółć 報告", "-", "line\nbreak", "a" * 255])
def test_any_name_that_a_disk_takes_will_do(tmp_path, way, name):
    for force in (False, True):
        write_whole(tmp_path / name, CONTENT, force=force)
    assert [path.name for path in tmp_path.iterdir()] == [name]


UNWRITABLE = {
    "no such folder": ("missing/report.pdf", "no such file or directory"),
    "a file for a folder": ("a_file/report.pdf", "not a directory"),
    "a name too long": ("a" * 256, "file name too long"),
}


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(("name", "matter"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_a_place_that_cannot_be_written_is_told_with_the_way_out(
    tmp_path, way, name, matter, force
):
    (tmp_path / "a_file").touch()
    with pytest.raises(WriteError) as told:
        write_whole(tmp_path / name, CONTENT, force=force)
    assert str(told.value) == (
        f"{tmp_path / name}: cannot be written: {matter}. "
        "Nothing was written; choose another folder, or make room there."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a_file"]


def test_a_folder_is_never_written_over(tmp_path, way):
    folder = tmp_path / "report.pdf"
    folder.mkdir()
    for force, matter in ((False, "is there already"), (True, "is a directory")):
        with pytest.raises(WriteError, match=matter):
            write_whole(folder, CONTENT, force=force)
    assert list(tmp_path.iterdir()) == [folder]
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux has /proc")
def test_a_folder_where_nothing_may_be_made_is_told(way):
    with pytest.raises(WriteError, match=r"^/proc/self/report\.pdf: cannot be written: "):
        write_whole(Path("/proc/self/report.pdf"), CONTENT)


@contextmanager
def room_for(size):
    """A disk with so little room: the kernel refuses any file that grows beyond it."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("force", [False, True])
def test_a_disk_that_fills_up_leaves_nothing_behind(tmp_path, way, force):
    with room_for(len(CONTENT) // 2), pytest.raises(WriteError, match="cannot be written: file"):
        write_whole(tmp_path / "report.pdf", CONTENT, force=force)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_the_old_file_as_it_was(tmp_path, way):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    with room_for(len(CONTENT) // 2), pytest.raises(WriteError):
        write_whole(path, CONTENT, force=True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


WRITE_AND_STOP_HALF_WAY = """
import os, sys, time
from pathlib import Path
from questionnaire.system.files import write_whole

def stop(descriptor):
    print("all is in the file, which has no name yet", flush=True)
    time.sleep(60)

os.fsync = stop
write_whole(Path(sys.argv[1]), b"health answers" * 1000, force=sys.argv[2] == "force")
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
@pytest.mark.parametrize("force", ["", "force"])
def test_a_program_killed_half_way_leaves_no_name_behind(tmp_path, force):
    path = tmp_path / "report.pdf"
    command = [sys.executable, "-c", WRITE_AND_STOP_HALF_WAY, str(path), force]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout.readline()
        assert list(tmp_path.iterdir()) == []
        program.kill()
    assert program.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_knows_no_second_names_is_written_all_the_same(tmp_path, monkeypatch):
    """A memory stick: no files without a name, and no links.  None is at hand to test with."""
    refusals = []

    def refuse(*arguments, **options):
        refusals.append(arguments)
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "report.pdf"
    write_whole(path, CONTENT)
    assert (path.read_bytes(), mode(path), len(refusals)) == (CONTENT, 0o600, 1)
    with pytest.raises(WriteError, match="is there already"):
        write_whole(path, CONTENT)
    assert list(tmp_path.iterdir()) == [path]


def test_on_such_a_stick_too_a_file_that_appears_meanwhile_stays(tmp_path, monkeypatch):
    path = tmp_path / "report.pdf"

    def another_program_writes(*arguments, **options):
        path.write_bytes(b"mine")
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "link", another_program_writes)
    with pytest.raises(WriteError, match="is there already"):
        write_whole(path, CONTENT)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_refusing_what_is_there_looks_at_nothing_else(tmp_path):
    refuse_existing(tmp_path / "free")
    refuse_existing(tmp_path / "missing" / "free")
    refuse_existing(tmp_path / ("a" * 300))
    with pytest.raises(WriteError):
        refuse_existing(tmp_path)


def test_a_file_is_read_up_to_the_limit_and_one_byte_more(tmp_path):
    """By which the reader tells that it is too large, without reading the rest."""
    path = tmp_path / "answers.json"
    path.write_bytes(b"0123456789")
    assert read_file(str(path), 100) == b"0123456789"
    assert read_file(str(path), 4) == b"01234"


def test_an_endless_file_is_not_read_endlessly():
    begun = time.process_time()
    assert len(read_file("/dev/zero", 1_000_000)) == 1_000_001
    assert time.process_time() - begun < 10  # it never ends


@pytest.mark.parametrize(
    ("name", "matter"),
    [("missing", "no such file or directory"), (".", "is a directory"), ("", "is a directory")],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, monkeypatch, name, matter):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadError, match=f"^{re.escape(name)}: cannot be read: {matter}"):
        read_file(name, 10)


def test_a_closed_standard_input_is_an_empty_one(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert read_file("-", 10) == b""
