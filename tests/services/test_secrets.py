"""Secrets with a real keyring daemon, with none, and with ones that hang or forget. Each case in processes of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
BUS = shutil.which("dbus-run-session")
DAEMON = shutil.which("gnome-keyring-daemon")
SECRET = "sécret-ش-0123456789abcdef"

needs_keyring = pytest.mark.skipif(not BUS or not DAEMON, reason="dbus-run-session and gnome-keyring are not installed")

OWN_KEYRINGS = '''
import threading
from keyring.backend import KeyringBackend

class Base(KeyringBackend):
    priority = 1
    def get_password(self, service, username): return None
    def set_password(self, service, username, password): pass
    def delete_password(self, service, username): pass

class Forgetful(Base): pass

class Hanging(Base):
    def get_password(self, service, username): threading.Event().wait()
    set_password = delete_password = lambda self, *_: threading.Event().wait()

class Breaking(Base):
    def get_password(self, service, username): raise OSError("the daemon is gone")

class HalfHanging(Base):
    """Takes a secret, then falls silent."""
    def get_password(self, service, username): threading.Event().wait()
'''


def environment(home: Path, **more: str) -> dict[str, str]:
    run = home / "run"
    run.mkdir(parents=True, exist_ok=True)
    run.chmod(0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": str(home), "XDG_RUNTIME_DIR": str(run), "PYTHONPATH": f"{PROJECT}:{home}", **more}


def program(body: str, limit_s: float = 6.0, scope: str = "real") -> str:
    return f"""
import json, time
from app.services.secrets import Secrets
secrets = Secrets({scope!r}, time_limit_s={limit_s})
answers = {{}}
began = time.monotonic()
{body}
answers["in_memory"] = secrets.in_memory
answers["seconds"] = time.monotonic() - began
print(json.dumps(answers))
"""


def run(home: Path, body: str, *, limit_s: float = 6.0, scope: str = "real", **more: str) -> dict[str, object]:
    command = [sys.executable, "-c", program(body, limit_s, scope)]
    done = subprocess.run(command, env=environment(home, **more), capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def run_with_keyring(home: Path, *bodies: str, password: str = "kr-pass", scope: str = "real") -> list[dict[str, object]]:
    """One desktop session with an unlocked gnome-keyring; each body is a process in it."""
    for number, body in enumerate(bodies):
        (home / f"p{number}.py").write_text(program(body, scope=scope))
    runs = "; ".join(f'"{sys.executable}" {home}/p{number}.py' for number in range(len(bodies)))
    script = f"eval \"$(printf '%s' '{password}' | gnome-keyring-daemon --unlock --components=secrets)\"; {runs}"
    command = [str(BUS), "--", "bash", "-c", script]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=120, check=False)
    answers = [dict(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(answers) == len(bodies), done.stderr
    for number in range(len(bodies)):
        (home / f"p{number}.py").unlink()
    return answers


def in_the_clear(home: Path) -> list[str]:
    """Files below `home` that hold the secret, in any of the forms it could be written in."""
    forms = [SECRET.encode(), SECRET.encode("utf-16-le"), json.dumps(SECRET).strip('"').encode(), SECRET[-16:].encode()]
    return [str(path) for path in home.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]


@needs_keyring
def test_a_real_keyring_keeps_secrets_from_one_process_and_one_session_to_the_next(tmp_path: Path) -> None:
    written, read = run_with_keyring(tmp_path, f"secrets.set('token', {SECRET!r})", "answers['token'] = secrets.get('token')")
    assert written["in_memory"] is False
    assert (read["token"], read["in_memory"]) == (SECRET, False)
    assert in_the_clear(tmp_path) == []
    assert list(tmp_path.rglob("*.keyring")), "the keyring's own file is the one that keeps it"

    (later,) = run_with_keyring(tmp_path, "answers['token'] = secrets.get('token')")
    assert later["token"] == SECRET
    (other,) = run_with_keyring(tmp_path, "answers['token'] = secrets.get('token')", scope="demo")
    assert (other["token"], other["in_memory"]) == (None, False), "another profile does not see it"
    forgot, gone = run_with_keyring(
        tmp_path,
        "secrets.forget('token'); secrets.forget('never-there'); answers['token'] = secrets.get('token')",
        "answers['token'] = secrets.get('token')",
    )
    assert (forgot["token"], gone["token"], gone["in_memory"]) == (None, None, False)


@needs_keyring
def test_the_device_key_comes_back_the_same(tmp_path: Path) -> None:
    body = "from app.services import device_key; key = device_key.load(secrets)"
    make = f"{body}; key = key or device_key.new(); device_key.keep(secrets, key); answers['key'] = key.private_bytes_raw().hex()"
    first, second = run_with_keyring(tmp_path, make, make)
    assert first["key"] == second["key"]
    assert first["in_memory"] is False


@needs_keyring
def test_a_keyring_that_stays_locked_is_memory_only(tmp_path: Path) -> None:
    run_with_keyring(tmp_path, f"secrets.set('token', {SECRET!r})")
    (wrong,) = run_with_keyring(tmp_path, "answers['token'] = secrets.get('token')", password="another")
    assert (wrong["token"], wrong["in_memory"]) == (None, True)


@pytest.mark.parametrize("bus", ["", "unix:path=/nowhere/bus"])
def test_without_a_session_bus_secrets_stay_in_memory(tmp_path: Path, bus: str) -> None:
    body = f"answers['before'] = secrets.get('token'); secrets.set('token', {SECRET!r}); answers['after'] = secrets.get('token')"
    more = {"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {}
    answers = run(tmp_path, body, **more)
    assert (answers["before"], answers["after"], answers["in_memory"]) == (None, SECRET, True)
    assert in_the_clear(tmp_path) == []
    assert run(tmp_path, "answers['token'] = secrets.get('token')", **more)["token"] is None, "nothing outlives the process"


@pytest.mark.parametrize("kind", ["Hanging", "HalfHanging"])
def test_a_keyring_that_hangs_is_left_after_the_time_limit_and_asked_no_more(tmp_path: Path, kind: str) -> None:
    (tmp_path / "own_keyrings.py").write_text(OWN_KEYRINGS)
    body = f"""
