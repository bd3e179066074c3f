"""The journal on a disk that is full, that may not be written, or that somebody else holds."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.core.errors import JournalError, JournalUnwritable
from app.services.store import Store
from tests.services.rig import started


def run_python(program: str, **options: object) -> str:
    """Run a program of this project on its own; its standard output."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def test_a_full_disk_changes_nothing_and_is_got_over(tmp_path: Path) -> None:
    """A real full disk: a tmpfs of 512 KiB where that may be mounted, else the process's own limit on file size."""
    program = f"""
import ctypes, os, resource, signal
from pathlib import Path
from app.contracts import events, keys
from app.core.errors import JournalUnwritable
from app.services.store import Store
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.services.rig import check_chain, lines_of, started

place = Path({str(tmp_path)!r}) / "small"
place.mkdir()
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS = 0x20000
mounted = (hasattr(os, "geteuid") and os.geteuid() == 0 and libc.unshare(CLONE_NEWNS) == 0
    and libc.mount(b"none", b"/", None, 0x44000, None) == 0
    and libc.mount(b"none", str(place).encode(), b"tmpfs", 0, b"size=512k") == 0)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def fill():
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (80_000, resource.RLIM_INFINITY))
        return
    with open(place / "ballast", "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
def make_room():
    if mounted:
        (place / "ballast").unlink()
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store, key = started(place / "journal.db")
fill()
written = 1
for _ in range(2000):
    before = store.state
    try:
        store.record(events.StepSaved("guidelines", {{"text": "y" * 3000}}))
        written += 1
    except JournalUnwritable as error:
        assert store.state == before
        break
else:
    raise SystemExit("the disk never was full")
for _ in range(3):
    try:
        store.record(events.StepSaved("guidelines", {{"text": "y" * 9000}}))
        raise SystemExit("written though full")
    except JournalUnwritable:
        pass
make_room()
event = store.record(events.StepEntered("ready"))
assert event.sequence == written + 1, (event.sequence, written)
check_chain(lines_of(store), key)
store.close()
again = Store(place / "journal.db")
assert again.repair is None
assert again.state.current == "ready"
again.close()
print("tmpfs" if mounted else "rlimit")
"""
    assert run_python(program).strip() in {"tmpfs", "rlimit"}


def test_a_directory_that_may_not_be_written_is_said_so() -> None:
    """As another user: root is stopped by no mode."""
    if os.geteuid() != 0:
        pytest.skip("needs root to become another user")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "data" / "journal.db"
        started(path)[0].close()
        Path(place).chmod(0o755)
        for file in path.parent.iterdir():
            file.chmod(0o444)
        path.parent.chmod(0o555)
        program = f"""
import os
from pathlib import Path
from app.core.errors import JournalUnwritable
from app.services import store, journal_repair, journal_schema
os.setgroups([]); os.setgid(65534); os.setuid(65534)
for path in (Path({str(path)!r}), Path({place!r}) / "data" / "new" / "journal.db"):
    try:
        store.Store(path)
        print("opened")
    except JournalUnwritable as error:
        print(error.code)
"""
        assert run_python(program).split() == ["journal.unwritable", "journal.unwritable"]
        assert [p.name for p in path.parent.glob("*damaged*")] == []


def test_a_try_that_failed_does_not_lock_out_the_next(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.mkdir()  # no file can be opened here
    with pytest.raises(JournalUnwritable):
        Store(path)
    path.rmdir()
    Store(path).close()


def test_a_second_process_is_locked_out_until_the_first_ends(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    program = f"""
import sys
from pathlib import Path
from app.services.store import Store
store = Store(Path({str(path)!r}))
print("open", flush=True)
sys.stdin.readline()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(JournalError) as raised:
            Store(path)
        assert raised.value.code == "journal.in_use"
        other.kill()
        other.wait()
    Store(path).close()