secrets.set('token', {SECRET!r})
answers['after'] = secrets.get('token')
secrets.set('other', 'x')
answers['other'] = secrets.get('other')
answers['missing'] = secrets.get('missing')
secrets.forget('token')
answers['forgotten'] = secrets.get('token')
"""
    answers = run(tmp_path, body, limit_s=1.0, PYTHON_KEYRING_BACKEND=f"own_keyrings.{kind}")
    assert (answers["after"], answers["other"], answers["missing"], answers["forgotten"]) == (SECRET, "x", None, None)
    assert answers["in_memory"] is True
    assert 0.9 < float(str(answers["seconds"])) < 4


@pytest.mark.parametrize("kind", ["Forgetful", "Breaking"])
def test_a_keyring_that_does_not_keep_is_replaced_by_memory(tmp_path: Path, kind: str) -> None:
    (tmp_path / "own_keyrings.py").write_text(OWN_KEYRINGS)
    body = f"secrets.set('token', {SECRET!r}); answers['after'] = secrets.get('token')"
    answers = run(tmp_path, body, PYTHON_KEYRING_BACKEND=f"own_keyrings.{kind}")
    assert (answers["after"], answers["in_memory"]) == (SECRET, True)


def test_a_keyring_that_writes_plain_text_is_not_used(tmp_path: Path) -> None:
    """keyrings.alt becomes the keyring by itself where it is installed and nothing better is."""
    package = tmp_path / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "file.py").write_text(f"""
from pathlib import Path
from keyring.backend import KeyringBackend
FILE = Path({str(tmp_path / "plain.txt")!r})
class PlaintextKeyring(KeyringBackend):
    priority = 0.5
    def get_password(self, service, username): return FILE.read_text() if FILE.exists() else None
    def set_password(self, service, username, password): FILE.write_text(password)
    def delete_password(self, service, username): FILE.unlink()
""")
    body = f"secrets.set('token', {SECRET!r}); answers['after'] = secrets.get('token')"
    answers = run(tmp_path, body, PYTHON_KEYRING_BACKEND="keyrings.alt.file.PlaintextKeyring")
    assert (answers["after"], answers["in_memory"]) == (SECRET, True)
    assert in_the_clear(tmp_path) == []
